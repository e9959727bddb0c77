"""The language of a short post: its script, its small words, its telltale letters. Pure.

Knows what it does not know: without enough signs it answers what the source declared, or "".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from monitor.analysis import lexicon

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#＠＃]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MOST_TEXT = 600  # code points read: more changes nothing
_READ = ("en", "fr")  # languages with a tone lexicon
_FEW = 2.0  # points below which tone words are asked too
_TONE_WORD = 0.9
_MOST_SCRIPT = 0.3  # share of letters that makes a script the text's script
_LONGEST_WORD = 40  # longer is no word of these languages
_FEWEST = 0.9  # points below which the words prove nothing

# First and last code point of a script, and the language it stands for.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
_OTHER_LETTERS = re.compile("[" + "".join(f"{chr(a)}-{chr(z)}" for a, z, _ in _SCRIPTS) + "]")

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


def detect(text: str, declared: str = "", allowed: Sequence[str] = ()) -> tuple[str, float]:
    """(language, confidence 0..1). ISO 639-1; ("", 0.0) when not recognised.

    `declared` decides when the text is too short to tell. `allowed` restricts the answer; empty
    allows every known language.
    """
    declared = declared.lower().replace("_", "-").partition("-")[0]
    prose = _NOISE.sub(" ", text[:_MOST_TEXT])
    script = _script(prose)
    if script:
        ja = "ja" if script == "zh" and "ja" in allowed and "zh" not in allowed else script
        return (ja, 0.98) if not allowed or ja in allowed else _fall_back(declared)
    points = _points(prose)
    if max(points.values(), default=0.0) < _FEW:
        _add_tone_words(points, prose)
    if allowed:
        points = {language: sum_ for language, sum_ in points.items() if language in allowed}
    if declared in points:
        points[declared] += 0.5  # the source is usually right: it breaks ties
    best = max(points, key=lambda language: points[language], default="")
    if not best or points[best] < _FEWEST:
        return _fall_back(declared)
    others = sum(sorted((p for lang, p in points.items() if lang != best), reverse=True)[:1])
    return best, round(points[best] / (points[best] + others), 3)


def _fall_back(declared: str) -> tuple[str, float]:
    return (declared, 0.5) if declared else ("", 0.0)


def _add_tone_words(points: dict[str, float], prose: str) -> None:
    """Few small words ("NUL !!", "Awful service"): a tone lexicon that knows the others helps."""
    keys = {lexicon.key_of(word) for word in _WORD.findall(prose)}
    known = {language: keys & lexicon.words(language).keys() for language in _READ}
    for language, words in known.items():
        others = set().union(*(known[other] for other in _READ if other != language))
        if words - others:
            points[language] += _TONE_WORD * len(words - others)


def _script(prose: str) -> str:
    """The language of a script of its own, "" for Latin letters or none."""
    foreign = [] if prose.isascii() else _OTHER_LETTERS.findall(prose)
    if not foreign or len(foreign) < sum(map(str.isalpha, prose)) * _MOST_SCRIPT:
        return ""
    counts = Counter(_language_of(letter) for letter in foreign)
    if counts["ja"]:  # kana are found in Japanese only, Han characters in both
        return "ja"
    return counts.most_common(1)[0][0]


def _language_of(letter: str) -> str:
    return next(language for first, last, language in _SCRIPTS if first <= ord(letter) <= last)


def _points(prose: str) -> dict[str, float]:
    points: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(prose):
        for language, share in _points_of(word):
            points[language] += share
    return points


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
