"""The JSON texts inside columns: what is written is read back, and what older versions wrote."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from monitor.model.verdict import Intent, Risk, Tone, Urgency, Verdict
from monitor.store.json_columns import Judgement, judgement_from_json, judgement_to_json

VERDICT = Verdict(
    tone=Tone.NEGATIVE,
    p_negative=0.8,
    p_positive=0.1,
    confidence=0.8,
    language="fr",
    intent=Intent.COMPLAINT,
    urgency=Urgency.URGENT,
    risks=(Risk.FIRE,),
)


@pytest.mark.parametrize("abusive", [True, False])
def test_a_judgement_is_read_back(abusive: bool) -> None:
    judged = Judgement(replace(VERDICT, abusive=abusive), flagged=True, needs_answer=True)
    assert judgement_from_json(judgement_to_json(judged)) == judged


def test_rows_from_before_abuse_was_judged_are_not_abusive() -> None:
    written = json.loads(judgement_to_json(Judgement(VERDICT, flagged=True, needs_answer=True)))
    del written["abusive"]
    assert not judgement_from_json(json.dumps(written, separators=(",", ":"))).verdict.abusive
