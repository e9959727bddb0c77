"""Which words of a text weigh, and how much: phrases, negation, strength, capitals, emoji. Pure.

Linear in the text's length: every token is met once, phrases have a bounded length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.analysis.lexicon import Entry
from monitor.analysis.phrases import Phrase, PhraseIndex
from monitor.analysis.tokens import Token, TokenKind
from monitor.model.verdict import ReasonKind

_DOUBLED = re.compile(r"(\w)\1")
_NEGATED_PRAISE = -0.6  # "not good": nearly as bad as good is good
_NEGATED_BLAME = -0.35  # "not horrible" is faint praise
_NEGATOR_WEIGHT = -0.45  # a negation alone leans to complaint
_CAPITALS = 0.25
_MOST_TIMES = 3  # one word counts at most so often: repeating it is no new reason


class Weighed(NamedTuple):
    """One sign with its weight. `at` is its (first) token's index in the token list."""

    kind: ReasonKind
    key: str
    weight: float
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything one language knows. `cues` are the sections of lexicons/cues_<language>.tsv."""

    words: Mapping[str, Entry]
    phrases: PhraseIndex[float]
    emoji: Mapping[str, Entry]
    cues: Mapping[str, Mapping[str, float]]

    def cue(self, section: str, key: str) -> float:
        """The number of a cue word, 0 when the word is not in that section."""
        return self.cues.get(section, {}).get(key, 0.0)

    def entry(self, token: Token) -> Entry | None:
        """The token's entry; a stretched word ("nuuul", "sooo") is tried with single letters too."""
        entry = self.words.get(token.key)
        if entry is None and token.end - token.start > len(token.key):
            entry = self.words.get(_DOUBLED.sub(r"\1", token.key))
        return entry


def weigh(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Weighed]:
    """Every sign of the text in text order, with its signed weight."""
    return _Weigher(text, tokens, vocabulary).run()


@dataclass(slots=True)
class _Weigher:
    text: str
    tokens: Sequence[Token]
    vocabulary: Vocabulary
    found: list[Weighed] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    negator: Token | None = None
    reach: int = 0
    strength: int = -9  # index of the last word of strength
    shouting: bool = False

    def run(self) -> list[Weighed]:
        self.shouting = _is_all_capitals(self.text)
        index = 0
        while index < len(self.tokens):
            index += self._step(index)
        return self.found

    def _step(self, index: int) -> int:
        """Weigh what begins at this token; how many tokens it took."""
        token = self.tokens[index]
        if token.kind is TokenKind.EMOJI:
            entry = self.vocabulary.emoji.get(token.key)
            if entry:
                self._add(ReasonKind.EMOJI, token.key, entry.weight, index, token.start, token.end)
        elif token.kind in (TokenKind.WORD, TokenKind.NUMBER):
            phrase = self.vocabulary.phrases.at(self.tokens, index)
            if phrase:
                self._take_phrase(phrase, index)
                return len(phrase.words)
            self._take_word(token, index)
        elif token.kind is not TokenKind.ADDRESS:
            self.negator = None
        return 1

    def _take_phrase(self, phrase: Phrase[float], index: int) -> None:
        start, end = self.tokens[index].start, self.tokens[index + len(phrase.words) - 1].end
        if phrase.value:
            self._add(ReasonKind.PHRASE, " ".join(phrase.words), phrase.value, index, start, end)
        self.negator = None

    def _take_word(self, token: Token, index: int) -> None:
        if self._is_negator(token, index):
            self._negate_back(token, index)
            self._add(
                ReasonKind.NEGATION, token.key, _NEGATOR_WEIGHT, index, token.start, token.end
            )
            self.negator = token
            self.reach = int(self.vocabulary.cue("negator", token.key) or 4)
            return
        entry = self.vocabulary.entry(token)
        strengthens = bool(self.vocabulary.cue("strength", token.key))
        if entry and not (strengthens and self._has_tone(index + 1)):
            if self.negator:
                self._add_negated(self.negator, token, entry, index)
            elif entry.weight or entry.negated:
                self._add_plain(token, entry, index)
        if strengthens:
            self.strength = index
        self.reach -= 1
        if self.reach <= 0 or self.vocabulary.cue("contrast", token.key):
            self.negator = None

    def _has_tone(self, index: int) -> bool:
        """The word there weighs, so a word of strength before it is only that ("super déçu")."""
        if index >= len(self.tokens) or self.tokens[index].kind is not TokenKind.WORD:
            return False
        entry = self.vocabulary.entry(self.tokens[index])
        return entry is not None and bool(entry.weight)

    def _is_negator(self, token: Token, index: int) -> bool:
        cue = self.vocabulary.cue
        if cue("half", token.key):
            return any(cue("particle", t.key) for t in self.tokens[max(index - 4, 0) : index])
        return bool(cue("negator", token.key)) or token.key.endswith("n't")

    def _negate_back(self, token: Token, index: int) -> None:
        """French says the verb first: "ne marche toujours pas"."""
        if not self.vocabulary.cue("after", token.key) or not self.found:
            return
        last = self.found[-1]
        entry = self.vocabulary.words.get(last.key)
        if last.kind is ReasonKind.WORD and entry and entry.negated and index - last.at <= 2:
            self.found[-1] = last._replace(
                kind=ReasonKind.NEGATION, key="¬" + last.key, weight=entry.negated, end=token.end
            )

    def _add_negated(self, negator: Token, token: Token, entry: Entry, index: int) -> None:
        weight = entry.negated
        if weight is None:
            weight = entry.weight * (_NEGATED_PRAISE if entry.weight > 0 else _NEGATED_BLAME)
        if weight:
            self._add(ReasonKind.NEGATION, "¬" + token.key, weight, index, negator.start, token.end)

    def _add_plain(self, token: Token, entry: Entry, index: int) -> None:
        if not self._add(ReasonKind.WORD, token.key, entry.weight, index, token.start, token.end):
            return
        if index - self.strength <= 2:
            word = self.tokens[self.strength]
            extra = entry.weight * (self.vocabulary.cue("strength", word.key) - 1)
            self._add(ReasonKind.EMPHASIS, word.key, extra, index, word.start, word.end)
        written = self.text[token.start : token.end]
        if len(written) > 2 and written.isupper() and not self.shouting:
            self._add(
                ReasonKind.EMPHASIS,
                "capitals",
                entry.weight * _CAPITALS,
                index,
                token.start,
                token.end,
            )

    def _add(
        self, kind: ReasonKind, key: str, weight: float, index: int, start: int, end: int
    ) -> bool:
        self.times[key] += 1
        if self.times[key] > _MOST_TIMES:
            return False
        self.found.append(Weighed(kind, key, weight, index, start, end))
        return True


def _is_all_capitals(text: str) -> bool:
    letters = [char for char in text[:500] if char.isalpha()]
    return len(letters) > 8 and sum(char.isupper() for char in letters) > 0.7 * len(letters)
