"""The protocol of everything that judges tone: one text in, probabilities and reasons out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from monitor.model.brand import Match
from monitor.model.verdict import Reason


@dataclass(frozen=True, slots=True)
class ToneResult:
    """`p_negative + p_positive <= 1`. Every reason's weight is part of the score that made them.

    `reasons` stand in text order, one that has no place last. `to_check`: praise and problem
    contradict each other. `known` False: nothing here reads the language, the numbers mean nothing.
    `negative_from` and `positive_from` are the least probabilities that name a tone.
    """

    p_negative: float
    p_positive: float
    reasons: tuple[Reason, ...]
    to_check: bool
    known: bool = True
    negative_from: float = 0.42
    positive_from: float = 0.42


class ToneAnalyser(Protocol):
    """Deterministic, linear in the text's length, safe from any thread. Never raises on any text."""

    def analyse(self, text: str, language: str, focus: tuple[Match, ...]) -> ToneResult:
        """Judge the tone towards what stands at `focus`; towards the whole text when it is empty."""
        ...
