"""Probabilities of negative, neutral, positive as two scores against neutral, and back. Pure numpy."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learning.example import Example
from monitor.model.verdict import Tone

Floats = NDArray[np.float64]
_LEAST = 1e-12  # a probability of nought would be a score without end
_SUREST = 9.0  # beyond, one mistake would outweigh a hundred texts
_COLUMNS = {Tone.NEGATIVE: 0, Tone.POSITIVE: 1}


def scores_of(p_negative: float, p_positive: float) -> tuple[float, float]:
    """(negative, positive): each the logarithm of its chance over that of neutral."""
    neutral = math.log(max(1 - p_negative - p_positive, _LEAST))
    return (
        math.log(max(p_negative, _LEAST)) - neutral,
        math.log(max(p_positive, _LEAST)) - neutral,
    )


def chances_of(negative: float, positive: float) -> tuple[float, float]:
    """The probabilities of negative and of positive; their sum is at most 1."""
    most = max(negative, positive, 0.0)
    raised = math.exp(negative - most), math.exp(-most), math.exp(positive - most)
    total = math.fsum(raised)
    return raised[0] / total, min(raised[2] / total, 1 - raised[0] / total)


def softmax(scores: Floats) -> Floats:
    """(n, 2) scores to (n, 2) probabilities of negative and positive."""
    most = np.maximum(scores.max(axis=1), 0.0)
    raised = np.exp(scores - most[:, None])
    total = raised[:, 0] + raised[:, 1] + np.exp(-most)
    shares: Floats = raised / total[:, None]
    return shares


def scores_and_tones(examples: Sequence[Example]) -> tuple[Floats, Floats]:
    """Of n examples that teach a tone: (n, 2) bounded scores and (n, 2) zeros and ones."""
    scores = np.array([scores_of(one.p_negative, one.p_positive) for one in examples])
    tones = np.zeros((len(examples), 2))
    for row, one in enumerate(examples):
        if one.tone in _COLUMNS:
            tones[row, _COLUMNS[one.tone]] = 1
    bounded = np.minimum(np.maximum(scores.reshape(-1, 2), -_SUREST), _SUREST)
    return bounded, tones


def count_said(examples: Sequence[Example]) -> int:
    """How many teach a tone by a person's own word."""
    return sum(one.said is not None for one in examples)
