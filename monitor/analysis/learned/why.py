"""Which words of a text made its score: a linear model's sum, shared out among the words. Pure.

What belongs to no word, to words too faint to name, to a name, a handle or a link, is one reason called
"rest": so all weights sum to the score.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learned import codes as c
from monitor.analysis.learned import signs
from monitor.analysis.learned.features import LEXICAL, Features
from monitor.analysis.learned.head import Head, unit_of
from monitor.analysis.sarcasm import RULE as PRAISE_BESIDE_PROBLEM
from monitor.model.verdict import Reason, ReasonKind

REST = "rest"
_FAINT = 0.3
_MOST = 12
_STAND_INS = (c.BRAND, c.HANDLE, c.LINK)
_JOINER = "\u200d"
_DRESSING = ("\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400)))  # of the emoji before it
Floats = NDArray[np.float64]


def reasons(
    text: str, found: Features, head: Head, towards: Floats, score: float
) -> tuple[Reason, ...]:
    """Of the only text in `found`. `towards` weighs the labels' scores, `score` is their sum."""
    of_code = _per_code(found, head, towards)
    words = found.words
    running = np.concatenate(([0.0], np.cumsum(of_code)))
    weights = running[words.end] - running[words.first]
    named = [*_expressions(text, found, head, towards, weights)]
    named += _words(text, found, weights)
    named += _sarcasm(found, head, towards)
    rest = score - sum(reason.weight for reason in named)
    in_order = sorted(named, key=lambda reason: (reason.start, reason.end))
    return (*in_order, Reason(ReasonKind.RULE, REST, rest, 0, 0))


def _words(text: str, found: Features, weights: Floats) -> list[Reason]:
    """The strongest single words and signs that a reader can see as such."""
    of = found.words
    shown = np.abs(weights) >= _FAINT
    shown &= ~np.isin(found.codes.code[of.first], _STAND_INS)
    candidates = np.flatnonzero(shown)
    made: list[Reason] = []
    for at in candidates[np.argsort(-np.abs(weights[candidates]), kind="stable")]:
        start, end = _place(found, int(at), int(at))
        if len(made) == _MOST:
            break
        if text[max(start - 1, 0) : start] != _JOINER:
            while text[end : end + 1] in _DRESSING:
                end += 1
            kind = _kind(found, int(at), text[start])
            made.append(Reason(kind, text[start:end], float(weights[at]), start, end))
    return made


def _per_code(found: Features, head: Head, towards: Floats) -> Floats:
    """Each feature's part of the score, spread evenly over the letters and signs it was made of."""
    codes = found.codes
    of_word = ((codes.kind == c.WORD) | (codes.kind == c.SYMBOL)).astype(np.float64)
    count = np.concatenate(([0.0], np.cumsum(of_word)))
    steps = np.zeros(len(codes.code) + 1)
    warmth = float(head.warmth(found)[0])
    for number, group in enumerate(found.groups):
        if not len(group.hashes):
            continue
        whole = head.of_each(number, group)
        unit = head.shipped.scale * float(unit_of(group)[0]) * warmth
        parts = (towards[:, None] * whole).sum(0) * unit
        letters = count[group.last + 1] - count[group.first]
        share = np.where(letters > 0, parts / np.maximum(letters, 1), 0)
        steps += np.bincount(group.first, share, minlength=len(steps))
        steps -= np.bincount(group.last + 1, share, minlength=len(steps))
    spread: Floats = np.cumsum(steps)[:-1] * of_word
    return spread


def _expressions(
    text: str, found: Features, head: Head, towards: Floats, weights: Floats
) -> list[Reason]:
    """Fixed expressions take their words' weights, which are set to nought, and their columns'."""
    made = []
    praised = _column(found, head, towards, signs.PRAISED)
    blamed = _column(found, head, towards, signs.BLAMED)
    total = [0.0, 0.0]
    for _, _, strengths in found.signs.places:
        total[0] += float(np.maximum(strengths, 0).sum())
        total[1] += float(np.maximum(-strengths, 0).sum())
    for begin, last, strengths in found.signs.places:
        for first, final, strength in zip(begin, last, strengths, strict=True):
            own = praised * strength / total[0] if strength > 0 else 0.0
            own += blamed * -strength / total[1] if strength < 0 else 0.0
            weight = own + float(weights[first : final + 1].sum())
            weights[first : final + 1] = 0
            start, end = _place(found, int(first), int(final))
            made.append(Reason(ReasonKind.PHRASE, text[start:end], float(weight), start, end))
    return [reason for reason in made if abs(reason.weight) >= _FAINT]


def _column(found: Features, head: Head, towards: Floats, column: int) -> float:
    place = LEXICAL + column
    plain = float(found.dense[0, place] * (head.shipped.dense[:, place] * towards).sum())
    return plain * float(head.warmth(found)[0])


def _sarcasm(found: Features, head: Head, towards: Floats) -> list[Reason]:
    weight = _column(found, head, towards, signs.PRAISE_BESIDE_PROBLEM)
    if not weight:
        return []
    at = int(found.signs.praise[0])
    start, end = _place(found, at, at)
    return [Reason(ReasonKind.RULE, PRAISE_BESIDE_PROBLEM, weight, start, end)]


def _place(found: Features, first: int, last: int) -> tuple[int, int]:
    """[start, end) in the text of some words."""
    origin, words = found.codes.origin, found.words
    return int(origin[words.first[first]]), int(origin[words.end[last] - 1]) + 1


def _kind(found: Features, at: int, sign: str) -> ReasonKind:
    """`sign` is the word's first code point: € and + are symbols too, and no emoji."""
    words = found.words
    if found.codes.kind[words.first[at]] == c.SYMBOL and unicodedata.category(sign) == "So":
        return ReasonKind.EMOJI
    if words.negated[at] or words.negator[at]:
        return ReasonKind.NEGATION
    return ReasonKind.WORD
