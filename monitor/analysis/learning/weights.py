"""A few words' weights per brand, learnt on top of the calibrated scores. Pure numpy, bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learning.calibration import Calibration
from monitor.analysis.learning.chances import Floats, count_said, scores_and_tones, softmax
from monitor.analysis.learning.example import Example
from monitor.analysis.learning.traces import Traces, traces

LEAST = 200
"""Corrections of tone before any word gets a weight."""

MOST = 256
"""Words kept: some kilobytes."""

HEAVIEST = 2.0
_OFTEN = 3  # a word seen in fewer texts teaches about those texts
_HOLD = 2.0  # the strength of the pull towards nought
_ROUNDS = 150
_FOLDS = 5
_DIGITS = 3
_FAINTEST = 0.02


@dataclass(frozen=True, slots=True)
class Weights:
    """For the word with `hashes[i]`: what it adds to the scores of negative and of positive.

    `hashes` ascend.
    """

    hashes: tuple[int, ...]
    negative: tuple[float, ...]
    positive: tuple[float, ...]

    def found(self, of: Traces) -> tuple[tuple[int, float, float], ...]:
        """(index into the traces, added to negative, added to positive) for each word with a weight."""
        if not self.hashes:
            return ()
        known = np.array(self.hashes, np.uint64)
        at = np.minimum(np.searchsorted(known, of.hashes), len(known) - 1)
        return tuple(
            (
                int(i),
                self.negative[at[i]] * float(of.value[i]),
                self.positive[at[i]] * float(of.value[i]),
            )
            for i in np.flatnonzero(known[at] == of.hashes)
        )


def fit(examples: Sequence[Example], calibration: Calibration) -> Weights | None:
    """The weights of least loss, strongly held at nought; None while corrections are too few or none would help.

    `examples` all teach a tone, in a fixed order.
    """
    if count_said(examples) < LEAST:
        return None
    cut = [traces(one.text, one.language, one.matches) for one in examples]
    often = Counter(int(code) for one in cut for code in np.unique(one.hashes))
    names = np.array(sorted(code for code, count in often.items() if count >= _OFTEN), np.uint64)
    if not len(names):
        return None
    hashes = np.concatenate([one.hashes for one in cut])
    column = np.minimum(np.searchsorted(names, hashes), len(names) - 1)
    kept = np.flatnonzero(names[column] == hashes)
    row = np.repeat(np.arange(len(cut)), [len(one.hashes) for one in cut])[kept]
    value = np.concatenate([one.value for one in cut])[kept]
    scores, tones = scores_and_tones(examples)
    calm = calibration.slope * scores + np.array([calibration.negative, calibration.positive])
    matrix = _Matrix(row, column[kept], value, len(cut), len(names))
    if not _pays(matrix, calm, tones):
        return None
    return _strongest(names, _descend(matrix, calm, tones))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A sparse matrix of texts (rows) and words (columns), by its entries."""

    row: np.ndarray[tuple[int], np.dtype[np.int64]]
    column: np.ndarray[tuple[int], np.dtype[np.int64]]
    value: Floats
    rows: int
    columns: int

    def only(self, kept: NDArray[np.bool_]) -> _Matrix:
        """With these entries only."""
        return _Matrix(self.row[kept], self.column[kept], self.value[kept], self.rows, self.columns)

    def times(self, of_words: Floats) -> Floats:
        """(columns, 2) to (rows, 2)."""
        parts = (self.value * of_words[self.column, side] for side in range(2))
        return np.stack([np.bincount(self.row, part, self.rows) for part in parts], axis=1)

    def back(self, of_texts: Floats) -> Floats:
        """(rows, 2) to (columns, 2)."""
        parts = (self.value * of_texts[self.row, side] for side in range(2))
        return np.stack([np.bincount(self.column, part, self.columns) for part in parts], axis=1)


def _pays(of: _Matrix, calm: Floats, tones: Floats) -> bool:
    """Whether weights learnt from four fifths of the texts help the last fifth, by more than chance."""
    gains = np.zeros(of.rows)
    fold = np.arange(of.rows) % _FOLDS
    for held in range(_FOLDS):
        entries = fold[of.row] == held
        found = _descend(of.only(~entries), calm, tones)
        added = of.only(entries).times(found)
        gain = _loss(calm, tones) - _loss(calm + added, tones)
        gains[fold == held] = gain[fold == held]
    return bool(gains.mean() > gains.std() / np.sqrt(of.rows))


def _loss(scores: Floats, tones: Floats) -> Floats:
    chances = softmax(scores)
    neutral = 1 - tones.sum(axis=1)
    of_truth = (chances * tones).sum(axis=1) + neutral * (1 - chances.sum(axis=1))
    loss: Floats = -np.log(np.maximum(of_truth, 1e-9))
    return loss


def _descend(of: _Matrix, calm: Floats, tones: Floats) -> Floats:
    """Nesterov's descent: the same numbers every time. Texts without entries teach nothing."""
    size = np.bincount(of.row, of.value, of.rows)
    per_word = np.bincount(of.column, of.value * size[of.row], of.columns)
    step = 1 / (0.5 * per_word + _HOLD)  # each word's own safe step, by a bound of the curvature
    here = np.zeros((of.columns, 2))
    ahead = here
    for turn in range(_ROUNDS):
        wrong = softmax(calm + of.times(ahead)) - tones
        fresh = ahead - step[:, None] * (of.back(wrong) + _HOLD * ahead)
        ahead = fresh + turn / (turn + 3) * (fresh - here)
        here = fresh
    return here


def _strongest(names: np.ndarray[tuple[int], np.dtype[np.uint64]], found: Floats) -> Weights:
    rounded = np.round(np.clip(found, -HEAVIEST, HEAVIEST), _DIGITS)
    strength = np.abs(rounded).max(axis=1)
    kept = np.sort(np.argsort(-strength, kind="stable")[:MOST])
    kept = kept[strength[kept] >= _FAINTEST]
    return Weights(
        tuple(int(name) for name in names[kept]),
        tuple(float(value) for value in rounded[kept, 0]),
        tuple(float(value) for value in rounded[kept, 1]),
    )
