"""Words and signs of many texts, each with its hash, its clause and whether it is negated. Pure numpy."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from monitor.analysis.learned import codes as c
from monitor.analysis.learned.codes import Codes, Flags, Places, encode
from monitor.analysis.learned.hashing import Hashes, hashes_of, prefix_sums
from monitor.analysis.learned.negators import NEGATORS, REACH

_AT_ONCE = 512  # texts: more would be no faster, and take room that is never given back


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


def cut(codes: Codes, sums: Hashes, language: str) -> Words:
    """The words of all texts; `sums` are the codes' prefix sums."""
    first, end = _bounds(codes, language)
    hashes = hashes_of(sums, first, end)
    kind = codes.kind
    breaks = (kind == c.PUNCTUATION) & (codes.code != c.APOSTROPHE) & (codes.code != c.HYPHEN)
    clause = np.cumsum(breaks | (kind == c.NEWLINE))[first]
    at = np.arange(len(first))
    table = _negators(language)
    negator = table[np.minimum(np.searchsorted(table, hashes), len(table) - 1)] == hashes
    last = np.maximum.accumulate(np.where(negator, at, -1)) if len(at) else at
    negated = (last >= 0) & (at > last) & (at - last <= REACH) & (clause == clause[last])
    return Words(first, end, codes.row[first], hashes, clause, negator, negated, codes.near[first])


def _bounds(codes: Codes, language: str) -> tuple[Places, Places]:
    """Where words begin and end; every symbol is a word of its own."""
    inside = codes.kind == c.WORD
    if language != "fr":  # English keeps don't together, French parts l'attente
        letter = inside
        inside = letter.copy()
        inside[1:-1] |= (codes.code[1:-1] == c.APOSTROPHE) & letter[:-2] & letter[2:]
    edges = np.diff(np.concatenate(([0], inside.astype(np.int8), [0])))
    signs = np.flatnonzero(codes.kind == c.SYMBOL)
    first = np.concatenate((np.flatnonzero(edges == 1), signs))
    end = np.concatenate((np.flatnonzero(edges == -1), signs + 1))
    order = np.argsort(first, kind="stable")
    return first[order], end[order]


@cache
def _negators(language: str) -> Hashes:
    words = NEGATORS.get(language, "no").split()
    return np.sort(word_hashes(words, language))


def known(texts: Sequence[str], language: str) -> list[Hashes]:
    """The hashes of the words of each text, for tables that are looked up by hash."""
    found: list[Hashes] = []
    for start in range(0, len(texts), _AT_ONCE):
        codes = encode(texts[start : start + _AT_ONCE], ())
        sums = prefix_sums(codes.code)
        first, end = _bounds(codes, language)
        hashes = hashes_of(sums, first, end)
        stops = np.searchsorted(codes.row[first], np.arange(codes.count + 1))
        found += [hashes[begin:stop] for begin, stop in itertools.pairwise(stops)]
    return found


def word_hashes(words: Sequence[str], language: str) -> Hashes:
    """The hashes of those that are one word as texts are cut."""
    single = [found[0] for found in known(words, language) if len(found) == 1]
    return np.array(single, np.uint64)
