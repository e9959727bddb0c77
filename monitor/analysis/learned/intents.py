"""What a post wants, by learnt weights, with what the rules say as one more sign. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from monitor.analysis.base import ToneResult
from monitor.analysis.learned import store
from monitor.analysis.learned.one import features_of
from monitor.model.brand import Match
from monitor.model.verdict import Intent

# (text, its language, the brand's places, what the rules say, the tone) -> what it wants.
IntentJudge = Callable[[str, str, Sequence[Match], Intent, ToneResult], Intent]

# On the scale of scores; chosen on dev posts.
_RULES_COUNT = 0.5
_TONE_COUNTS = 2.0
_EVEN = 0.4


def learned_intent(
    text: str, language: str, focus: Sequence[Match], by_rules: Intent, tone: ToneResult
) -> Intent:
    """The rules' own answer where no table can be used. Blame leans to complaint, praise to praise."""
    head = store.head(f"intent_{language}") if f"intent_{language}" in store.NAMES else None
    if head is None:
        return by_rules
    spans = tuple((match.start, match.end) for match in focus)
    scores = head.scores(features_of(text, language, spans))[0].copy()
    scores[head.labels.index(by_rules.value)] += _RULES_COUNT
    lean = ((Intent.COMPLAINT, tone.p_negative), (Intent.PRAISE, tone.p_positive))
    for intent, chance in lean:
        scores[head.labels.index(intent.value)] += _TONE_COUNTS * (chance - _EVEN)
    return Intent(head.labels[int(np.argmax(scores))])


def intent_by_rules(
    _text: str, _language: str, _focus: Sequence[Match], by_rules: Intent, _tone: ToneResult
) -> Intent:
    """An IntentJudge that asks no table."""
    return by_rules
