"""One sentence that says why a verdict is what it is. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.analysis.learned.tone import LANGUAGES
from monitor.analysis.sarcasm import RULE as PRAISE_BESIDE_PROBLEM
from monitor.model.decisive import decisive
from monitor.model.verdict import Reason, ReasonKind, Tone, Verdict
from monitor.text import Text, text

_MOST_QUOTES = 3
_LONGEST_QUOTE = 40


def why(verdict: Verdict, full_text: str) -> Text:
    """The strongest reasons for the verdict's tone, quoted from `full_text` as written."""
    sentence = _why_tone(verdict, full_text)
    risks = _quotes((r for r in verdict.reasons if r.kind is ReasonKind.RISK), full_text)
    if risks is not None:
        sentence = text("{sentence} Words of risk: {words}.", sentence=sentence, words=risks)
    if any(r.what == PRAISE_BESIDE_PROBLEM for r in verdict.reasons):
        return text(
            "{sentence} Praise beside a problem: perhaps irony, to check.", sentence=sentence
        )
    if verdict.to_check:
        return text("{sentence} The signs contradict each other: to check.", sentence=sentence)
    return sentence


def _why_tone(verdict: Verdict, full_text: str) -> Text:
    words = _quotes(decisive(verdict), full_text)
    match verdict.tone:
        case Tone.UNKNOWN:
            return _why_unknown(verdict)
        case Tone.NEGATIVE:
            if words is None:
                return text("Sounds negative as a whole: no word stands out.")
            return text("Sounds negative because of {words}.", words=words)
        case Tone.POSITIVE:
            if words is None:
                return text("Sounds positive as a whole: no word stands out.")
            return text("Sounds positive because of {words}.", words=words)
        case Tone.NEUTRAL:
            if words is None:
                return text("Sounds neutral: no word of praise or blame.")
            return text("Sounds neutral: {words} did not weigh enough.", words=words)


def _why_unknown(verdict: Verdict) -> Text:
    if verdict.language in LANGUAGES:
        return text("The tone is unknown: the table of this language cannot be used.")
    if verdict.language:
        return text("The tone is unknown: this language is not read yet.")
    return text("The tone is unknown: the language was not recognised.")


def _quotes(reasons: Iterable[Reason], full_text: str) -> Text | None:
    """The first few different words, each quoted once; None without any."""
    quotes: list[str] = []
    for reason in reasons:
        quote = " ".join(full_text[reason.start : reason.end].split())
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE] + "…"
        if quote and not any(quote in known or known in quote for known in quotes):
            quotes.append(quote)
        if len(quotes) == _MOST_QUOTES:
            break
    said: Text | None = None
    for quote in quotes:
        last = text("“{word}”", word=quote)
        said = last if said is None else text("{some}, {last}", some=said, last=last)
    return said
