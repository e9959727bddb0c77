"""From weighed signs to probabilities: one score, two cuts. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis.base import ToneResult
from monitor.analysis.sarcasm import spot
from monitor.analysis.tokens import Token, TokenKind, tokenize
from monitor.analysis.weigh import Vocabulary, Weighed, weigh
from monitor.model.brand import Match
from monitor.model.verdict import Reason, ReasonKind

_FULL_WEIGHT_WORDS = 40  # longer texts: every sign weighs less, or length alone would convince
_NEAR_FOCUS = 400  # code points around a name that count in full
_FAR = 0.3
_FAINT = -1.3
_MOST_MARKS = 3
_CONTRADICTION = 1.6  # as much praise and as much blame: a person should look


@dataclass(frozen=True, slots=True)
class Scale:
    """How a language's score reads. p_negative = logistic(-slope * (score - low)) and
    p_positive = logistic(slope * (score - high)); low <= high keeps their sum within 1.

    `exclamation` is the weight of one ! towards the side the words lean to; `question` the most
    that a ? takes back of faint blame: asking is not complaining.
    """

    slope: float
    low: float
    high: float
    exclamation: float = 0.1
    question: float = 0.6


def judge(text: str, focus: tuple[Match, ...], vocabulary: Vocabulary, scale: Scale) -> ToneResult:
    """The tone of `text`: its reasons' weights sum to the score that gives the probabilities."""
    tokens = tokenize(text)
    signs, sarcastic = spot(tokens, weigh(text, tokens, vocabulary), vocabulary)
    signs.extend(_marks(tokens, signs, scale))
    reasons = _reasons(text, signs, _damping(tokens), focus)
    score = sum(reason.weight for reason in reasons)
    praise = sum(reason.weight for reason in reasons if reason.weight > 0)
    return ToneResult(
        p_negative=_logistic(-scale.slope * (score - scale.low)),
        p_positive=_logistic(scale.slope * (score - scale.high)),
        reasons=reasons,
        to_check=sarcastic or min(praise, praise - score) >= _CONTRADICTION,
    )


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(min(value, 30.0), -30.0)))


def _marks(tokens: Sequence[Token], signs: Sequence[Weighed], scale: Scale) -> list[Weighed]:
    """Exclamation marks push the way the words lean; a question takes faint blame back."""
    lean = sum(sign.weight for sign in signs)
    side = (lean > 0) - (lean < 0)
    found: list[Weighed] = []
    for index, token in enumerate(tokens):
        if token.kind is not TokenKind.MARKS or len(found) == _MOST_MARKS:
            continue
        asks = "?" in token.key
        weight = side * scale.exclamation * min(len(token.key), 3)
        if asks:
            faint = _FAINT < lean < 0 and not found
            weight = min(scale.question, -lean) if faint else 0.0
        if weight:
            kind = ReasonKind.RULE if asks else ReasonKind.EMPHASIS
            found.append(Weighed(kind, token.key[:3], weight, index, token.start, token.end))
    return found


def _damping(tokens: Sequence[Token]) -> float:
    words = sum(token.kind is TokenKind.WORD for token in tokens)
    return min(1.0, math.sqrt(_FULL_WEIGHT_WORDS / max(words, 1)))


def _reasons(
    text: str, signs: Sequence[Weighed], damping: float, focus: tuple[Match, ...]
) -> tuple[Reason, ...]:
    reasons = []
    for sign in signs:
        weight = sign.weight * damping * _nearness(sign, focus)
        what = sign.key if sign.kind is ReasonKind.RULE else text[sign.start : sign.end]
        if weight:
            reasons.append(Reason(sign.kind, what, weight, sign.start, sign.end))
    return tuple(sorted(reasons, key=lambda reason: (reason.start, reason.end)))


def _nearness(sign: Weighed, focus: tuple[Match, ...]) -> float:
    """In a long text, what is said far from the name is hardly about it."""
    if not focus:
        return 1.0
    near = any(
        match.start - _NEAR_FOCUS <= sign.start <= match.end + _NEAR_FOCUS for match in focus[:50]
    )
    return 1.0 if near else _FAR
