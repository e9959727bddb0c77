"""Words of danger, fraud, law, press, outage, refusal, departure: what makes a post urgent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from monitor.analysis import lexicon
from monitor.analysis.expressions import spelt_out
from monitor.analysis.phrases import PhraseIndex
from monitor.analysis.tokens import Token, TokenKind
from monitor.model.verdict import Reason, ReasonKind, Risk, Urgency

LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
_REACH = 4  # tokens before a risk word in which a negation takes it back
_MOST = 12  # reasons of one text
_HARMLESS = "-"  # the kind of an expression that only looks like a danger: "fire sale"
_TAG = "~"  # a row that ends so is the beginning of a hashtag: #boycottAcme
_ENDS = (TokenKind.BREAK, TokenKind.MARKS)


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
    taken: set[int] = set()  # tokens that an earlier table has read
    for code in (language,) if language in LANGUAGES else LANGUAGES:
        for first, last, risk in list(_named(text, tokens, code)):
            if taken.isdisjoint(range(first, last + 1)) and risk and len(found) < _MOST:
                start, end = tokens[first].start, tokens[last].end
                reason = Reason(ReasonKind.RISK, text[start:end], 0.0, start, end)
                found.append(Danger(risk, reason))
            taken.update(range(first, last + 1))
    return tuple(sorted(found, key=lambda danger: danger.reason.start))


def urgency(found: Sequence[Danger]) -> Urgency:
    return Urgency.URGENT if found else Urgency.NONE


def _named(
    text: str, tokens: Sequence[Token], language: str
) -> Iterator[tuple[int, int, Risk | None]]:
    """First and last token of each expression, with its risk: None when harmless or denied."""
    for first, phrase in _table(language).all(tokens):
        last = first + len(phrase.words) - 1
        denied = phrase.value and _is_denied(tokens, first, last, language)
        yield first, last, None if denied else phrase.value
    for index, token in enumerate(tokens):
        if token.start and text[token.start - 1] in "#＃":
            for begin, risk in _hashtags(language).items():
                if token.key.startswith(begin) and token.key != begin:
                    yield index, index, risk


def _is_denied(tokens: Sequence[Token], first: int, last: int, language: str) -> bool:
    """ "Not a scam", "aucune fuite de données", "ne surchauffe plus", "ich kündige nicht"."""
    cues = lexicon.cues(language)
    before = _clause_before(tokens, first, cues)
    for place, key in enumerate(before):
        if key in cues["negator"] or key.endswith("n't"):
            return not _is_taken_back(before[:place], cues)
    following = tokens[last + 1].key if last + 1 < len(tokens) else ""
    if following not in cues.get("after", {}):
        return False
    particles = cues.get("particle", {})
    return not particles or any(key in particles for key in before)


def _clause_before(
    tokens: Sequence[Token], first: int, cues: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """The words just before, nearest first, as far as the clause goes."""
    keys: list[str] = []
    for token in reversed(tokens[max(first - _REACH, 0) : first]):
        if token.kind in _ENDS or token.key in cues["contrast"]:
            break
        keys.append(token.key)
    return keys


def _is_taken_back(between: Sequence[str], cues: Mapping[str, Mapping[str, float]]) -> bool:
    """ "Not only dangerous", "can't believe this fraud": the negation does not mean the danger."""
    return any(key in cues.get("undone", {}) for key in between)


@cache
def _table(language: str) -> PhraseIndex[Risk | None]:
    return PhraseIndex(
        (expression, None if kind == _HARMLESS else Risk(kind))
        for written, kind in lexicon.rows(f"risk_{language}.tsv")
        if not written.endswith(_TAG)
        for expression in spelt_out(written, language)
    )


@cache
def _hashtags(language: str) -> Mapping[str, Risk]:
    return {
        lexicon.key_of(written.removesuffix(_TAG)): Risk(kind)
        for written, kind in lexicon.rows(f"risk_{language}.tsv")
        if written.endswith(_TAG)
    }
