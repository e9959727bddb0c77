"""Expressions of one or more words found in a list of tokens, each with what it stands for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from monitor.analysis.tokens import Token, tokenize

T = TypeVar("T")
ANY = "*"


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """`words` as token keys; `*` among them is any one word. `value` is what the table says of it."""

    words: tuple[str, ...]
    value: T


class PhraseIndex(Generic[T]):
    """Built once; `at` looks at a bounded number of tokens, so a whole text is linear."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """Phrases are filed under their first two words: many begin with the same "a" or "the"."""
        filed: dict[tuple[str, str], list[Phrase[T]]] = defaultdict(list)
        for written, value in entries:
            words = tuple(_keys(written))
            filed[words[0], words[1] if len(words) > 1 else ""].append(Phrase(words, value))
        self._first = frozenset(first for first, _ in filed)
        self._filed: Mapping[tuple[str, str], tuple[Phrase[T], ...]] = {
            start: tuple(sorted(group, key=lambda phrase: -len(phrase.words)))
            for start, group in filed.items()
        }

    def at(self, tokens: Sequence[Token], index: int) -> Phrase[T] | None:
        """The longest phrase that begins at this token."""
        first = tokens[index].key
        if first not in self._first:
            return None
        second = tokens[index + 1].key if index + 1 < len(tokens) else ""
        found: Phrase[T] | None = None
        for start in ((first, second), (first, ANY), (first, "")):
            for phrase in self._filed.get(start, ()):
                longer = found is None or len(phrase.words) > len(found.words)
                if longer and _stands_at(phrase.words, tokens, index):
                    found = phrase
        return found

    def all(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Phrase[T]]]:
        """Every phrase of the text with the index of its first token; they do not overlap."""
        index = 0
        while index < len(tokens):
            phrase = self.at(tokens, index) if tokens[index].key in self._first else None
            if phrase:
                yield index, phrase
            index += len(phrase.words) if phrase else 1


def _stands_at(words: tuple[str, ...], tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index : index + len(words)]
    return len(following) == len(words) and all(
        word in (ANY, token.key) for word, token in zip(words, following, strict=True)
    )


def _keys(written: str) -> Iterator[str]:
    """Phrases are cut the way texts are cut, so that they meet."""
    for part in written.split():
        yield from _keys_of(part)


@lru_cache(maxsize=4096)  # the phrases of one table share most of their words
def _keys_of(part: str) -> tuple[str, ...]:
    return (ANY,) if part == ANY else tuple(token.key for token in tokenize(part))
