"""What a verdict means for the person: flagged, to answer, dangerous."""

from __future__ import annotations

import pytest

from monitor.analysis.decision import endangers, is_flagged, needs_answer
from monitor.model.verdict import Intent, Risk, Tone, Urgency, Verdict


def verdict(tone: Tone, intent: Intent, *risks: Risk) -> Verdict:
    urgency = Urgency.URGENT if risks else Urgency.NONE
    return Verdict(tone, 0.2, 0.2, 0.6, "en", intent, urgency, risks=risks)


@pytest.mark.parametrize("risk", [Risk.SAFETY, Risk.INJURY, Risk.FIRE])
@pytest.mark.parametrize("tone", [Tone.NEUTRAL, Tone.POSITIVE, Tone.UNKNOWN])
def test_a_danger_waits_for_an_answer_however_friendly(risk: Risk, tone: Tone) -> None:
    friendly = verdict(tone, Intent.PRAISE, risk)
    assert endangers(friendly)
    assert needs_answer(friendly)
    assert not is_flagged(friendly)


@pytest.mark.parametrize("intent", [Intent.NEWS, Intent.SPAM])
def test_the_danger_of_others_is_not_answered(intent: Intent) -> None:
    assert not needs_answer(verdict(Tone.NEUTRAL, intent, Risk.FIRE))


def test_a_loss_of_money_endangers_nobody() -> None:
    assert not endangers(verdict(Tone.NEUTRAL, Intent.OTHER, Risk.REFUND))


@pytest.mark.parametrize("intent", [Intent.QUESTION, Intent.REQUEST, Intent.COMPLAINT])
def test_who_asks_is_answered(intent: Intent) -> None:
    assert needs_answer(verdict(Tone.NEUTRAL, intent))


@pytest.mark.parametrize("intent", [Intent.PRAISE, Intent.NEWS, Intent.OTHER, Intent.SPAM])
def test_who_asks_nothing_is_not(intent: Intent) -> None:
    assert not needs_answer(verdict(Tone.NEUTRAL, intent))


def test_spam_is_never_flagged() -> None:
    assert not is_flagged(verdict(Tone.NEGATIVE, Intent.SPAM, Risk.FRAUD))


def test_a_polite_complaint_that_names_a_danger_is_flagged() -> None:
    assert is_flagged(verdict(Tone.NEUTRAL, Intent.COMPLAINT, Risk.LEGAL))
