"""The language of a short post: statistics, small words, and who says what it is. Pure.

Knows what it does not know: without letters it answers what the source declared, what the author
usually writes, or "".
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping

from monitor.analysis.language_clues import points
from monitor.analysis.language_model import likelihoods

_NOISE = re.compile(r"https?://\S+|www\.\S+|\bhttps?\b|[@＠]\w+")
_TAG = re.compile(r"[#＃]\w+")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_TEXT = 600  # code points read: more changes nothing
_READ = frozenset({"en", "fr", "de", "es", "it", "pt"})  # languages whose tone is read
_LEAST = 0.15  # a chance below is a guess
_OTHER = 0.01  # so little for all that is allowed: it is in another language

# In natural logarithms of odds, chosen on the dev tweets of seven languages and 33 sentences of others.
_PER_POINT = 0.5
_IS_READ = 1.5
_DECLARED = 1.0
_USUAL = 0.7
_SHORT = 20  # with fewer letters, who says what it is counts for more
_OF_SHORT = 3.0


def detect(
    text: str, declared: str = "", allowed: Collection[str] = (), usual: str = ""
) -> tuple[str, float]:
    """(language, confidence 0..1). ISO 639-1; ("", 0.0) when not recognised.

    `declared` is what the source says, `usual` what the author mostly writes: they decide where the
    text is too short to tell. `allowed` restricts the answer; empty allows every named language.
    """
    declared = _primary(declared)
    prose = _NOISE.sub(" ", text[:_MOST_TEXT])
    if not _LETTER.search(_TAG.sub(" ", prose)):
        return _told(declared, usual)
    chances = likelihoods(prose)
    if allowed:
        chances = {language: chances[language] for language in chances if language in allowed}
        if sum(chances.values()) < _OTHER:
            return "", 0.0
    odds = _odds(prose, chances, declared, usual)
    best = max(odds, key=lambda language: odds[language])
    chance = 1 / sum(math.exp(score - odds[best]) for score in odds.values())
    least = _LEAST if best in _READ else 2 * _LEAST
    return (best, round(chance, 3)) if chance >= least else _told(declared, usual)


def _odds(prose: str, chances: Mapping[str, float], declared: str, usual: str) -> dict[str, float]:
    signs = points(prose)
    more = _OF_SHORT * (len(_LETTER.findall(prose)) < _SHORT)
    odds = {}
    for language, chance in chances.items():
        odds[language] = (
            math.log(chance + 1e-9)
            + _PER_POINT * signs.get(language, 0.0)
            + _IS_READ * (language in _READ)
            + (_DECLARED + more) * (language == declared)
            + (_USUAL + more) * (language == usual)
        )
    return odds


def _primary(declared: str) -> str:
    """ "fr-CA" is "fr"."""
    return declared.lower().replace("_", "-").partition("-")[0]


def _told(declared: str, usual: str) -> tuple[str, float]:
    told = declared or usual
    return (told, 0.5) if told else ("", 0.0)
