"""The JSON texts inside columns: verdicts with their reasons, matches, lists of words. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.model.brand import Match
from monitor.model.verdict import Intent, Reason, ReasonKind, Risk, Tone, Urgency, Verdict
from monitor.text import Text, text_from_json

# Looked up by value: calling the enumeration costs ten times as much, for every row shown.
_KINDS = {kind.value: kind for kind in ReasonKind}
_TONES = {tone.value: tone for tone in Tone}
_INTENTS = {intent.value: intent for intent in Intent}
_URGENCIES = {urgency.value: urgency for urgency in Urgency}
_RISKS = {risk.value: risk for risk in Risk}
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_scan = json.JSONDecoder().raw_decode


def _decode(stored: str) -> Any:
    """What `_encode` wrote: no spaces to look for at either end."""
    return _scan(stored)[0]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the analysis said and decided, kept whole beside whatever a person said later."""

    verdict: Verdict
    flagged: bool
    needs_answer: bool


def judgement_to_json(judged: Judgement) -> str:
    verdict = judged.verdict
    return _encode(
        {
            "tone": verdict.tone,
            "p_negative": verdict.p_negative,
            "p_positive": verdict.p_positive,
            "confidence": verdict.confidence,
            "language": verdict.language,
            "intent": verdict.intent,
            "urgency": verdict.urgency,
            "to_check": verdict.to_check,
            "abusive": verdict.abusive,
            "risks": verdict.risks,
            "reasons": [[r.kind, r.what, r.weight, r.start, r.end] for r in verdict.reasons],
            "flagged": judged.flagged,
            "needs_answer": judged.needs_answer,
        }
    )


def judgement_from_json(stored: str) -> Judgement:
    read: dict[str, Any] = _decode(stored)
    verdict = Verdict(
        tone=_TONES[read["tone"]],
        p_negative=read["p_negative"],
        p_positive=read["p_positive"],
        confidence=read["confidence"],
        language=read["language"],
        intent=_INTENTS[read["intent"]],
        urgency=_URGENCIES[read["urgency"]],
        reasons=tuple(
            Reason(_KINDS[kind], what, weight, start, end)
            for kind, what, weight, start, end in read["reasons"]
        ),
        to_check=read["to_check"],
        risks=tuple(_RISKS[risk] for risk in read["risks"]),
        abusive=read.get("abusive", False),  # rows written before it was judged have none
    )
    return Judgement(verdict, read["flagged"], read["needs_answer"])


def matches_to_json(matches: Iterable[Match]) -> str:
    return _encode([[match.start, match.end, match.name] for match in matches])


def matches_from_json(stored: str) -> tuple[Match, ...]:
    return tuple(Match(start, end, name) for start, end, name in _decode(stored))


def words_to_json(words: Iterable[str]) -> str:
    return _encode(list(words))


def words_from_json(stored: str) -> tuple[str, ...]:
    return tuple(_decode(stored))


def fields_to_json(fields: Mapping[str, str]) -> str:
    return _encode(dict(fields))


def fields_from_json(stored: str) -> dict[str, str]:
    read: dict[str, str] = _decode(stored)
    return read


def text_to_column(sentence: Text | None) -> str | None:
    return None if sentence is None else _encode(sentence.to_json())


def text_from_column(stored: str | None) -> Text | None:
    return None if stored is None else text_from_json(_decode(stored))
