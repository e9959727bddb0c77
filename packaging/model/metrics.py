"""The figures of the report: F1, average precision, calibration error. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BINS = 10
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def precision_recall_f1(truth: Flags, said: Flags) -> tuple[float, float, float]:
    """Nought where there was nothing to find or nothing was found."""
    both = float((truth & said).sum())
    precision = both / max(1, int(said.sum()))
    recall = both / max(1, int(truth.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def macro_f1(truth: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> float:
    """The mean over the labels that occur in either."""
    right, found = np.array(truth), np.array(said)
    present = [label for label in labels if (right == label).any() or (found == label).any()]
    return float(np.mean([precision_recall_f1(right == x, found == x)[2] for x in present]))


def average_precision(truth: Flags, chance: Floats) -> float:
    """The area under precision over recall; texts of one chance count together."""
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(truth[order])
    ends = np.append(np.flatnonzero(np.diff(chance[order])), len(order) - 1)
    recall = hits[ends] / max(1, hits[-1])
    precision = hits[ends] / (ends + 1)
    return float((np.diff(np.concatenate(([0.0], recall))) * precision).sum())


def calibration_error(truth: Flags, chance: Floats) -> float:
    """The mean gap between what was said and what came, in ten bins of equal width."""
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(float(chance[bins == b].mean() - truth[bins == b].mean())) * float((bins == b).mean())
        for b in range(_BINS)
        if (bins == b).any()
    ]
    return sum(gaps)


@dataclass(frozen=True, slots=True)
class ToneFigures:
    """Of the negatives unless it says otherwise."""

    count: int
    macro: float
    precision: float
    recall: float
    f1: float
    average_precision: float
    error: float

    def __str__(self) -> str:
        return (
            f"{self.count:5}  macro-F1 {self.macro:.3f}   negatives P/R/F1 {self.precision:.2f}/"
            f"{self.recall:.2f}/{self.f1:.3f}  AP {self.average_precision:.3f}  ECE {self.error:.3f}"
        )


def tone_figures(truth: Sequence[str], said: Sequence[str], chance: Floats) -> ToneFigures:
    """Tones are "neg", "neu", "pos"; `chance` is what was given to "neg"."""
    negative = np.array(truth) == "neg"
    flagged = np.array(said) == "neg"
    return ToneFigures(
        len(truth),
        macro_f1(truth, said, ("neg", "neu", "pos")),
        *precision_recall_f1(negative, flagged),
        average_precision(negative, chance),
        calibration_error(negative, chance),
    )
