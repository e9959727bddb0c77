"""Fixed expressions and cue words of the lexica, found in all texts at once by hash. Pure numpy.

An expression silences its own words: "pas mal" is neither "pas" nor "mal". Praise beside a problem
("Bravo, 3 semaines pour un colis") is a sign of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.analysis import lexicon
from monitor.analysis.learned.codes import Flags, Places
from monitor.analysis.learned.hashing import Hashes
from monitor.analysis.learned.words import Words, known, word_hashes
from monitor.analysis.phrases import ANY

LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
COLUMNS = 8
PRAISED, BLAMED, PRAISE_BESIDE_PROBLEM = range(3)  # the first columns
_NOWHERE = np.zeros(0, np.int64)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
_FIRST, _PRAISE, _TROUBLE, _UNIT, _FAST, _RELIEF, _BLAME, _NUMBER, _SPAN = (
    1 << n for n in range(9)
)
_SIGNS = 9  # the bits above mark words that begin expressions of a shape
_MOST_SIGNS = 54  # rarer shapes share the last bit
_LEAST_BLAME = -0.7
_SECTIONS = {
    "praise": _PRAISE,
    "trouble": _TROUBLE,
    "unit": _UNIT,
    "unit_short": _UNIT,
    "fast": _FAST,
    "relief": _RELIEF,
}
_NUMBERS = "0 00"
_SPANS = "0h 00h 0min 00min 0mn 00mn 0j 00j 0hrs 00hrs 0hr 0hours 0h00 00h00 0days 00days"


class Shape(NamedTuple):
    """Expressions of one length whose words stand at `known`; the others are any word. `sign` marks
    the words that begin one."""

    sign: int
    length: int
    known: tuple[int, ...]
    hashes: Hashes  # sorted
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Signs:
    """`covered`: the word is part of an expression. `columns` is (texts, COLUMNS).

    `places`: (index of the first word, of the last, weight) of every expression found.
    """

    covered: Flags
    columns: NDArray[np.float64]
    places: tuple[tuple[Places, Places, NDArray[np.float64]], ...]
    praise: Places  # the words that may open sarcastic praise


@dataclass(frozen=True, slots=True)
class _Tables:
    cues: Hashes  # sorted
    bits: NDArray[np.int64]
    shapes: tuple[Shape, ...]


def find(words: Words, asks: Flags, language: str, count: int) -> Signs:
    """Everything the lexica of `language` know; nothing in a language without lexica."""
    if language not in LANGUAGES or not len(words.row):
        return Signs(np.zeros(len(words.row), bool), np.zeros((count, COLUMNS)), (), _NOWHERE)
    tables = _tables(language)
    at = np.minimum(np.searchsorted(tables.cues, words.hash), len(tables.cues) - 1)
    bits = np.where(tables.cues[at] == words.hash, tables.bits[at], 0)
    covered, places = _expressions(words, bits, tables)
    columns = _columns(words, bits, covered, places, asks, count)
    return Signs(covered, columns, places, np.flatnonzero(bits & _PRAISE))


def _expressions(
    words: Words, bits: NDArray[np.int64], tables: _Tables
) -> tuple[Flags, tuple[tuple[Places, Places, NDArray[np.float64]], ...]]:
    """The longest win: a word that is part of one expression is not part of another."""
    covered = np.zeros(len(words.row), bool)
    starts = np.flatnonzero(bits & _FIRST)
    begun = bits[starts]
    any_begun = int(np.bitwise_or.reduce(begun)) if len(starts) else 0
    places = []
    for shape in tables.shapes:
        if not any_begun & shape.sign:
            continue
        begin = starts[(begun & shape.sign) > 0]
        begin = begin[begin <= len(words.row) - shape.length]
        last = begin + shape.length - 1
        begin = begin[words.clause[begin] == words.clause[last]]
        hashes = words.hash[begin]
        for offset in shape.known[1:]:
            hashes = hashes * _STEP + words.hash[begin + offset]
        at = np.minimum(np.searchsorted(shape.hashes, hashes), len(shape.hashes) - 1)
        found = shape.hashes[at] == hashes
        found &= ~covered[begin] & ~covered[begin + shape.length - 1]
        begin, weights = begin[found], shape.weights[at[found]]
        for offset in range(shape.length):
            covered[begin + offset] = True
        if len(begin):
            places.append((begin, begin + shape.length - 1, weights))
    return covered, tuple(places)


def _columns(
    words: Words,
    bits: NDArray[np.int64],
    covered: Flags,
    places: tuple[tuple[Places, Places, NDArray[np.float64]], ...],
    asks: Flags,
    count: int,
) -> NDArray[np.float64]:
    def has(flags: Flags) -> NDArray[np.float64]:
        return np.minimum(np.bincount(words.row[flags], minlength=count), 1).astype(np.float64)

    praised, blamed = np.zeros(count), np.zeros(count)
    for begin, _, weights in places:
        row = words.row[begin]
        praised += np.bincount(row, np.maximum(weights, 0), minlength=count)
        blamed += np.bincount(row, np.maximum(-weights, 0), minlength=count)
    free = ~covered
    number = (bits & _NUMBER) > 0
    unit = (bits & _UNIT) > 0
    slow = np.zeros(len(bits), bool)
    slow[:-1] = number[:-1] & unit[1:]
    slow[1:-1] &= (bits[:-2] & _FAST) == 0
    slow |= (bits & _SPAN) > 0
    praise = has(bits & _PRAISE > 0)
    blame = has(free & (bits & _BLAME > 0) & ~words.negated)
    trouble = has(bits & _TROUBLE > 0)
    long = has(slow)
    problem = np.maximum.reduce([blame, trouble, long, np.minimum(blamed, 1)])
    relief = has(bits & _RELIEF > 0)
    return np.stack(
        [
            np.minimum(praised, 3) / 2,
            np.minimum(blamed, 3) / 2,
            praise * problem * (1 - relief),
            praise,
            np.maximum(trouble, long),
            blame,
            asks * (1 - problem),
            relief,
        ],
        axis=1,
    )


@cache
def _tables(language: str) -> _Tables:
    cues: dict[int, int] = {}

    def mark(words: list[str], bit: int) -> None:
        for value in word_hashes(words, language):
            cues[int(value)] = cues.get(int(value), 0) | bit

    for section, bit in _SECTIONS.items():
        mark(list(lexicon.cues(language).get(section, {})), bit)
    blame = [w for w, entry in lexicon.words(language).items() if entry.weight <= _LEAST_BLAME]
    mark(blame, _BLAME)
    mark(_NUMBERS.split(), _NUMBER)
    mark(_SPANS.split(), _SPAN)
    shapes = _shapes(language, cues)
    keys = np.array(sorted(cues), np.uint64)
    return _Tables(keys, np.array([cues[int(key)] for key in keys], np.int64), shapes)


def _shapes(language: str, cues: dict[int, int]) -> tuple[Shape, ...]:
    """The longest first; the cues of the words that begin them are marked."""
    filed: dict[tuple[int, tuple[int, ...]], dict[int, float]] = {}
    begins: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    written = [row for row in lexicon.expressions(language) if not row[0].startswith(ANY)]
    parts = [phrase.replace(ANY, f"\n{ANY}\n").split("\n") for phrase, _ in written]
    pieces = iter(known([part for phrase in parts for part in phrase if part != ANY], language))
    for phrase, (_, weight) in zip(parts, written, strict=True):
        hashes: list[int | None] = []
        for part in phrase:
            hashes += [None] if part == ANY else [int(value) for value in next(pieces)]
        places = tuple(n for n, value in enumerate(hashes) if value is not None)
        whole = [value for value in hashes if value is not None]
        total = whole[0]
        for value in whole[1:]:
            total = (total * int(_STEP) + value) % (1 << 64)
        filed.setdefault((len(hashes), places), {})[total] = weight
        begins.setdefault((len(hashes), places), set()).add(whole[0])
    shapes = []
    for number, ((length, places), table) in enumerate(sorted(filed.items(), reverse=True)):
        sign = 1 << (_SIGNS + min(number, _MOST_SIGNS - 1))
        for word in begins[length, places]:
            cues[word] = cues.get(word, 0) | _FIRST | sign
        values = np.array([table[value] for value in sorted(table)])
        shapes.append(Shape(sign, length, places, np.array(sorted(table), np.uint64), values))
    return tuple(shapes)
