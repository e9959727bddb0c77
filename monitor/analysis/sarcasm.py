"""Praise beside a problem: "Bravo, 3 semaines pour un colis". Pure.

Praise never vetoes a problem: where both stand in a short text and nothing says the problem is
over, the praise words lose their weight, and a person is asked to check.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.analysis.tokens import Token, TokenKind
from monitor.analysis.weigh import Vocabulary, Weighed
from monitor.model.verdict import ReasonKind

RULE = "praise beside a problem"
_LONGEST = 60  # tokens; longer texts may well praise one thing and blame another
_WEIGHT = -1.4
_PRAISE_LEFT = 0.1
_PROBLEM = -0.7  # a sign at or below is a problem by itself
_MEANT = 1.2  # so much praise beyond the opening words is meant


def spot(
    tokens: Sequence[Token], signs: Sequence[Weighed], vocabulary: Vocabulary
) -> tuple[list[Weighed], bool]:
    """The signs with sarcastic praise taken back, and whether that happened."""
    signs = list(signs)
    praise = [place for place, sign in enumerate(signs) if _is_opening(sign, vocabulary)]
    if not praise or len(tokens) > _LONGEST:
        return signs, False
    if not _has_problem(tokens, signs, vocabulary) or _is_meant(tokens, signs, praise, vocabulary):
        return signs, False
    for place in praise:
        sign = signs[place]
        signs[place] = sign._replace(weight=round(sign.weight * _PRAISE_LEFT, 3))
    first = signs[praise[0]]
    rule = Weighed(ReasonKind.RULE, RULE, _WEIGHT, first.at, first.start, first.end)
    return [*signs, rule], True


def _is_opening(sign: Weighed, vocabulary: Vocabulary) -> bool:
    if sign.weight <= 0 or sign.kind not in (ReasonKind.WORD, ReasonKind.PHRASE):
        return False
    return bool(vocabulary.cue("praise", sign.key.split(" ")[0]))


def _is_meant(
    tokens: Sequence[Token], signs: Sequence[Weighed], praise: list[int], vocabulary: Vocabulary
) -> bool:
    if any(vocabulary.cue("relief", token.key) for token in tokens):
        return True
    opening = set(praise)
    other = sum(s.weight for place, s in enumerate(signs) if place not in opening and s.weight > 0)
    return other >= _MEANT


def _has_problem(tokens: Sequence[Token], signs: Sequence[Weighed], vocabulary: Vocabulary) -> bool:
    if any(sign.weight <= _PROBLEM for sign in signs):
        return True
    if any(vocabulary.cue("trouble", token.key) for token in tokens):
        return True
    return any(_is_long_time(tokens, index, vocabulary) for index in range(len(tokens) - 1))


def _is_long_time(tokens: Sequence[Token], index: int, vocabulary: Vocabulary) -> bool:
    """ "3 semaines", "45 min" but not "en 2 jours"."""
    if tokens[index].kind is not TokenKind.NUMBER:
        return False
    unit = tokens[index + 1].key
    if index and vocabulary.cue("fast", tokens[index - 1].key):
        return False
    return bool(vocabulary.cue("unit", unit) or vocabulary.cue("unit_short", unit))
