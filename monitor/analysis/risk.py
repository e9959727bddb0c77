"""Words of danger, fraud, law, press, outage, refusal, departure: what makes a post urgent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from monitor.analysis import lexicon
from monitor.analysis.inflect import forms
from monitor.analysis.phrases import PhraseIndex
from monitor.analysis.tokens import Token, TokenKind
from monitor.model.verdict import Reason, ReasonKind, Risk, Urgency

LANGUAGES = ("en", "fr")
_REACH = 4  # tokens before a risk word in which a negation takes it back
_MOST = 12  # reasons of one text


@dataclass(frozen=True, slots=True)
class Danger:
    """A risk and where it is named; the reason's weight is 0: it informs, tone decides."""

    risk: Risk
    reason: Reason


def risks(text: str, tokens: Sequence[Token], language: str) -> tuple[Danger, ...]:
    """Every risk named and not denied, in text order.

    A language without a lexicon of its own is read with all of them: "boycott" is understood
    everywhere.
    """
    found: list[Danger] = []
    for code in (language,) if language in LANGUAGES else LANGUAGES:
        for index, phrase in _table(code).all(tokens):
            if _is_denied(tokens, index, code):
                continue
            start, end = tokens[index].start, tokens[index + len(phrase.words) - 1].end
            if not any(start < one.reason.end and one.reason.start < end for one in found):
                reason = Reason(ReasonKind.RISK, text[start:end], 0.0, start, end)
                found.append(Danger(phrase.value, reason))
            if len(found) == _MOST:
                break
    return tuple(sorted(found, key=lambda danger: danger.reason.start))


def urgency(found: Sequence[Danger]) -> Urgency:
    return Urgency.URGENT if found else Urgency.NONE


def _is_denied(tokens: Sequence[Token], index: int, language: str) -> bool:
    """ "Not a scam", "aucune fuite de données": a negation just before, in the same clause."""
    cues = lexicon.cues(language)
    for token in reversed(tokens[max(index - _REACH, 0) : index]):
        if token.kind in (TokenKind.BREAK, TokenKind.MARKS) or token.key in cues["contrast"]:
            return False
        if token.key in cues["negator"] or token.key.endswith("n't"):
            return True
    return False


@cache
def _table(language: str) -> PhraseIndex[Risk]:
    return PhraseIndex(_expressions(language))


def _expressions(language: str) -> Iterator[tuple[str, Risk]]:
    """Each expression in all forms of its last word."""
    for written, kind in lexicon.rows(f"risk_{language}.tsv"):
        words, _, mark = written.partition("/")
        first, _, last = words.rpartition(" ")
        for form in forms(last, mark, language):
            yield f"{first} {form}".strip(), Risk(kind)
