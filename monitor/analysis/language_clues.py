"""Signs of a language that few letters give away: small words, endings, telltale letters. Pure.

They help the statistics of language_model.py where a post is too short for these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from monitor.analysis import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONGEST_WORD = 40  # longer is no word of these languages
_READ = ("en", "fr")  # languages whose tone words are asked
_FEW = 2.0  # points below which tone words are asked too
_TONE_WORD = 2.0
_MOST = 8.0  # more signs than these prove nothing more

# Letters and endings that point to a language, with points for each word that has them.
_CLUES: tuple[tuple[re.Pattern[str], str, float], ...] = tuple(
    (re.compile(pattern), language, points)
    for pattern, language, points in (
        (r"[ñ¿¡]", "es", 1.0), (r"ci[oó]n(?:es)?$|mente$|dad$|[aei]ndo$", "es", 0.5),
        (r"[ãõ]", "pt", 1.2), (r"ç[ãõ]|mente$|dade$|inho$|inha$|[aei]ndo$|agem$|nh", "pt", 0.5),
        (r"ß", "de", 1.5), (r"[äöü]", "de", 0.6), (r"^ge\w+t$|ung(?:en)?$|lich\w*$|keit$|sch", "de", 0.5),
        (r"[œêûùîôëï]", "fr", 0.7), (r"[èàéâ]", "fr", 0.3), (r"^(?:[dlcjmnst]|qu)['’]", "fr", 0.7),
        (r"eux$|euse$|ement$|ique$|aient$|eau[x]?$|oir[e]?$|tion$", "fr", 0.4),
        (r"[òì]", "it", 0.9), (r"[àèùé]$", "it", 0.4), (r"zion[ei]$|ment[eoi]$|tt[oaie]$|gli|^(?:dell|all|nell|un|l|c|sull|dall)['’]", "it", 0.6),
        (r"['’](?:s|t|re|ve|ll|m|d)$|ing$|^wh|ght|tion$|ness$|ly$|^th", "en", 0.5),
        (r"ij|aa|uu|sch\w*|lijk\w*|heid$|tje[s]?$|oe", "nl", 0.4),
    )
)  # fmt: skip


def points(prose: str) -> Mapping[str, float]:
    """Language -> how much the words speak for it, up to 8; languages without a sign are missing."""
    found: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(prose):
        for language, share in _points_of(word):
            found[language] += share
    if max(found.values(), default=0.0) < _FEW:
        _add_tone_words(found, prose)
    return {language: min(sum_, _MOST) for language, sum_ in found.items()}


def _add_tone_words(found: dict[str, float], prose: str) -> None:
    """Few small words ("NUL !!", "Awful service"): a tone lexicon that knows the others helps."""
    keys = {lexicon.key_of(word) for word in _WORD.findall(prose)}
    known = {language: keys & lexicon.words(language).keys() for language in _READ}
    for language, words in known.items():
        others = set().union(*(known[other] for other in _READ if other != language))
        if words - others:
            found[language] += _TONE_WORD * len(words - others)


@lru_cache(maxsize=20_000)  # posts repeat their words
def _points_of(raw: str) -> tuple[tuple[str, float], ...]:
    """What one word says: language and points."""
    if len(raw) > _LONGEST_WORD:
        return ()
    word = raw.lower().replace("’", "'")
    shares = _function_words().get(word) or _function_words().get(word.partition("'")[0], {})
    clues = ((language, clue) for pattern, language, clue in _CLUES if pattern.search(word))
    return (*shares.items(), *clues)


@cache
def _function_words() -> Mapping[str, Mapping[str, float]]:
    """Word -> language -> points: the fewer languages know a word, the more it says."""
    known: dict[str, list[str]] = defaultdict(list)
    for language, words in lexicon.rows("function_words.tsv"):
        for word in words.split():
            known[word].append(language)
    return {
        word: {language: 1.4 / len(languages) for language in languages}
        for word, languages in known.items()
    }
