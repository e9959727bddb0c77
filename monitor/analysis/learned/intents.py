"""What a post wants, by learnt weights. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from monitor.analysis.learned import store
from monitor.analysis.learned.one import features_of
from monitor.model.brand import Match
from monitor.model.verdict import Intent

# (text, its language, the brand's places, what the rules say when asked) -> what it wants.
IntentJudge = Callable[[str, str, Sequence[Match], Callable[[], Intent]], Intent]


def learned_intent(
    text: str, language: str, focus: Sequence[Match], by_rules: Callable[[], Intent]
) -> Intent:
    """The rules' answer in a language without a table, and where its table cannot be used."""
    head = store.head(f"intent_{language}") if f"intent_{language}" in store.NAMES else None
    if head is None:
        return by_rules()
    spans = tuple((match.start, match.end) for match in focus)
    scores = head.scores(features_of(text, language, spans))[0]
    return Intent(head.labels[int(np.argmax(scores))])


def intent_by_rules(
    _text: str, _language: str, _focus: Sequence[Match], by_rules: Callable[[], Intent]
) -> Intent:
    """An IntentJudge that asks no table."""
    return by_rules()
