"""Insults and threats against people, so that a window can collapse them. Pure, linear time.

A thing, a service or a firm may be called anything: that is a complaint. Abuse is a threat of
violence, or a name that insults given to a person: "you idiots", "connard de livreur", or nothing
but the name ("Bande de cons !").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from monitor.analysis import lexicon
from monitor.analysis.expressions import spelt_out
from monitor.analysis.phrases import PhraseIndex
from monitor.analysis.tokens import Token, TokenKind
from monitor.model.verdict import Reason, ReasonKind

LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
_BEFORE, _AFTER = 5, 4  # tokens around a name in which the person it is given to is looked for
_LONGEST_BARE = 6  # words of a clause that is nothing but an insult
_MOST = 12  # reasons of one text
_ENDS = (TokenKind.BREAK, TokenKind.MARKS, TokenKind.EMOJI)
_EXPRESSIONS = ("abuse", "person", "harmless")


@dataclass(frozen=True, slots=True)
class _Words:
    """One language: its expressions with their section, and the words of the other sections."""

    expressions: PhraseIndex[str]
    sections: Mapping[str, frozenset[str]]
    negators: frozenset[str]


def abuse(text: str, tokens: Sequence[Token], language: str) -> tuple[Reason, ...]:
    """Where the text insults or threatens a person, in text order; weights are 0: abuse has no tone.

    An unknown language is read for whole expressions in every language, not for names.
    """
    found: list[Reason] = []
    known = language in LANGUAGES
    for code in (language,) if known else LANGUAGES:
        for first, last in _abusive(tokens, _words(code), names=known):
            start, end = tokens[first].start, tokens[last].end
            found.append(Reason(ReasonKind.RULE, text[start:end], 0.0, start, end))
            if len(found) == _MOST:
                break
    return tuple(sorted(found, key=lambda reason: reason.start)[:_MOST])


def _abusive(tokens: Sequence[Token], words: _Words, *, names: bool) -> Iterator[tuple[int, int]]:
    """First and last token of every insult and threat."""
    for first, phrase in words.expressions.all(tokens):
        last = first + len(phrase.words) - 1
        if phrase.value == "abuse" or (
            phrase.value == "person"
            and names
            and (_is_given(tokens, first, last, words) or _is_bare(tokens, first, last, words))
        ):
            yield first, last


def _is_given(tokens: Sequence[Token], first: int, last: int, words: _Words) -> bool:
    """The nearest person before the name, else after it, is one of theirs."""
    for token in reversed(tokens[max(first - _BEFORE, 0) : first]):
        if token.kind in _ENDS:
            break
        if token.key in words.negators or token.key in words.sections["other"]:
            return False
        if token.key in words.sections["to"] or token.key in words.sections["people"]:
            return True
    for token in tokens[last + 1 : last + 1 + _AFTER]:
        if token.kind in _ENDS or token.key in words.sections["other"]:
            return False
        if token.key in words.sections["people"] or token.key in words.sections["to"]:
            return True
    return False


def _is_bare(tokens: Sequence[Token], first: int, last: int, words: _Words) -> bool:
    """The clause says nothing else: "Connards !"."""
    start, end = first, last + 1
    while start and tokens[start - 1].kind not in _ENDS and end - start <= _LONGEST_BARE:
        start -= 1
    while end < len(tokens) and tokens[end].kind not in _ENDS and end - start <= _LONGEST_BARE:
        end += 1
    rest = (*tokens[start:first], *tokens[last + 1 : end])
    return all(
        token.key in words.sections["adjective"] or token.kind is TokenKind.ADDRESS
        for token in rest
    )


@cache
def _words(language: str) -> _Words:
    rows = [(section, written) for section, written in lexicon.rows(f"abuse_{language}.tsv")]
    return _Words(
        PhraseIndex(
            (expression, section)
            for section, written in rows
            if section in _EXPRESSIONS
            for expression in spelt_out(written, language)
        ),
        {
            name: frozenset(lexicon.key_of(written) for section, written in rows if section == name)
            for name in ("adjective", "people", "to", "other")
        },
        frozenset(lexicon.cues(language)["negator"]),
    )
