"""The words beside a brand's name in one post, and how both are written there. Pure.

Limit: words are cut at spaces and at changes of script; Thai and Khmer are not cut at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from monitor.analysis.fold import fold
from monitor.analysis.lexicon import rows
from monitor.analysis.tokens import Token, TokenKind, tokenize
from monitor.analysis.words import is_spaceless
from monitor.model.brand import NEAR_WORDS, Match
from monitor.model.post import Post

LINKS = 3
"""At most so many function words stand between a name and the word it goes with: "jus de l'orange"."""

_SHORTEST = 3  # letters; shorter words are too often endings and initials
_TITLE_CASE = 0.7  # of the longer words begin with a capital: a headline in the American way
_HEADLINE = 3  # longer words at least, or nothing can be told
_LONGER = re.compile(r"[^\W\d_]{4,}")
_SCRIPTS = re.compile(
    r"[\u30a0-\u30ff\uff66-\uff9f]+|[\u3400-\u9fff\uf900-\ufaff]+|[\uac00-\ud7af]+"
)
_MOST_HAN = 4  # longer runs are more than one word, so they are cut in twos


@dataclass(frozen=True, slots=True)
class Beside:
    """One post: the words near the name, those right beside it, and those far from it (all folded).

    `shown` is how a folded word is written there. `small`: the name is written without a capital,
    in a text that has some; `big`: with one inside a sentence; both False where nothing can be told.
    `capital` and `plain` are words beside the name written with and without a capital inside a sentence.
    """

    near: frozenset[str]
    tied: frozenset[str]
    far: frozenset[str]
    shown: dict[str, str]
    small: bool
    big: bool
    capital: frozenset[str]
    plain: frozenset[str]


def beside(post: Post, matches: Sequence[Match], language: str) -> Beside:
    """`matches` are the brand's in `post.full_text`, `language` the post's (ISO 639-1, "" unknown)."""
    full_text = post.full_text
    tokens = list(_around(full_text, matches))
    near: set[str] = set()
    tied: set[str] = set()
    capital: set[str] = set()
    plain: set[str] = set()
    shown: dict[str, str] = {}
    telling = _case_tells(full_text, language, matches)
    for match in matches:
        before = [t for t in tokens if t.end <= match.start]
        after = [t for t in tokens if t.start >= match.end]
        for side in (_nearest(before[::-1]), _nearest(after)):
            for token in side:
                for word, written in _words(full_text, token, language):
                    near.add(word)
                    shown.setdefault(word, written)
        for side in (before[::-1], after):
            for token in _tied(side, language):
                for word, written in _words(full_text, token, language):
                    tied.add(word)
                    if telling and not _begins(full_text, token.start):
                        (capital if written[0].isupper() else plain).add(word)
    far = {word for token in tokens for word, _ in _words(full_text, token, language)} - near
    inside = [_written(full_text, match) for match in matches]
    names = [name for name in inside if name]
    inside = [n for n, m in zip(inside, matches, strict=True) if not _begins(full_text, m.start)]
    return Beside(
        frozenset(near),
        frozenset(tied & near),
        frozenset(far),
        shown,
        small=telling and bool(names) and all(n == n.lower() != n.upper() for n in names),
        big=telling and any(name != name.lower() for name in inside),
        capital=frozenset(capital),
        plain=frozenset(plain),
    )


def words_of(post: Post, language: str) -> frozenset[str]:
    """Every word of a post that could tell another thing, folded."""
    full_text = post.full_text
    return frozenset(
        word for token in tokenize(full_text) for word, _ in _words(full_text, token, language)
    )


def _around(full_text: str, matches: Sequence[Match]) -> Iterator[Token]:
    """The tokens between the names: a run of a script without spaces may hold a name and more."""
    start = 0
    for match in sorted(matches, key=lambda match: match.start):
        yield from _cut(full_text[start : match.start], start)
        start = max(start, match.end)
    yield from _cut(full_text[start:], start)


def _cut(part: str, start: int) -> Iterator[Token]:
    for token in tokenize(part):
        yield token._replace(start=token.start + start, end=token.end + start)


def _written(full_text: str, match: Match) -> str:
    """The name as it stands there; "" in a tag or handle, whose capitals tell nothing."""
    tagged = full_text[: match.start].endswith(("#", "@"))
    return "" if tagged else full_text[match.start : match.end]


def _nearest(side: list[Token]) -> list[Token]:
    words = (token for token in side if token.kind in (TokenKind.WORD, TokenKind.NUMBER))
    return [token for token, _ in zip(words, range(NEAR_WORDS), strict=False)]


def _tied(side: list[Token], language: str) -> Iterator[Token]:
    """The word right beside the name, function words skipped, in the same clause."""
    for token, _ in zip(side, range(LINKS + 1), strict=False):
        if token.kind is not TokenKind.WORD:
            return
        if not is_function_word(token.key, language):
            yield token
            return


def _words(full_text: str, token: Token, language: str) -> Iterator[tuple[str, str]]:
    """Folded, and as written. Nothing for function words, short ones and all that is no word."""
    if token.kind is not TokenKind.WORD:
        return
    written = full_text[token.start : token.end]
    if is_spaceless(written[0]):
        for run in _SCRIPTS.findall(written):
            parts = [run]
            if "\u3400" <= run[0] <= "\u9fff" and len(run) > _MOST_HAN:
                parts = [run[i : i + 2] for i in range(len(run) - 1)]
            for part in parts:
                if len(part) > 1:
                    yield fold(part), part
    elif len(token.key) >= _SHORTEST and not is_function_word(token.key, language):
        yield fold(written), written


def _begins(full_text: str, start: int) -> bool:
    """A capital here says nothing: it begins the text, a line or a sentence."""
    before = full_text[:start].rstrip(" \t\"'«“”„([#@\u00a0\u202f")
    return not before or before[-1] in ".!?:;…\n|•–—-"


def _case_tells(full_text: str, language: str, names: Sequence[Match]) -> bool:
    """False for texts all in capitals or small letters, headlines with capitals all over, and German."""
    if language == "de" or full_text in (full_text.lower(), full_text.upper()):
        return False
    if language not in ("en", ""):  # only English headlines have capitals all over
        return True
    inside = [
        found[0]
        for found in _LONGER.finditer(full_text)
        if not _begins(full_text, found.start())
        and not any(name.start <= found.start() < name.end for name in names)
    ]
    capitals = sum(word[0].isupper() for word in inside)
    return len(inside) < _HEADLINE or capitals < _TITLE_CASE * len(inside)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(fold(word) for word in words.split())
        for language, words in rows("function_words.tsv")
    }


@cache
def _all_function_words() -> frozenset[str]:
    return frozenset().union(*_function_words().values())


def is_function_word(word: str, language: str) -> bool:
    """Among the commonest of its language; of any, where the language is not known."""
    return word in _function_words().get(language, _all_function_words())
