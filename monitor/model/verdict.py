"""What the analysis says about one post and one brand, and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNKNOWN = "unknown"  # a language the analysis does not read; never a guess


class Intent(StrEnum):
    COMPLAINT = "complaint"
    QUESTION = "question"
    REQUEST = "request"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    PURCHASE = "purchase"
    NEWS = "news"
    SPAM = "spam"
    OTHER = "other"


class Urgency(StrEnum):
    NONE = "none"
    URGENT = "urgent"  # risk words: safety, fraud, legal, press, outage, boycott, churn


class Risk(StrEnum):
    """What could hurt somebody, or the firm, if nobody looks today."""

    SAFETY = "safety"
    INJURY = "injury"
    FIRE = "fire"
    RECALL = "recall"
    FRAUD = "fraud"
    DATA = "data"
    DISCRIMINATION = "discrimination"
    LEGAL = "legal"
    PRESS = "press"
    BOYCOTT = "boycott"
    OUTAGE = "outage"
    REFUND = "refund"
    CHURN = "churn"


class ReasonKind(StrEnum):
    WORD = "word"  # one word of a tone lexicon
    PHRASE = "phrase"  # several words that mean something together (litotes, sarcasm, risk)
    RISK = "risk"
    NEGATION = "negation"
    EMPHASIS = "emphasis"  # capitals, repeated letters, exclamation marks
    EMOJI = "emoji"
    RULE = "rule"  # anything else: `what` names it


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that weighed. `weight` < 0 pulls towards negative, > 0 towards positive, 0 informs.

    [start, end) are code points of `Post.full_text`; both 0 when the reason has no place.
    """

    kind: ReasonKind
    what: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Probabilities in 0..1; `p_negative + p_positive <= 1`, the rest is neutral.

    With tone UNKNOWN all three numbers are 0. `confidence` is the probability of `tone`.
    `language` is ISO 639-1, "" when not recognised. `reasons` are strongest first, `risks` in the
    order of their words.
    `abusive`: it insults or threatens a person, so a window collapses its text; never a reason to hide
    it. `to_check` marks a text whose signs contradict each other: shown as such, decided by a person.
    """

    tone: Tone
    p_negative: float
    p_positive: float
    confidence: float
    language: str
    intent: Intent
    urgency: Urgency
    reasons: tuple[Reason, ...] = ()
    to_check: bool = False
    risks: tuple[Risk, ...] = ()
    abusive: bool = False
