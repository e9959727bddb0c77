"""Hashed features of many short texts at once: words, pairs, letters, and what stands near the brand.

Pure numpy. Features of one kind stand in text order, so a text's share of each is one slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learned import codes as c
from monitor.analysis.learned.codes import Codes, Flags, Places, Span, encode
from monitor.analysis.learned.hashing import Hashes, join, mix, powers, prefix_sums
from monitor.analysis.learned.signs import COLUMNS, Signs, find
from monitor.analysis.learned.words import Words, cut

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
BRAND_COLUMN = 8  # the dense column that says whether the brand is named
LEXICAL = 9  # the first dense column of the signs
DENSE = LEXICAL + COLUMNS


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of feature. Text r has `hashes[bounds[r]:bounds[r + 1]]`.

    `first` and `last` are indices of the first and last kept code a feature was made from.
    """

    weight: float
    hashes: Hashes
    bounds: Places
    first: Places
    last: Places


@dataclass(frozen=True, slots=True)
class Features:
    """`dense` is (texts, DENSE): length, capitals, ! and ?, stretching, negation, links, focus."""

    groups: tuple[Group, ...]
    dense: NDArray[np.float64]
    codes: Codes
    words: Words
    signs: Signs


WORDS, NEGATED, PAIRS, GAPS, GRAMS, NEAR, NEAR_PAIRS, FAR = range(8)  # the groups
NEAR_SALT, NEAR_NEGATED_SALT, FAR_SALT, NEGATED_SALT = 0xF0C, 0xBAD, 0xFA2, 77
# The parts a single word can play: its group, and what its hash is salted with (0: not at all).
ROLES = (
    (WORDS, 0),
    (NEGATED, NEGATED_SALT),
    (NEAR, NEAR_SALT),
    (NEAR, NEAR_NEGATED_SALT),
    (FAR, FAR_SALT),
)


def in_role(hashes: Hashes, salt: int) -> Hashes:
    """The hashes that plain words have in a role."""
    return mix(hashes + np.uint64(salt)) if salt else hashes


def features(texts: Sequence[str], language: str, focus: Sequence[Sequence[Span]]) -> Features:
    """What tables of weights are asked about; `focus[r]` are the brand's places in text r.

    The groups: words, negated words, pairs, pairs with a gap, runs of letters; then, where a brand
    stands, the words near it, the pairs near it, and the words that are not.
    """
    codes = encode(texts, focus)
    sums = prefix_sums(codes.code)
    words = cut(codes, sums, language)
    n = len(texts)
    asks = np.bincount(codes.row[codes.code == ord("?")], minlength=n) > 0
    signs = find(words, asks, language, n)
    hashes = words.hash
    free = np.flatnonzero(~signs.covered)
    negated = np.flatnonzero(words.negated & ~signs.covered)
    pairs, skips = _pairs(words, 1), _pairs(words, 2)
    focused = np.bincount(codes.row[codes.code == c.BRAND], minlength=n)[words.row] > 0
    near = np.flatnonzero(words.near & ~signs.covered)
    far = np.flatnonzero(focused & ~words.near & ~signs.covered)
    close = pairs[words.near[pairs] & words.near[pairs + 1]]
    turned = np.where(words.negated[near], np.uint64(NEAR_NEGATED_SALT), np.uint64(NEAR_SALT))

    def group(weight: float, values: Hashes, first: Places, last: Places) -> Group:
        bounds = np.searchsorted(words.row[first], np.arange(n + 1))
        return Group(weight, values, bounds, words.first[first], words.end[last] - 1)

    groups = (
        group(1.0, hashes[free], free, free),
        group(0.7, mix(hashes[negated] + np.uint64(NEGATED_SALT)), negated, negated),
        group(1.0, join(hashes[pairs], hashes[pairs + 1], 0), pairs, pairs + 1),
        group(0.5, join(hashes[skips], hashes[skips + 2], 5), skips, skips + 2),
        _grams(codes, sums, n),
        group(1.0, mix(hashes[near] + turned), near, near),
        group(1.0, join(hashes[close], hashes[close + 1], 9), close, close + 1),
        group(1.0, mix(hashes[far] + np.uint64(FAR_SALT)), far, far),
    )
    return Features(
        groups, np.hstack([_dense(codes, words, n), signs.columns]), codes, words, signs
    )


def _pairs(words: Words, step: int) -> Places:
    """Indices of words whose `step`-th follower is of the same clause."""
    return np.flatnonzero(words.clause[step:] == words.clause[:-step])


def _grams(codes: Codes, sums: Hashes, count: int) -> Group:
    """Runs of 3 to 5 codes of one text, spaces and punctuation included."""
    _, back = powers(len(codes.code))
    size = len(codes.code)
    row = np.where(codes.kind == c.NEWLINE, -1, codes.row)
    found = []
    firsts = []
    lasts = []
    for length in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        if size < length:
            continue
        stop = size - length + 1
        whole = np.flatnonzero((row[:stop] == row[length - 1 :]) & (row[:stop] >= 0))
        found.append(
            mix((sums[whole + length] - sums[whole]) * back[whole] + np.uint64(length * 1_000_003))
        )
        firsts.append(whole)
        lasts.append(whole + length - 1)
    if not found:
        nothing = np.zeros(0, np.int64)
        return Group(
            0.3, nothing.astype(np.uint64), np.zeros(count + 1, np.int64), nothing, nothing
        )
    first = np.concatenate(firsts)
    order = np.argsort(codes.row[first], kind="stable")
    bounds = np.searchsorted(codes.row[first][order], np.arange(count + 1))
    return Group(
        0.3, np.concatenate(found)[order], bounds, first[order], np.concatenate(lasts)[order]
    )


def _dense(codes: Codes, words: Words, count: int) -> NDArray[np.float64]:
    def per_text(flags: Flags, row: Places = codes.row) -> NDArray[np.float64]:
        return np.bincount(row[flags], minlength=count).astype(np.float64)

    letters = per_text(codes.kind == c.WORD)
    code = codes.code
    return np.stack(
        [
            np.log1p(letters) / 5,
            per_text(codes.shouted) / np.maximum(letters, 1),
            np.minimum(per_text(code == ord("!")), 3) / 3,
            np.minimum(per_text(code == ord("?")), 3) / 3,
            np.minimum(per_text(codes.stretched), 1),
            np.minimum(per_text(words.negator, words.row), 2) / 2,
            np.minimum(per_text(code == c.LINK), 2) / 2,
            np.minimum(per_text(code == c.HANDLE), 2) / 2,
            np.minimum(per_text(code == c.BRAND), 1),
        ],
        axis=1,
    )
