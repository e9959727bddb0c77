"""Is it us they mean? Naive Bayes over the clues around a name, from a handful of examples. Pure.

Precision first: a post about the brand that is put aside is worse than a stray one that is shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis.learning.clues import Clue, clues
from monitor.analysis.learning.example import Example
from monitor.model.brand import Match
from monitor.model.mention import Correction
from monitor.model.verdict import Reason, ReasonKind

LEAST = 3
"""Corrections "not about us" before there is a model, and mentions that are about us."""

PUT_ASIDE = 0.9
"""From this probability on, a mention may be put aside; below, it is only shown with a question."""

MOST = 400
_OFTEN = 2  # a clue seen once among the strays tells one post, not a meaning
_SMOOTH = 0.5
_HOLD = 1.0  # strays' worth: as many posts like ours are thought of beside them
HEAVIEST = 2.5
_FAINTEST = 0.4
_PRIOR = -3.0  # before any clue: strays are rare
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class NotUsResult:
    """`reasons` are strongest first; a weight above nought speaks for another bearer of the name."""

    p_not_us: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NotUs:
    """The clue `codes[i]` adds `odds[i]` to the logarithm of the odds. `codes` ascend."""

    codes: tuple[int, ...]
    odds: tuple[float, ...]

    def judge(
        self, text: str, matches: Sequence[Match], site: str = "", author: str = ""
    ) -> NotUsResult:
        """`matches` count in `text`, the post's full text. Never raises on any text."""
        known = dict(zip(self.codes, self.odds, strict=True))
        found = [
            (clue, known[clue.code])
            for clue in clues(text, matches, site, author)
            if clue.code in known
        ]
        found.sort(key=lambda pair: (-abs(pair[1]), pair[0].start, pair[0].code))
        score = _PRIOR + math.fsum(weight for _, weight in found)
        reasons = tuple(_reason(clue, weight) for clue, weight in found)
        return NotUsResult(1 / (1 + math.exp(-score)), reasons)


def _reason(clue: Clue, weight: float) -> Reason:
    kind = ReasonKind.WORD if clue.end else ReasonKind.RULE
    return Reason(kind, clue.what, weight, clue.start, clue.end)


def fit(examples: Sequence[Example]) -> NotUs | None:
    """From all examples of a brand, in any order; None while there are too few of either side."""
    theirs: Counter[int] = Counter()
    ours: Counter[int] = Counter()
    strays = 0
    for one in examples:
        stray = one.said is Correction.NOT_US
        strays += stray
        codes = {clue.code for clue in clues(one.text, one.matches, one.site, one.author)}
        (theirs if stray else ours).update(codes)
    about_us = len(examples) - strays
    if min(strays, about_us) < LEAST:
        return None
    odds = {}
    for code in theirs.keys() | ours.keys():
        if max(theirs[code], ours[code]) >= _OFTEN:
            usual = (ours[code] + _SMOOTH) / (about_us + 2 * _SMOOTH)
            share = (theirs[code] + _HOLD * usual) / (strays + _HOLD)
            odds[code] = round(max(-HEAVIEST, min(HEAVIEST, math.log(share / usual))), _DIGITS)
    strongest = sorted(odds, key=lambda code: (-abs(odds[code]), code))[:MOST]
    kept = sorted(code for code in strongest if abs(odds[code]) >= _FAINTEST)
    return NotUs(tuple(kept), tuple(odds[code] for code in kept))
