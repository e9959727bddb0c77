"""Weights made small: one byte each, by the square root, so that small ones keep their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.fit import Floats, Weights
from model.sets import Spans
from monitor.analysis.learned.features import features
from monitor.analysis.learned.head import Head, Shipped

_TOP = 127
_DECIMALS = 6
_BATCH = 512


def pack(weights: Weights, labels: tuple[str, ...], about: dict[str, Any]) -> Shipped:
    largest = max(
        float(np.abs(weights.table).max()), float(np.abs(weights.word_weights).max(initial=0))
    )

    def small(wide: Floats) -> NDArray[np.int8]:
        roots = np.sqrt(np.abs(wide) / largest) * _TOP
        signed: NDArray[np.int8] = (np.sign(wide) * np.rint(roots)).astype(np.int8)
        return signed

    return Shipped(
        labels,
        small(weights.table),
        weights.words,
        small(weights.word_weights),
        largest / _TOP**2,
        np.round(weights.dense, _DECIMALS),
        np.round(weights.bias, _DECIMALS),
        about,
    )


def warmed(shipped: Shipped, warmth: float, offset: Floats, about: dict[str, Any]) -> Shipped:
    """The same table with all scores multiplied by `warmth` and moved by `offset`."""
    return replace(
        shipped,
        scale=float(f"{shipped.scale * warmth:.9g}"),
        dense=np.round(shipped.dense * warmth, _DECIMALS),
        bias=np.round(shipped.bias * warmth + offset, _DECIMALS),
        about=about,
    )


def scores(shipped: Shipped, texts: Sequence[str], focus: Sequence[Spans], language: str) -> Floats:
    head = Head(shipped)
    parts = [
        head.scores(features(texts[at : at + _BATCH], language, focus[at : at + _BATCH]))
        for at in range(0, len(texts), _BATCH)
    ]
    return np.concatenate(parts)
