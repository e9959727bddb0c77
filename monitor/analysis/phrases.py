"""Expressions of one or more words found in a list of tokens, each with what it stands for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
        by_first: dict[str, list[Phrase[T]]] = defaultdict(list)
        for written, value in entries:
            words = tuple(_keys(written))
            by_first[words[0]].append(Phrase(words, value))
        self._by_first: Mapping[str, tuple[Phrase[T], ...]] = {
            first: tuple(sorted(group, key=lambda phrase: -len(phrase.words)))
            for first, group in by_first.items()
        }

    def at(self, tokens: Sequence[Token], index: int) -> Phrase[T] | None:
        """The longest phrase that begins at this token."""
        for phrase in self._by_first.get(tokens[index].key, ()):
            following = tokens[index : index + len(phrase.words)]
            if len(following) == len(phrase.words) and all(
                word in (ANY, token.key)
                for word, token in zip(phrase.words, following, strict=True)
            ):
                return phrase
        return None

    def all(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Phrase[T]]]:
        """Every phrase of the text with the index of its first token; they do not overlap."""
        index = 0
        while index < len(tokens):
            phrase = self.at(tokens, index)
            if phrase:
                yield index, phrase
            index += len(phrase.words) if phrase else 1


def _keys(written: str) -> Iterator[str]:
    """Phrases are cut the way texts are cut, so that they meet."""
    for part in written.split():
        if part == ANY:
            yield ANY
        else:
            yield from (token.key for token in tokenize(part))
