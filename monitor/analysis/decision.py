"""What a verdict means for the person: is it called negative, does it wait for an answer. Pure."""

from __future__ import annotations

from monitor.analysis.learned.tone import alert_from
from monitor.model.verdict import Intent, Risk, Tone, Urgency, Verdict

_ASKS = frozenset({Intent.QUESTION, Intent.REQUEST, Intent.COMPLAINT})
_HURTS_PEOPLE = frozenset({Risk.SAFETY, Risk.INJURY, Risk.FIRE})


def is_flagged(verdict: Verdict) -> bool:
    """Called negative: its tone is, or it is a complaint that names a danger.

    A complaint with risk words is flagged whatever its tone, in any language the risk lexicon
    reads: "my charger caught fire" is polite, and urgent. Spam is never flagged: a "scam" in it
    is the spammer's bait.
    """
    if verdict.intent is Intent.SPAM:
        return False
    if verdict.tone is Tone.NEGATIVE:
        return True
    return verdict.intent is Intent.COMPLAINT and verdict.urgency is Urgency.URGENT


def needs_answer(verdict: Verdict) -> bool:
    """Waits under "To answer": somebody who speaks to us is unhappy, in danger, or asks.

    News is not answered unless flagged (a bad headline is worth a person's look); spam never,
    not even when it sounds negative. Praise and plain mentions need no answer.
    """
    if verdict.intent is Intent.SPAM:
        return False
    return is_flagged(verdict) or endangers(verdict) or verdict.intent in _ASKS


def alarms(verdict: Verdict) -> bool:
    """Worth an interruption. The list shows every flagged mention; an alert asks for more certainty,
    or for a danger."""
    if endangers(verdict):
        return True
    if not is_flagged(verdict):
        return False
    urgent = verdict.urgency is Urgency.URGENT
    return urgent or verdict.p_negative >= alert_from(verdict.language)


def endangers(verdict: Verdict) -> bool:
    """Somebody may get hurt: a person looks today, however friendly the words ("lovely beans, and
    glass in the bag"). News of others' fires is what the tone says it is."""
    told = verdict.intent not in (Intent.SPAM, Intent.NEWS)
    return told and not _HURTS_PEOPLE.isdisjoint(verdict.risks)
