"""What a post wants, by learnt weights. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from monitor.analysis.learned import store
from monitor.analysis.learned.one import features_of
from monitor.model.brand import Match
from monitor.model.verdict import Intent

# (text, its language, the brand's places, is it pleased, what the rules say when asked) -> what it wants.
IntentJudge = Callable[[str, str, Sequence[Match], bool, Callable[[], Intent]], Intent]
# What the table's next guess may not be: what it took for a complaint was somebody speaking to us.
_NOT_OF_THE_PLEASED = (Intent.COMPLAINT, Intent.NEWS, Intent.SPAM)


def learned_intent(
    text: str,
    language: str,
    focus: Sequence[Match],
    pleased: bool,
    by_rules: Callable[[], Intent],
) -> Intent:
    """The rules' answer in a language without a table, and where its table cannot be used.

    Who is `pleased` (a positive tone, no danger named) does not complain: the table's next guess stands.
    """
    head = store.head(f"intent_{language}") if f"intent_{language}" in store.NAMES else None
    if head is None:
        return by_rules()
    spans = tuple((match.start, match.end) for match in focus)
    scores = head.scores(features_of(text, language, spans))[0]
    guesses = [Intent(head.labels[at]) for at in np.argsort(-scores, kind="stable")]
    if pleased and guesses[0] is Intent.COMPLAINT:
        return next(guess for guess in guesses if guess not in _NOT_OF_THE_PLEASED)
    return guesses[0]


def intent_by_rules(
    _text: str,
    _language: str,
    _focus: Sequence[Match],
    _pleased: bool,
    by_rules: Callable[[], Intent],
) -> Intent:
    """An IntentJudge that asks no table."""
    return by_rules()
