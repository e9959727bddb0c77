"""From labelled texts to one weight per bucket: logistic regression, lexica folded in, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from model.lexica import Side, columns
from model.lexica import weights as lexica_weights
from model.matrix import matrix
from model.sets import Spans
from monitor.analysis.learned.features import DENSE, ROLES
from monitor.analysis.learned.hashing import Hashes

Floats = NDArray[np.float64]
_SET_COLUMN = 2.0  # how freely each set may have its own mix of tones
_TOLERANCE = 0.01
_FREE_INTERCEPT = 5.0  # the intercept is held back by the penalty like a column of this value


@dataclass(frozen=True, slots=True)
class Example:
    """One text that teaches; `group` is its set: every set has its own mix of labels."""

    text: str
    label: int
    weight: float
    group: int
    focus: Spans = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """(labels x buckets), (labels x DENSE), (labels,); and what words of known polarity add."""

    table: Floats
    dense: Floats
    bias: Floats
    words: Hashes
    word_weights: Floats  # (labels, ROLES, words)

    def seen_from(self, label: int) -> Weights:
        """The weights of the other labels less this one's, which is left out."""

        def less(of: Floats) -> Floats:
            return np.delete(of - of[label], label, axis=0)

        return Weights(
            less(self.table),
            less(self.dense),
            less(self.bias),
            self.words,
            less(self.word_weights),
        )


def fit(
    examples: Sequence[Example],
    language: str,
    *,
    bits: int,
    freedom: float,
    lists: Sequence[Side] = (),
) -> Weights:
    """One regression a label, this one against the rest, each to its end. `freedom` is the inverse
    strength of the l2 penalty. The same for the same examples."""
    of = list(lists)
    cut = columns(of)
    wide, narrow = matrix(
        [e.text for e in examples], [e.focus for e in examples], language, bits, cut
    )
    groups = np.array([e.group for e in examples])
    ones = np.full(len(examples), _SET_COLUMN, np.float32)
    sets = sparse.csr_matrix((ones, (np.arange(len(examples)), groups)))
    everything = sparse.hstack([wide, sparse.csr_matrix(narrow), sets]).tocsr().astype(np.float64)
    labels = np.array([e.label for e in examples])
    weight = np.array([e.weight for e in examples])
    learnt: Floats = np.zeros((int(labels.max()) + 1, everything.shape[1]))
    bias: Floats = np.zeros(len(learnt))
    for label in range(len(learnt)):
        learner: Any = LogisticRegression(
            solver="liblinear", C=freedom, tol=_TOLERANCE, intercept_scaling=_FREE_INTERCEPT
        )
        learner.fit(everything, labels == label, sample_weight=weight)
        learnt[label], bias[label] = learner.coef_[0], learner.intercept_[0]
    rest = learnt[:, 1 << bits :]
    nothing = np.zeros(0, np.uint64), np.zeros((len(learnt), len(ROLES), 0))
    known = rest[:, DENSE : DENSE + len(cut)]
    words, word_weights = lexica_weights(of, known) if of else nothing
    return Weights(learnt[:, : 1 << bits].copy(), rest[:, :DENSE].copy(), bias, words, word_weights)


def probabilities(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def calibrate(scores: Floats, labels: NDArray[np.int64]) -> tuple[float, Floats]:
    """(temperature, offset per label) of least loss on these texts, as frequent as they are."""
    count = scores.shape[1]

    def loss(tried: Floats) -> float:
        chances = probabilities(scores * tried[0] + np.concatenate(([0.0], tried[1:])))
        return -float(np.log(chances[np.arange(len(labels)), labels] + 1e-12).sum())

    start = np.concatenate(([1.0], np.zeros(count - 1)))
    best: Floats = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 2000}).x
    return float(best[0]), np.concatenate(([0.0], best[1:]))
