"""How likely each language is, by py3langid's statistics of letters, cut to the languages we name. Pure.

Read at the first text (half a second). Of its 142 languages a third is kept: 48 MB instead of 76,
and fewer names that a short post can be mistaken for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

# Where firms are talked about, and the neighbours these languages are confused with.
_NAMED = frozenset(
    "en fr de es it pt nl ca gl eu ro pl tr sv da nb nn fi cs sk hu hr sl sr bg mk sq lt lv et id ms"
    " vi cy ga mt af ru uk el ar fa ur he hi th ja zh ko".split()
)


def likelihoods(text: str) -> Mapping[str, float]:
    """ISO 639-1 code -> chance, 0..1, summing to 1; the two Norwegians are "no". Safe from any thread."""
    found = dict(_identifier().rank(text))
    found["no"] = found.pop("nb", 0.0) + found.pop("nn", 0.0)
    return found


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    kept = [place for place, name in enumerate(whole.nb_classes) if name in _NAMED]
    return LanguageIdentifier(
        whole.nb_ptc[:, kept].copy(),
        whole.nb_pc[kept].copy(),
        [whole.nb_classes[place] for place in kept],
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
