"""From labelled texts to one weight per bucket: logistic regression, lexica folded in, calibration."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from model.lexica import Side, columns
from model.lexica import weights as lexica_weights
from model.matrix import matrix
from model.sets import Spans
from monitor.analysis.learned.features import DENSE, ROLES
from monitor.analysis.learned.hashing import Hashes

Floats = NDArray[np.float64]
_SET_COLUMN = 2.0  # how freely each set may have its own mix of tones
_ROUNDS = 60


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
    rounds: int = _ROUNDS,
) -> Weights:
    """`freedom` is the inverse strength of the l2 penalty. The same for the same examples."""
    of = list(lists)
    wide, narrow = matrix(
        [e.text for e in examples], [e.focus for e in examples], language, bits, columns(of)
    )
    groups = np.array([e.group for e in examples])
    ones = np.full(len(examples), _SET_COLUMN, np.float32)
    sets = sparse.csr_matrix((ones, (np.arange(len(examples)), groups)))
    everything = sparse.hstack([wide, sparse.csr_matrix(narrow), sets]).tocsr()
    learner: Any = LogisticRegression(C=freedom, max_iter=rounds, tol=1e-6)
    with warnings.catch_warnings():  # so many rounds and no more: that they end early is meant
        warnings.simplefilter("ignore", ConvergenceWarning)
        learner.fit(
            everything.astype(np.float32),
            np.array([e.label for e in examples]),
            sample_weight=np.array([e.weight for e in examples]),
        )
    learnt: Floats = np.asarray(learner.coef_, np.float64)
    table = learnt[:, : 1 << bits].copy()
    rest = learnt[:, 1 << bits :]
    nothing = np.zeros(0, np.uint64), np.zeros((len(learnt), len(ROLES), 0))
    words, word_weights = lexica_weights(of, rest[:, DENSE:]) if of else nothing
    return Weights(
        table,
        rest[:, :DENSE].copy(),
        np.asarray(learner.intercept_, np.float64),
        words,
        word_weights,
    )


def probabilities(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def calibrate(
    scores: Floats, labels: NDArray[np.int64], groups: NDArray[np.int64]
) -> tuple[float, Floats]:
    """(temperature, offset per label) of least loss when, in each group, every label is as frequent."""
    count = scores.shape[1]
    weight = np.zeros(len(labels))
    for group in np.unique(groups):
        inside = groups == group
        share = np.bincount(labels[inside], minlength=count)
        weight[inside] = (1 / np.maximum(share, 1))[labels[inside]]

    def loss(tried: Floats) -> float:
        chances = probabilities(scores * tried[0] + np.concatenate(([0.0], tried[1:])))
        return -float((weight * np.log(chances[np.arange(len(labels)), labels] + 1e-12)).sum())

    start = np.concatenate(([1.0], np.zeros(count - 1)))
    best: Floats = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 2000}).x
    return float(best[0]), np.concatenate(([0.0], best[1:]))
