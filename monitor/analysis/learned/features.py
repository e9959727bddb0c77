"""Hashed features of many short texts at once: words, pairs, letters, and what stands near the brand.

Pure numpy. Features of one kind stand in text order, so a text's share of each is one slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learned import codes as c
from monitor.analysis.learned.codes import Codes, Flags, Places, Span, encode
from monitor.analysis.learned.hashing import Hashes, join, mix, powers, prefix_sums
from monitor.analysis.learned.negators import NEGATORS, REACH

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
DENSE = 9


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


@dataclass(frozen=True, slots=True)
class Words:
    """Words and signs in text order; `clause` grows at every punctuation mark and text end."""

    first: Places
    end: Places
    row: Places
    hash: Hashes
    clause: Places
    negator: Flags
    negated: Flags
    near: Flags


def features(texts: Sequence[str], language: str, focus: Sequence[Sequence[Span]]) -> Features:
    """What tables of weights are asked about; `focus[r]` are the brand's places in text r."""
    codes = encode(texts, focus)
    forward, back = powers(len(codes.code))
    del forward
    sums = prefix_sums(codes.code)
    words = _words(codes, sums, back, language)
    n = len(texts)
    every = np.arange(len(words.row))
    pairs = _pairs(words, 1)
    skips = _pairs(words, 2)
    negated = np.flatnonzero(words.negated)
    near = np.flatnonzero(words.near)
    near_pairs = pairs[words.near[pairs] & words.near[pairs + 1]]
    near_turned = np.where(words.negated[near], np.uint64(0xBAD), np.uint64(0xF0C))
    pair_hash = join(words.hash[pairs], words.hash[pairs + 1], 0)
    groups = [
        _of_words(1.0, words.hash, words, every, every, n),
        _of_words(0.7, mix(words.hash[negated] + np.uint64(77)), words, negated, negated, n),
        _of_words(1.0, pair_hash, words, pairs, pairs + 1, n),
        _of_words(
            0.5, join(words.hash[skips], words.hash[skips + 2], 5), words, skips, skips + 2, n
        ),
        _grams(codes, sums, back, n),
        _of_words(1.0, mix(words.hash[near] + near_turned), words, near, near, n),
        _of_words(
            1.0,
            join(words.hash[near_pairs], words.hash[near_pairs + 1], 9),
            words,
            near_pairs,
            near_pairs + 1,
            n,
        ),
    ]
    return Features(tuple(groups), _dense(codes, words, n), codes)


def _words(codes: Codes, sums: Hashes, back: Hashes, language: str) -> Words:
    kind = codes.kind
    inside = kind == c.WORD
    apostrophe = codes.code == c.APOSTROPHE
    if language != "fr":  # English keeps don't together, French parts l'attente
        inside = inside.copy()
        inside[1:-1] |= apostrophe[1:-1] & (kind[:-2] == c.WORD) & (kind[2:] == c.WORD)
    edges = np.diff(np.concatenate(([0], inside.astype(np.int8), [0])))
    signs = np.flatnonzero(kind == c.SYMBOL)
    first = np.concatenate((np.flatnonzero(edges == 1), signs))
    end = np.concatenate((np.flatnonzero(edges == -1), signs + 1))
    order = np.argsort(first, kind="stable")
    first, end = first[order], end[order]
    hashes = mix((sums[end] - sums[first]) * back[first])
    breaks = (kind == c.PUNCTUATION) & ~apostrophe & (codes.code != c.HYPHEN)
    clause = np.cumsum(breaks | (kind == c.NEWLINE))[first]
    at = np.arange(len(first))
    known = _negators(language)
    negator = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    last = np.maximum.accumulate(np.where(negator, at, -1)) if len(at) else at
    negated = (last >= 0) & (at > last) & (at - last <= REACH) & (clause == clause[last])
    return Words(first, end, codes.row[first], hashes, clause, negator, negated, codes.near[first])


@cache
def _negators(language: str) -> Hashes:
    words = NEGATORS.get(language, "no").split()
    return np.sort(word_hashes(words))


def word_hashes(words: Sequence[str]) -> Hashes:
    """The hash a word has in `features`' first group, for tables of known words."""
    found = []
    for word in words:
        codes = encode([word], [()])
        found.append(prefix_sums(codes.code)[-1])
    return mix(np.array(found, np.uint64))


def _pairs(words: Words, step: int) -> Places:
    """Indices of words whose `step`-th follower is of the same clause."""
    return np.flatnonzero(words.clause[step:] == words.clause[:-step])


def _of_words(
    weight: float, hashes: Hashes, words: Words, first: Places, last: Places, count: int
) -> Group:
    rows = words.row[first]
    bounds = np.searchsorted(rows, np.arange(count + 1))
    return Group(weight, hashes, bounds, words.first[first], words.end[last] - 1)


def _grams(codes: Codes, sums: Hashes, back: Hashes, count: int) -> Group:
    """Runs of 3 to 5 codes of one text, spaces and punctuation included."""
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
