"""The labelled texts that teach and tune: which, with what weight, and where the target stands in them.

Only sets whose terms allow it teach what is shipped (see docs/model-card.md). They are read in
place, from a folder with train/ and dev/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.split import TRAIN, part_of

HERE = Path(__file__).resolve().parent
OWN = HERE / "data"
BESIDE = HERE.parents[2] / "shared" / "data"
TONES = ("neg", "neu", "pos")
INTENTS = ("complaint", "question", "request", "praise", "suggestion", "purchase", "news", "spam", "other")  # fmt: skip
Spans = tuple[tuple[int, int], ...]

# Language -> (set, weight of one text). mabsa_* is translated: it weighs less.
SETS: dict[str, tuple[tuple[str, float], ...]] = {
    "en": (
        ("semeval1316_en", 1.0),
        ("kaggle_tse_en", 1.0),
        ("umsab_en", 1.0),
        ("topic_semeval_en", 0.5),
        ("mabsa_en", 0.3),
    ),
    "fr": (("umsab_fr", 1.0), ("mabsa_fr", 0.25)),
    "de": (("umsab_de", 1.0), ("mabsa_de", 0.25)),
    "es": (("umsab_es", 1.0), ("mabsa_es", 0.25)),
    "it": (("umsab_it", 1.0),),
    "pt": (("umsab_pt", 1.0), ("mabsa_pt", 0.25)),
}
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its label ("neg", "neu", "pos") and the target it is about, "" when unnamed."""

    text: str
    tone: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Post(Labelled):
    """One of the project's own posts."""

    intent: str = ""
    source: str = ""
    flags: str = ""
    trade: str = ""


def read(path: Path) -> list[Labelled]:
    """The rows of a set that have one of the three labels."""
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.rstrip("\r").split("\t")
        if len(cells) > 1 and cells[1] in TONES:
            text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), cells[0])
            found.append(Labelled(text, cells[1], cells[2] if len(cells) > 2 else ""))
    return found


def posts(language: str, *parts: str) -> Iterator[Post]:
    """The project's own posts of these parts, in the order of the files."""
    for path in sorted(OWN.glob(f"{language}_*.tsv")):
        trade = re.sub(r"_\d+$", "", path.stem.partition("_")[2])
        for line in path.read_text(encoding="utf-8").split("\n")[1:]:
            cells = line.rstrip("\r").split("\t")
            if len(cells) == 9 and part_of(cells[1]) in (parts or (TRAIN,)):
                _, text, tone, intent, target, _, source, _, flags = cells
                yield Post(text, tone, target, intent, source, flags, trade)


def places(text: str, target: str) -> Spans:
    """Where the target stands in the text, also written together as in a hashtag."""
    folded = text.casefold()
    if not target or len(folded) != len(text):
        return ()
    for form in (target.casefold(), re.sub(r"\W", "", target.casefold())):
        found = (
            tuple(match.span() for match in re.finditer(re.escape(form), folded)) if form else ()
        )
        if found:
            return found
    return ()
