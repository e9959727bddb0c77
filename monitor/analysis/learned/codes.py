"""Many texts as one array of folded code points, each with its class and its place. Pure numpy.

Links, handles and the brand's names become one code each, so that nothing is learnt about them.
Accents, case and digits fold away, stretched letters are cut to two, runs of spaces to one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

SPACE, WORD, SYMBOL, PUNCTUATION, NEWLINE, DROPPED = range(6)
LINK, HANDLE, BRAND = 0xE000, 0xE001, 0xE002
APOSTROPHE, HYPHEN, LINE_END = 39, 45, 0x1F
LONGEST = 4_000  # code points read of one text: more changes no verdict
_DIGIT = 48
_LINK = re.compile(r"https?://\S+|www\.\S+|\bhttps?\b")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_QUOTES = "’ʼ‘`´＇"
_JOINERS = (0xFE0E, 0xFE0F, 0x200C, 0x200D, 0x00AD)


@dataclass(frozen=True, slots=True)
class Codes:
    """What is left of `count` texts, one entry per kept code; a newline code ends each but the last.

    `origin` is the code point's place in its own text. `shouted`: written as a capital.
    `stretched`: repeats of it were cut. `near`: in the brand's own clause, within reach of its name.
    """

    count: int
    code: NDArray[np.uint64]
    kind: NDArray[np.uint8]
    row: Places
    origin: Places
    shouted: Flags
    stretched: Flags
    near: Flags


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    fold = np.arange(65_536, dtype=np.uint32)
    kind = np.zeros(65_536, dtype=np.uint8)
    for code in range(65_536):
        kind[code], fold[code] = _classify(code)
    return fold, kind


def _classify(code: int) -> tuple[int, int]:
    """(class, folded code) of one code point of the first plane."""
    char = chr(code)
    category = unicodedata.category(char)
    if char == "\n":
        return NEWLINE, code
    if code == LINE_END:
        return PUNCTUATION, code
    if code in _JOINERS or category[0] == "M":
        return DROPPED, code
    if category[0] in "ZC":
        return SPACE, 32
    if char in _QUOTES:
        return PUNCTUATION, APOSTROPHE
    if category[0] == "L":
        return WORD, _letter(char)
    if category[0] == "N":
        return WORD, _DIGIT
    return (SYMBOL if category[0] == "S" else PUNCTUATION), code


def _letter(char: str) -> int:
    parts = unicodedata.normalize("NFKD", char.casefold())
    base = next((part for part in parts if unicodedata.category(part)[0] == "L"), char)
    folded = ord(base.lower()[0])
    return folded if folded < 65_536 else ord(char)


def encode(texts: Sequence[str], focus: Sequence[Sequence[Span]]) -> Codes:
    """The codes of every text; `focus[r]` are the brand's places in text r. Never raises on a text."""
    cut = [text[:LONGEST] for text in texts]
    joined = "\n".join(text.replace("\n", chr(LINE_END)) if "\n" in text else text for text in cut)
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    fold, kinds = _tables()
    far = raw >= 65_536
    if far.any():
        low = np.where(far, 0, raw)
        kind = np.where(far, np.uint8(SYMBOL), kinds[low])
        code = np.where(far, raw, fold[low])
        tone = (raw >= 0x1F3FB) & (raw <= 0x1F3FF)  # skin tones are one sign
        kind[tone] = DROPPED
    else:
        kind, code = kinds[raw], fold[raw]
    starts = np.zeros(len(texts), np.int64)
    if len(texts) > 1:
        np.cumsum([len(text) + 1 for text in cut[:-1]], out=starts[1:])
    shouted = (raw != code) & (kind == WORD) & (raw < 0x250) & _is_capital(raw)
    shouted &= code != _DIGIT
    _replace(joined, code, kind)
    near = _mark_brand(code, kind, starts, cut, focus)
    return _cut(code, kind, starts, shouted, near, len(texts))


def _is_capital(raw: NDArray[np.uint32]) -> Flags:
    return (raw <= 90) | ((raw >= 0xC0) & (raw <= 0xDE))


def _replace(joined: str, code: NDArray[np.uint32], kind: NDArray[np.uint8]) -> None:
    if "@" in joined:
        for found in _HANDLE.finditer(joined):
            _put(code, kind, found.start(), found.end(), HANDLE)
    if "http" in joined or "www" in joined:
        for found in _LINK.finditer(joined):
            _put(code, kind, found.start(), found.end(), LINK)


def _put(
    code: NDArray[np.uint32], kind: NDArray[np.uint8], start: int, end: int, sign: int
) -> None:
    kind[start:end] = DROPPED
    code[start] = sign
    kind[start] = SYMBOL


_REACH = 45  # code points on either side of a name


def _mark_brand(
    code: NDArray[np.uint32],
    kind: NDArray[np.uint8],
    starts: Places,
    texts: Sequence[str],
    focus: Sequence[Sequence[Span]],
) -> Flags:
    near = np.zeros(len(code), bool)
    for row, spans in enumerate(focus):
        for start, end in spans[:50]:
            if not 0 <= start < end <= len(texts[row]):
                continue
            base = int(starts[row])
            left, right = _window(texts[row], start, end)
            near[base + left : base + right] = True
            _put(code, kind, base + start, base + end, BRAND)
    return near


_END_OF_CLAUSE = re.compile(r"[.!?;…\n]+(?=\s|$)")


def _window(text: str, start: int, end: int) -> Span:
    """The places around a name that are of its own sentence, as far as the reach."""
    left = max(start - _REACH, 0)
    for found in _END_OF_CLAUSE.finditer(text, left, start):
        left = found.end()
    right = min(end + _REACH, len(text))
    stop = _END_OF_CLAUSE.search(text, end, right)
    return left, stop.end() if stop else right


def _cut(
    code: NDArray[np.uint32],
    kind: NDArray[np.uint8],
    starts: Places,
    shouted: Flags,
    near: Flags,
    count: int,
) -> Codes:
    place = np.flatnonzero(kind != DROPPED)
    code, kind = code[place], kind[place]
    keep = np.ones(len(code), bool)
    same = np.zeros(len(code), bool)
    same[2:] = (code[2:] == code[1:-1]) & (code[1:-1] == code[:-2]) & (kind[2:] != NEWLINE)
    space = kind == SPACE
    keep[1:] &= ~(space[1:] & space[:-1])
    keep &= ~same
    stretched = same & (kind == WORD) & (code != _DIGIT)
    kept = np.flatnonzero(keep)
    marked = np.zeros(len(code), bool)
    marked[np.flatnonzero(stretched)] = True
    place_kept = place[kept]
    row = np.cumsum(kind[kept] == NEWLINE)
    row[kind[kept] == NEWLINE] -= 1
    # A cut repeat is counted where its word goes on: shift the mark to the last code kept before it.
    stretch = np.zeros(len(kept), bool)
    if marked.any():
        before = np.searchsorted(kept, np.flatnonzero(marked)) - 1
        stretch[before] = True
    return Codes(
        count=count,
        code=code[kept].astype(np.uint64),
        kind=kind[kept],
        row=row,
        origin=place_kept - starts[row] if count else place_kept,
        shouted=shouted[place_kept],
        stretched=stretch,
        near=near[place_kept],
    )
