"""Three numbers per brand: how far to trust the scores, and how common blame and praise are. Pure numpy.

They can make every text more or less negative, never turn the order of two texts round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learning.chances import (
    Floats,
    count_said,
    scores_and_tones,
    softmax,
)
from monitor.analysis.learning.example import Example

LEAST = 30
"""Corrections of tone before anything changes."""

FLATTEST, STEEPEST = 0.5, 2.0
FARTHEST = 2.0
LOWEST = 0.15  # of the probabilities that are named negative
_HOLD_SLOPE, _HOLD_SHIFT = 40.0, 20.0  # the pull towards what is shipped
_ROUNDS = 30
_DIGITS = 4  # the rest differs from one processor to the next


@dataclass(frozen=True, slots=True)
class Calibration:
    """A score x against neutral becomes `slope` * x + shift. `slope` is 1 / temperature, above nought.

    `negative_from` follows from the three: the highest probability worth naming negative.
    """

    slope: float = 1.0
    negative: float = 0.0
    positive: float = 0.0
    negative_from: float = 1.0

    def moved(self, scores: tuple[float, float]) -> tuple[float, float]:
        """Of one text: (negative, positive)."""
        return (
            self.slope * scores[0] + self.negative,
            self.slope * scores[1] + self.positive,
        )


AS_SHIPPED = Calibration()


def fit(examples: Sequence[Example]) -> Calibration | None:
    """The numbers of least loss, held near those shipped; None while there are too few corrections.

    `examples` all teach a tone, in a fixed order.
    """
    if count_said(examples) < LEAST:
        return None
    scores, tones = scores_and_tones(examples)
    found: Floats = np.array([1.0, 0.0, 0.0])
    least = np.array([FLATTEST, -FARTHEST, -FARTHEST])
    most = np.array([STEEPEST, FARTHEST, FARTHEST])
    for _ in range(_ROUNDS):
        step = _newton_step(found, scores, tones)
        found = np.minimum(np.maximum(found - step, least), most)
    slope, negative, positive = (round(float(value), _DIGITS) for value in found)
    chances = softmax(slope * scores + np.array([negative, positive]))[:, 0]
    return Calibration(slope, negative, positive, _worth_naming(chances))


def _worth_naming(chances: Floats) -> float:
    """The threshold of best F1 to expect if `chances` are true: half of that F1.

    Where blame is rare, true probabilities are low, and a threshold made for other brands finds none.
    """
    falling = np.sort(chances)[::-1]
    named = np.arange(1, len(falling) + 1)
    best = (2 * np.cumsum(falling) / (named + falling.sum())).max()
    return max(LOWEST, round(float(best) / 2, 2))


def _newton_step(at: Floats, scores: Floats, tones: Floats) -> Floats:
    """The loss is convex in the three numbers, and the penalty makes its curvature definite."""
    chances = softmax(scores * at[0] + at[1:])
    wrong = chances - tones
    hold = np.array([_HOLD_SLOPE, _HOLD_SHIFT, _HOLD_SHIFT])
    slope = (wrong * scores).sum()
    gradient = np.array([slope, *wrong.sum(axis=0)]) + hold * (at - [1.0, 0.0, 0.0])
    # Of each text: how its two scores follow the three numbers, (n, 2, 3).
    follows = np.zeros((len(scores), 2, 3))
    follows[:, :, 0] = scores
    follows[:, 0, 1] = follows[:, 1, 2] = 1
    curve: NDArray[Any] = np.diag(hold)
    for a in range(2):
        for b in range(2):
            bend = chances[:, a] * (float(a == b) - chances[:, b])
            both = follows[:, a, :, None] * follows[:, b, None, :]
            curve = curve + (bend[:, None, None] * both).sum(axis=0)
    step: Floats = np.linalg.solve(curve, gradient)
    return step
