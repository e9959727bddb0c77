"""The Why of a verdict in words: one line, and all its reasons. Words only; HTML is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication

from monitor.model.decisive import decisive
from monitor.model.mention import Mention
from monitor.model.verdict import Reason, ReasonKind, Tone, Urgency
from ui.words import correction_word, language_word, percent, tone_word

SHOWN = 3
_SPAN = 60
"""Longest quotation of a reason, in code points."""


def quoted(reason: Reason, text: str) -> str:
    """The words that weighed as the author wrote them, else the reason's own name."""
    words = text[reason.start : reason.end] or reason.what
    words = " ".join(words.split())
    return words if len(words) <= _SPAN else f"{words[: _SPAN - 1]}…"


def why_line(mention: Mention, strong: str) -> str:
    """One sentence as safe HTML; `strong` is the colour of the words that decided."""
    verdict, translate = mention.verdict, QCoreApplication.translate
    parts = []
    if mention.correction is not None:
        said = escape(correction_word(mention.correction))
        parts.append(translate("Why", "You said: <b>{said}</b>.").format(said=said))
        if verdict.tone not in (Tone.UNKNOWN, mention.tone):
            thought = escape(tone_word(verdict.tone))
            parts.append(translate("Why", "Vigie had read: {thought}.").format(thought=thought))
    if verdict.tone is Tone.UNKNOWN:
        language = language_word(verdict.language)
        if language:
            words = translate("Why", "Vigie does not judge texts in {language}. Please decide.")
            parts.append(words.format(language=escape(language)))
        else:
            parts.append(translate("Why", "Vigie did not recognise the language. Please decide."))
        return " ".join(parts)
    parts.append(_because(mention, strong))
    if verdict.to_check:
        parts.append(translate("Why", "Its signs contradict each other: please check."))
    parts.append(translate("Why", "{percent} sure.").format(percent=percent(verdict.confidence)))
    return " ".join(parts)


def _because(mention: Mention, strong: str) -> str:
    verdict, translate = mention.verdict, QCoreApplication.translate
    text = mention.post.full_text
    quotes = {
        quoted(reason, text).casefold(): quoted(reason, text)
        for reason in reversed(decisive(verdict))
    }
    found = [
        f'<b style="color:{strong}">{escape(quote)}</b>' for quote in reversed(quotes.values())
    ][:SHOWN]
    words = "".join(found)
    if len(found) > 1:
        words = translate("Why", "{some} and {last}").format(
            some=", ".join(found[:-1]), last=found[-1]
        )
    if not found:
        sentence = translate("Why", "no word weighs clearly either way")
    elif verdict.tone is Tone.NEUTRAL:
        sentence = translate("Why", "weak or mixed signs: {words}").format(words=words)
    else:
        sentence = translate("Why", "because of {words}").format(words=words)
    if verdict.urgency is Urgency.URGENT:
        sentence = translate("Why", "{sentence}; urgent").format(sentence=sentence)
    return f"{sentence}."


def risk_words(risks: Iterable[Reason], text: str) -> str:
    """ "Words of risk: “panne”, “feu”": each once, in text order; they have no part in the tone."""
    translate = QCoreApplication.translate
    quotes = {quoted(risk, text).casefold(): quoted(risk, text) for risk in risks}
    named = (translate("WhyBar", "“{words}”").format(words=quote) for quote in quotes.values())
    return translate("Why", "Words of risk: {words}").format(words=", ".join(named))


def kind_word(kind: ReasonKind) -> str:
    translate = QCoreApplication.translate
    return {
        ReasonKind.WORD: translate("Why", "word"),
        ReasonKind.PHRASE: translate("Why", "phrase"),
        ReasonKind.RISK: translate("Why", "risk"),
        ReasonKind.NEGATION: translate("Why", "negation"),
        ReasonKind.EMPHASIS: translate("Why", "emphasis"),
        ReasonKind.EMOJI: translate("Why", "emoji"),
        ReasonKind.RULE: translate("Why", "rule"),
    }[kind]
