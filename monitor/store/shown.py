"""What a mention shows once a person had their say. Pure."""

from __future__ import annotations

from typing import Any

from monitor.model.mention import Correction
from monitor.model.verdict import Intent, Tone
from monitor.store.json_columns import Judgement

_EXPECTS_ANSWER = frozenset({Intent.QUESTION, Intent.REQUEST, Intent.PURCHASE})

_TONES = {
    Correction.NEGATIVE: Tone.NEGATIVE,
    Correction.NEUTRAL: Tone.NEUTRAL,
    Correction.POSITIVE: Tone.POSITIVE,
}


def shown_values(
    judged: Judgement, correction: Correction | None, *, rival: bool, withdrawn: bool = False
) -> dict[str, Any]:
    """The columns of a mention that depend on the verdict and on a person's word over it.

    Called negative: it is flagged and waits for an answer (a rival's never does). Called neutral or positive: it waits
    for one only if it asks for something. Not about us: it waits for nothing and leaves the lists.
    Of a withdrawn post nothing is left to flag or to answer, whatever was said of it.
    """
    verdict = judged.verdict
    values: dict[str, Any] = {
        "tone": verdict.tone.value,
        "flagged": judged.flagged,
        "needs_answer": judged.needs_answer,
        "about_us": True,
        "intent": verdict.intent.value,
        "language": verdict.language,
    }
    if correction is None:
        return values
    if correction is Correction.NOT_US:
        return values | {"flagged": False, "needs_answer": False, "about_us": False}
    negative = correction is Correction.NEGATIVE
    asks = judged.needs_answer and verdict.intent in _EXPECTS_ANSWER
    return values | {
        "tone": _TONES[correction].value,
        "flagged": negative and not withdrawn,
        "needs_answer": ((negative and not rival) or asks) and not withdrawn,
    }
