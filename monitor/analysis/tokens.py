"""A text cut into words, emoji, numbers and breaks, each with its place. Pure, linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from monitor.analysis.fold import fold


class TokenKind(Enum):
    WORD = "word"
    NUMBER = "number"
    EMOJI = "emoji"  # emoticons too
    BREAK = "break"  # punctuation that ends a clause, line ends
    MARKS = "marks"  # a run of ! and ?
    ADDRESS = "address"  # link or @handle


class Token(NamedTuple):
    """`key` is how tables know it (folded, repeated letters cut to two); [start, end) in the text."""

    kind: TokenKind
    key: str
    start: int
    end: int


_PICTURE = r"[\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u23FF\u2600-\u27BF\u2B00-\u2BFF\u3030]"
_TONED = _PICTURE + r"[\ufe0f\U0001F3FB-\U0001F3FF]?"
_TOKEN = re.compile(
    rf"""(?P<address>https?://\S+|www\.\S+|@\w+)
    |(?P<emoji>{_TONED}(?:\u200d{_TONED})*
        |[:;=][-'^]?[()\[\]dDpP/\\|*oO3](?![\w/])|<3|\^\^|x[Dd]\b|X[Dd]\b|-_+-)
    |(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)
    |(?P<number>\d+(?:[.,:]\d+)*)
    |(?P<marks>[!?]+)
    |(?P<break>[.,;:…()\[\]«»"“”—–\n|]+)""",
    re.VERBOSE,
)
_KINDS = {kind.value: kind for kind in TokenKind}
_REPEATED = re.compile(r"(\w)\1{2,}")
_APOSTROPHE = re.compile("['’ʼ]")
_TONES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


@lru_cache(maxsize=16)  # tone, risk and intent read the same text one after the other
def tokenize(text: str) -> tuple[Token, ...]:
    """Every token in text order. Words part at apostrophes (l’attente, it's) but for "n't"."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        kind = _KINDS[found.lastgroup or "break"]
        raw = found[0]
        start = found.start()
        if kind is TokenKind.WORD:
            key = _key(raw)
            if "'" in key and not key.endswith("n't"):
                tokens.extend(_parted(raw, start))
            else:
                tokens.append(Token(kind, key, start, start + len(raw)))
        elif kind is TokenKind.EMOJI:
            tokens.append(Token(kind, _TONES.sub("", raw), start, found.end()))
        else:
            tokens.append(Token(kind, raw, start, found.end()))
    return tuple(tokens)


@lru_cache(maxsize=20_000)  # posts repeat their words; folding is most of cutting a text
def _key(word: str) -> str:
    return cut_repeats(fold(word))


def _parted(raw: str, start: int) -> Iterator[Token]:
    for part in _APOSTROPHE.split(raw):
        yield Token(TokenKind.WORD, _key(part), start, start + len(part))
        start += len(part) + 1


def cut_repeats(word: str) -> str:
    """A letter repeated three times or more is written twice: "nuuuul" is "nuul"."""
    return _REPEATED.sub(r"\1\1", word)
