"""Case, accents and widths folded away, and the way back to the text as written. Pure.

Folding is per character, so a text folds with one `str.translate`; only the way back needs a loop.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_EXTRA = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "＇": "'", "_": " ",
}  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"\s\s+|\n")  # a single space stays: most of a text


def is_mark(char: str) -> bool:
    """A combining mark that is accent rather than letter: Latin, Greek, Cyrillic, Hebrew, Arabic.

    The vowel signs of Thai or Hindi and the voicing marks of Japanese are letters: they stay.
    """
    code = ord(char)
    return 0x300 <= code <= 0x36F or 0x591 <= code <= 0x5C7 or 0x64B <= code <= 0x652


def is_invisible(char: str) -> bool:
    """Zero-width and formatting characters, variation selectors, control characters but spaces."""
    if 0xFE00 <= ord(char) <= 0xFE0F:
        return True
    return unicodedata.category(char) in ("Cf", "Cc") and not char.isspace()


def _fold_char(char: str) -> str:
    if is_invisible(char):
        return ""
    if char.isspace():
        return "\n" if char in "\n\u2028\u2029" else " "
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"  # a lone surrogate cannot reach the automaton
    if category == "Pd":
        return " "
    if category[0] in "LMN" or unicodedata.decomposition(char).startswith(("<wide>", "<narrow>")):
        opened = unicodedata.normalize("NFKD", char).casefold()
        opened = "".join(_EXTRA.get(part, part) for part in opened if not is_mark(part))
        return unicodedata.normalize("NFC", opened)
    return _EXTRA.get(char, char)


class _FoldTable(dict[int, str]):
    """Filled as characters are met; at most one entry per code point, so it stays small."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _FoldTable()


def _run_to(spaces: str) -> str:
    """A line break is a space; an empty line separates (a title from its text)."""
    return "\n" if spaces.count("\n") > 1 else " "


def fold(text: str) -> str:
    """The text as it is compared: casefolded, without accents, hyphens as spaces, runs as one space."""
    if not text.isascii():
        # `translate` is ten times faster on plain ASCII, which most texts are but for some accents.
        special = _NOT_ASCII.findall(text)
        if len(special) * 4 < len(text):
            for char in set(special):
                text = text.replace(char, _TABLE[ord(char)])
    folded = text.translate(_TABLE)
    if "  " in folded or "\n" in folded:
        folded = _RUN.sub(lambda run: _run_to(run.group()), folded)
    return folded


def way_back(text: str, folded: str) -> Sequence[int]:
    """For each character of `folded` (which is `fold(text)`), the position in `text` it came from."""
    if len(text) == len(folded) and all(len(_TABLE[ord(char)]) == 1 for char in set(text)):
        return range(len(text))
    back: list[int] = []
    spaces = ""  # folded space characters that may become one
    first_space = 0
    for position, char in enumerate(text):
        folded = _TABLE[ord(char)]
        if folded.isspace():
            if not spaces:
                first_space = position
            spaces += folded[:1] if spaces.count("\n") < 2 else ""
            continue
        if not folded:
            continue
        if spaces:
            back.append(first_space)
            spaces = ""
        back.extend([position] * len(folded))
    if spaces:
        back.append(first_space)
    return back


def as_written(text: str) -> str:
    """The text with case and accents kept: only composition, spaces, hyphens and quotes made even."""
    parts: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        folded = _TABLE[ord(char)]
        parts.append(folded if folded in ("", " ", "\n", "'") else char)
    return " ".join("".join(parts).split())
