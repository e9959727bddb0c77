"""What a verdict means for the person: flagged, to answer, dangerous."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.analysis.decision import alarms, endangers, is_flagged, needs_answer
from monitor.analysis.learned.tone import alert_from
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


def test_an_alert_asks_for_more_certainty_than_a_flag() -> None:
    blamed = verdict(Tone.NEGATIVE, Intent.COMPLAINT)
    least = alert_from("en")
    assert 0.4 < least < 0.9
    assert is_flagged(blamed)
    assert not alarms(replace(blamed, p_negative=least - 0.01))
    assert alarms(replace(blamed, p_negative=least))
    assert not alarms(replace(blamed, p_negative=0.99, intent=Intent.SPAM))


def test_a_danger_alarms_however_unsure_its_tone() -> None:
    assert alarms(verdict(Tone.NEUTRAL, Intent.QUESTION, Risk.FIRE))
    assert alarms(verdict(Tone.NEGATIVE, Intent.COMPLAINT, Risk.LEGAL))
    assert not alarms(verdict(Tone.NEUTRAL, Intent.QUESTION))


def test_a_language_without_a_table_alarms_with_the_flag() -> None:
    assert alert_from("nl") == 0
    assert alarms(replace(verdict(Tone.NEGATIVE, Intent.COMPLAINT), language="nl"))
