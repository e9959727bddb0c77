"""Case, accents and widths folded away, and the way back to the text as written. Pure.

Folding is per character. A text folds in a few passes that run in C over all of it; the way back is
known from the few places where the two differ in length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

_EXTRA = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "＇": "'", "_": " ",
}  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[ \n]{2,}")
_MANY = 60  # more different letters beyond ASCII are better translated all at once


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
_ASCII = bytes(ord(_fold_char(chr(code)) or "\0") for code in range(128)) + bytes(range(128, 256))
_DROPPED = bytes(code for code in range(128) if not _fold_char(chr(code)))


def fold(text: str) -> str:
    """The text as it is compared: casefolded, without accents, hyphens as spaces, runs as one space."""
    return _one_space(_evened(text)).decode()


def _evened(text: str) -> bytes:
    """Every character folded, in UTF-8: there ASCII is done at once, and most of a text is ASCII."""
    if not text.isascii():
        special = set(_NOT_ASCII.findall(text))
        if len(special) > _MANY:
            return text.translate(_TABLE).encode()
        for char in special:
            text = text.replace(char, _TABLE[ord(char)])
    return text.encode().translate(_ASCII, _DROPPED)


def _one_space(even: bytes) -> bytes:
    """A run of spaces is one; a line break is a space, an empty line stays (a title from its text)."""
    while b"  " in even:
        even = even.replace(b"  ", b" ")
    if b"\n" not in even:
        return even
    even = even.replace(b" \n", b"\n").replace(b"\n ", b"\n")
    while b"\n\n\n" in even:
        even = even.replace(b"\n\n\n", b"\n\n")
    return even.replace(b"\n\n", b"\0").replace(b"\n", b" ").replace(b"\0", b"\n")


class WayBack(Sequence[int]):
    """For each character of a folded text, the position in the text as written that it came from."""

    def __init__(self, text: str, folded: str) -> None:
        """`folded` is `fold(text)`."""
        self._length = len(folded)
        self._odd = _Shifts()
        for position, size in _of_other_size(text):
            self._odd.add(position, 1, size)
        self._runs = _Shifts()
        if len(text) + self._odd.longer != len(folded):
            even = _evened(text).decode()
            for run in _RUN.finditer(even):
                self._runs.add(run.start(), run.end() - run.start(), 1)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> int:  # type: ignore[override]  # nobody takes slices
        if not 0 <= index < self._length:
            raise IndexError(index)
        return self._odd.before(self._runs.before(index))


class _Shifts:
    """Places where a text changes its length; all others keep their distance to the last of these."""

    def __init__(self) -> None:
        self.longer = 0
        self._after: list[int] = []  # where each place begins once changed
        self._places: list[tuple[int, int, int]] = []  # where it began; length before and after

    def add(self, position: int, length: int, becomes: int) -> None:
        """In order of position."""
        self._after.append(position + self.longer)
        self._places.append((position, length, becomes))
        self.longer += becomes - length

    def before(self, index: int) -> int:
        """Where the character now at `index` was, or began."""
        last = bisect_right(self._after, index) - 1
        if last < 0:
            return index
        position, length, becomes = self._places[last]
        beyond = index - self._after[last] - becomes
        return position if beyond < 0 else position + length + beyond


def _of_other_size(text: str) -> list[tuple[int, int]]:
    """The places of all characters that do not fold to exactly one, each with the size they fold to."""
    sizes = {char: len(_TABLE[ord(char)]) for char in set(text)}
    odd = "".join(char for char, size in sizes.items() if size != 1)
    if not odd:
        return []
    return [(found.start(), sizes[found[0]]) for found in re.finditer(f"[{re.escape(odd)}]", text)]


def as_written(text: str) -> str:
    """The text with case and accents kept: only composition, spaces, hyphens and quotes made even."""
    parts: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        folded = _TABLE[ord(char)]
        parts.append(folded if folded in ("", " ", "\n", "'") else char)
    return " ".join("".join(parts).split())
