"""Who is measured: Vigie, and beside it TextBlob, textblob-fr and vaderSentiment, each as it comes.

A judge takes texts, their places of focus and their language; it gives a tone and a chance of
negative for each. The peers have no chances: (1 - polarity) / 2 ranks the texts instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from model.metrics import Floats
from model.sets import TONES, Spans
from monitor.analysis.analyser import Analyser
from monitor.analysis.learned import store
from monitor.analysis.learned.tone import judge_many
from monitor.model.brand import Match

Judged = tuple[list[str], Floats]
Judge = Callable[[Sequence[str], Sequence[Spans], str], Judged]


def vigie(texts: Sequence[str], focus: Sequence[Spans], language: str) -> Judged:
    """The tables and thresholds that are shipped, in batches."""
    head = store.head(f"tone_{language}")
    assert head is not None, f"no table for {language}: run make model"
    chances = judge_many(texts, language, focus)
    negative = chances[:, 0] >= head.about["negative"]
    positive = ~negative & (chances[:, 2] >= head.about["positive"])
    said = np.where(negative, TONES[0], np.where(positive, TONES[2], TONES[1]))
    return said.tolist(), chances[:, 0]


def whole(texts: Sequence[str], focus: Sequence[Spans], language: str) -> Judged:
    """Vigie with everything: it finds the language itself, the source declaring `language`."""
    analyser = Analyser()
    said, chances = [], []
    for text, spans in zip(texts, focus, strict=True):
        matches = [Match(start, end, text[start:end]) for start, end in spans]
        verdict = analyser.analyse(text, declared_language=language, matches=matches)
        tone = verdict.tone.value[:3]
        said.append(tone if tone in TONES else "neu")
        chances.append(verdict.p_negative)
    return said, np.array(chances)


def textblob(texts: Sequence[str], _focus: Sequence[Spans], _language: str) -> Judged:
    """English; any text goes through it as it is."""
    return _by_polarity([_polarity(text, "") for text in texts], 0.0)


def textblob_fr(texts: Sequence[str], _focus: Sequence[Spans], _language: str) -> Judged:
    return _by_polarity([_polarity(text, "fr") for text in texts], 0.0)


def vader(texts: Sequence[str], _focus: Sequence[Spans], _language: str) -> Judged:
    """Its own threshold, 0.05."""
    analyser = _vader()
    return _by_polarity([analyser.polarity_scores(text)["compound"] for text in texts], 0.05)


PEERS: dict[str, dict[str, Judge]] = {
    "en": {"TextBlob": textblob, "vaderSentiment": vader},
    "fr": {"TextBlob": textblob, "textblob-fr": textblob_fr},
}


def peers(language: str) -> dict[str, Judge]:
    """The judges of a language; Vigie first."""
    return {"Vigie": vigie, **PEERS.get(language, {"TextBlob": textblob})}


def _polarity(text: str, language: str) -> float:
    from textblob import TextBlob

    if language != "fr":
        return float(TextBlob(text).sentiment.polarity)
    from textblob_fr import PatternAnalyzer, PatternTagger

    blob = TextBlob(text, pos_tagger=PatternTagger(), analyzer=PatternAnalyzer())
    return float(blob.sentiment[0])


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _by_polarity(polarity: Sequence[float], least: float) -> Judged:
    found = np.array(polarity)
    said = np.where(
        found <= -max(least, 1e-9), "neg", np.where(found >= max(least, 1e-9), "pos", "neu")
    )
    return said.tolist(), (1 - found) / 2
