"""Texts as a sparse matrix: buckets, then the dense columns, the lexica's and the sets'. numpy and scipy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from model.lexica import Column
from model.sets import Spans
from monitor.analysis.learned.features import ROLES, Group, features

_CHUNK = 2048


def buckets(group: Group, bits: int) -> NDArray[np.int32]:
    return (group.hashes >> np.uint64(64 - bits)).astype(np.int32)


def matrix(
    texts: Sequence[str],
    focus: Sequence[Spans],
    language: str,
    bits: int,
    lexica: Sequence[Column] = (),
) -> tuple[sparse.csr_matrix, NDArray[np.float32]]:
    """(texts x buckets, texts x (dense and lexica columns))."""
    wide, narrow = [], []
    for start in range(0, len(texts), _CHUNK):
        some = texts[start : start + _CHUNK]
        found = features(some, language, focus[start : start + _CHUNK])
        rows, columns, values = [], [], []
        told = np.zeros((len(some), len(lexica)))
        for number, group in enumerate(found.groups):
            counts = np.diff(group.bounds)
            row = np.repeat(np.arange(len(some)), counts)
            value = (group.weight / np.sqrt(np.maximum(counts, 1)))[row]
            rows.append(row)
            columns.append(buckets(group, bits))
            values.append(value.astype(np.float32))
            for place, lexicon in enumerate(lexica):
                if ROLES[lexicon.role][0] == number:
                    told[:, place] += _told(group, row, value, lexicon, len(some))
        entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        wide.append(sparse.csr_matrix(entries, shape=(len(some), 1 << bits)))
        narrow.append(np.hstack([found.dense, told]))
    return sparse.vstack(wide).tocsr(), np.vstack(narrow).astype(np.float32)


def _told(
    group: Group,
    row: NDArray[np.int64],
    value: NDArray[np.float64],
    lexicon: Column,
    count: int,
) -> NDArray[np.float64]:
    at = np.minimum(np.searchsorted(lexicon.hashes, group.hashes), len(lexicon.hashes) - 1)
    known = lexicon.hashes[at] == group.hashes
    weights = value[known] * lexicon.scores[at[known]]
    return np.bincount(row[known], weights=weights, minlength=count).astype(np.float64)
