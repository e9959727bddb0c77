"""One sentence that says why a verdict is what it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.analysis.sarcasm import RULE as PRAISE_BESIDE_PROBLEM
from monitor.model.verdict import Reason, ReasonKind, Tone, Verdict
from monitor.text import Text, text

_MOST_QUOTES = 3
_LONGEST_QUOTE = 40


def why(verdict: Verdict, full_text: str) -> Text:
    """The strongest reasons for the verdict's tone, quoted from `full_text` as written."""
    reasons = verdict.reasons
    match verdict.tone:
        case Tone.UNKNOWN:
            sentence = _why_unknown(verdict)
        case Tone.NEGATIVE:
            words = _quotes((r for r in reasons if r.weight < 0), full_text)
            sentence = text("Sounds negative because of {words}.", words=words)
        case Tone.POSITIVE:
            words = _quotes((r for r in reasons if r.weight > 0), full_text)
            sentence = text("Sounds positive because of {words}.", words=words)
        case Tone.NEUTRAL:
            sentence = _why_neutral(reasons, full_text)
    risks = _quotes((r for r in reasons if r.kind is ReasonKind.RISK), full_text)
    if risks:
        sentence = text("{sentence} Words of risk: {words}.", sentence=sentence, words=risks)
    if any(r.what == PRAISE_BESIDE_PROBLEM for r in reasons):
        return text(
            "{sentence} Praise beside a problem: perhaps irony, to check.", sentence=sentence
        )
    if verdict.to_check:
        return text("{sentence} The signs contradict each other: to check.", sentence=sentence)
    return sentence


def _why_unknown(verdict: Verdict) -> Text:
    if verdict.language:
        return text("The tone is unknown: this language is not read yet.")
    return text("The tone is unknown: the language was not recognised.")


def _why_neutral(reasons: Sequence[Reason], full_text: str) -> Text:
    words = _quotes((r for r in reasons if r.weight), full_text)
    if not words:
        return text("Sounds neutral: no word of praise or blame.")
    return text("Sounds neutral: {words} did not weigh enough.", words=words)


def _quotes(reasons: Iterable[Reason], full_text: str) -> str:
    """The first few different words, each quoted once."""
    quotes: list[str] = []
    for reason in reasons:
        quote = " ".join(full_text[reason.start : reason.end].split())
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE] + "…"
        if quote and not any(quote in known or known in quote for known in quotes):
            quotes.append(quote)
        if len(quotes) == _MOST_QUOTES:
            break
    return ", ".join(f"“{quote}”" for quote in quotes)
