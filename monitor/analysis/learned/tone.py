"""The tone by learnt weights: TextBlob in front, a table per language behind. Pure.

TextBlob is imported at the first text (0.3 s): never anything of it that needs corpora.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from monitor.analysis.base import ToneAnalyser, ToneResult
from monitor.analysis.learned import signs, store
from monitor.analysis.learned.codes import Span
from monitor.analysis.learned.features import LEXICAL, features
from monitor.analysis.learned.head import Floats, Head
from monitor.analysis.learned.one import features_of
from monitor.analysis.learned.why import reasons
from monitor.model.brand import Match

LANGUAGES = ("en", "fr", "de", "es", "it", "pt")
_TOWARDS_PRAISE = np.array([-1.0, 1.0])  # of (negative, positive): the score reasons sum to
_BOTH = 0.25  # praise and blame are both likely: a person should look
_BATCH = 512


@dataclass(frozen=True, slots=True)
class LearnedTone:
    """A ToneAnalyser for one language. `instead` judges when the table cannot be used.

    The score, to which the reasons' weights sum, is ln(P(positive) / P(negative)).
    """

    language: str
    instead: ToneAnalyser | None = None

    def analyse(self, text: str, language: str, focus: tuple[Match, ...]) -> ToneResult:
        head = store.head(f"tone_{self.language}")
        if head is not None:
            from textblob import TextBlob

            judged: ToneResult = TextBlob(
                text, analyzer=_analyzer_class()(head, self.language, focus)
            ).sentiment
            return judged
        if self.instead is not None:
            return self.instead.analyse(text, language, focus)
        return ToneResult(0.0, 0.0, (), False, known=False)


@cache
def _analyzer_class() -> Any:
    """The class is made here because its base is TextBlob's, which is imported late."""
    from textblob.base import BaseSentimentAnalyzer

    class LearnedAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # textblob has no types
        """What `TextBlob(text, analyzer=...)` asks for: `analyze(text)`."""

        def __init__(self, head: Head, language: str, focus: tuple[Match, ...]) -> None:
            super().__init__()
            self._head, self._language, self._focus = head, language, focus

        def analyze(self, text: str) -> ToneResult:
            return judge(text, self._head, self._language, self._focus)

    return LearnedAnalyzer


def alert_from(language: str) -> float:
    """The chance of blame from which it is worth an interruption; 0 where no table judges."""
    head = store.head(f"tone_{language}") if language in LANGUAGES else None
    return float(head.about["alert"]) if head is not None else 0.0


def judge(text: str, head: Head, language: str, focus: tuple[Match, ...]) -> ToneResult:
    """One text, with its reasons."""
    found = features_of(text, language, tuple((match.start, match.end) for match in focus))
    scores = head.scores(found)
    negative, _, positive = (float(chance) for chance in probabilities(scores)[0])
    score = float((scores[0] * _TOWARDS_PRAISE).sum())
    sarcastic = bool(found.dense[0, LEXICAL + signs.PRAISE_BESIDE_PROBLEM])
    return ToneResult(
        p_negative=negative,
        p_positive=positive,
        reasons=reasons(text, found, head, _TOWARDS_PRAISE, score),
        to_check=sarcastic or min(negative, positive) >= _BOTH,
        negative_from=float(head.about["negative"]),
        positive_from=float(head.about["positive"]),
    )


def probabilities(scores: Floats) -> Floats:
    """(texts, 3): negative, neutral, positive, from the scores of the first and the last."""
    three = np.stack([scores[:, 0], np.zeros(len(scores)), scores[:, 1]], axis=1)
    raised = np.exp(three - three.max(axis=1, keepdims=True))
    total = raised[:, 0] + raised[:, 1] + raised[:, 2]
    chances: Floats = raised / total[:, None]
    return chances


def judge_many(texts: Sequence[str], language: str, focus: Sequence[Sequence[Span]] = ()) -> Floats:
    """(texts, 3) probabilities of negative, neutral, positive, without reasons; any number of texts.

    The same numbers as `judge`, to the bit. ValueError when the language's table cannot be used.
    """
    head = store.head(f"tone_{language}")
    if head is None:
        raise ValueError(f"no table for {language!r}")
    parts = [np.zeros((0, 3))]
    for start in range(0, len(texts), _BATCH):
        some = texts[start : start + _BATCH]
        found = features(some, language, focus[start : start + _BATCH])
        parts.append(probabilities(head.scores(found)))
    return np.concatenate(parts)
