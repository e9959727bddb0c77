"""The hashed words of a text that a brand's own weights are about, with their places. Pure.

Hashes are those of the learnt tables: when these change, FORMAT in brand_model.py must too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monitor.analysis.excerpt import excerpt
from monitor.analysis.learned.codes import BRAND
from monitor.analysis.learned.features import NEAR, NEGATED, WORDS
from monitor.analysis.learned.hashing import Hashes
from monitor.analysis.learned.one import features_of
from monitor.model.brand import Match

_GROUPS = (WORDS, NEGATED, NEAR)


@dataclass(frozen=True, slots=True)
class Traces:
    """One entry per word and role. `value` is what a weight of 1 adds; [start, end) count in the text."""

    hashes: Hashes
    value: np.ndarray[tuple[int], np.dtype[np.float64]]
    start: np.ndarray[tuple[int], np.dtype[np.int64]]
    end: np.ndarray[tuple[int], np.dtype[np.int64]]


def traces(text: str, language: str, matches: Sequence[Match]) -> Traces:
    """Of a text of any length: what stands around the brand, as when it is judged."""
    part = excerpt(text, matches)
    spans = tuple((match.start, match.end) for match in part.matches)
    found = features_of(part.text, language, spans)
    origin = found.codes.origin
    hashes, values, starts, ends = [], [], [], []
    for number in _GROUPS:
        group = found.groups[number]
        own = found.codes.code[group.first] != BRAND
        hashes.append(group.hashes[own])
        share = group.weight / np.sqrt(max(1, int(own.sum())))
        values.append(np.full(int(own.sum()), share))
        starts.append(origin[group.first[own]])
        ends.append(origin[group.last[own]] + 1)
    place = np.array([part.place(int(at)) for at in np.concatenate(starts)], np.int64)
    length = np.concatenate(ends) - np.concatenate(starts)
    return Traces(np.concatenate(hashes), np.concatenate(values), place, place + length)
