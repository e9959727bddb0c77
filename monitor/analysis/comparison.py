"""What a comparison says of the other: "better than the terrible Moka" is no blame for the first. Pure.

Blanked out, sign for sign, so that every place in the text stays what it was. Only where the order is
plain: the brand, a comparative, "than", and nothing of the brand behind it, all in one sentence. For
who stands behind "than" after words of their own ("than the terrible Moka") the praise of the
comparative is taken away: these words count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.model.brand import Match

_REACH = 70  # code points between the name and the comparative
_THAN = {
    "en": re.compile(
        r"\b(?:(?:so much |much |far |way |a lot )?(?:better|nicer|cheaper|faster|tastier|friendlier|"
        r"cleaner|quicker|kinder|easier|safer|fresher|worse|slower|dearer)|(?:more|less) [a-z]{4,})"
        r"(?: [a-z]{2,9}){0,2} than\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:(?:bien |beaucoup |tellement |nettement )?(?:mieux|meilleure?s?|pires?)|(?:plus|moins) "
        r"[a-zéèêàâîôûç]{4,})(?: [a-zéèêàâîôûç]{2,9}){0,2} (?:que |qu['’])",
        re.IGNORECASE,
    ),
}
_END = re.compile(r"[.!?;\n…]|$")


def about_us(text: str, matches: Sequence[Match], language: str) -> str:
    """The text with what is said of the others in comparisons blanked out; of the same length."""
    pattern = _THAN.get(language)
    if pattern is None or not matches:
        return text
    for found in pattern.finditer(text):
        start = _sentence_start(text, found.start())
        end = _END.search(text, found.end())
        stop = end.start() if end else len(text)
        before = [m for m in matches if start <= m.start and m.end <= found.start()]
        behind = [m for m in matches if found.end() <= m.start and m.end <= stop]
        if before and not behind and found.start() - before[-1].end <= _REACH:
            text = _blank(text, found.end(), stop)
        elif behind and not before and len(text[found.end() : behind[0].start].split()) > 1:
            text = _blank(text, found.start(), found.end())
    return text


def _sentence_start(text: str, at: int) -> int:
    found = [match.end() for match in re.finditer(r"[.!?;\n…](?=\s)", text[:at])]
    return found[-1] if found else 0


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
