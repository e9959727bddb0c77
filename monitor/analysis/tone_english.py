"""The tone of English texts: TextBlob in front, its lexicon and ours behind. Pure.

TextBlob is imported at the first text (0.3 s): never `words`, `sentences` or anything else of it
that needs corpora, which are not shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from monitor.analysis import lexicon
from monitor.analysis.base import ToneResult
from monitor.analysis.lexicon import Entry
from monitor.analysis.score import Scale, judge
from monitor.analysis.weigh import Vocabulary
from monitor.model.brand import Match

SCALE = Scale(slope=1.0, low=-1.2, high=1.2)
_POLARITY_WEIGHT = 1.5  # TextBlob's polarities are -1..1
_LEAST_POLARITY = 0.1


class EnglishTone:
    """A ToneAnalyser for English: TextBlob with an analyzer of ours plugged in."""

    def analyse(
        self,
        text: str,
        language: str,  # noqa: ARG002 - the protocol's; this one reads a single language
        focus: tuple[Match, ...],
    ) -> ToneResult:
        from textblob import TextBlob

        result: ToneResult = TextBlob(text, analyzer=_analyzer_class()(focus)).sentiment
        return result


@cache
def _analyzer_class() -> Any:
    """The class is made here because its base is TextBlob's, which is imported late."""
    from textblob.base import BaseSentimentAnalyzer

    class LexiconAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # textblob has no types
        """What `TextBlob(text, analyzer=...)` asks for: `analyze(text)`."""

        def __init__(self, focus: tuple[Match, ...]) -> None:
            super().__init__()
            self._focus = focus

        def analyze(self, text: str) -> ToneResult:
            return judge(text, self._focus, _vocabulary(), SCALE)

    return LexiconAnalyzer


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(
        words={**_textblob_words(), **lexicon.words("en")},
        phrases=lexicon.phrases("en"),
        emoji=lexicon.emoji(),
        cues=lexicon.cues("en"),
    )


def _textblob_words() -> Mapping[str, Entry]:
    """TextBlob's words of clear polarity, at our scale."""
    from textblob.en import sentiment

    sentiment.load()
    polarities = {word: scores[None][0] for word, scores in dict.items(sentiment)}
    return {
        lexicon.key_of(word): Entry(polarity * _POLARITY_WEIGHT)
        for word, polarity in polarities.items()
        if abs(polarity) >= _LEAST_POLARITY and word.isalpha()
    }
