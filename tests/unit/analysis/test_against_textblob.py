"""On labelled posts, the tone is clearly better than plain TextBlob's. Read in place, never copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textblob import TextBlob

from monitor.analysis.analyser import Analyser

LABELS = ("neg", "neu", "pos")


@pytest.mark.parametrize(
    ("file", "language", "least_f1", "least_recall"),
    [
        ("umsab_en", "en", 0.62, 0.62),
        ("umsab_fr", "fr", 0.56, 0.58),
        ("mabsa_fr", "fr", 0.55, 0.58),
    ],
)
def test_better_than_textblob(
    shared: Path, file: str, language: str, least_f1: float, least_recall: float
) -> None:
    lines = (shared / "data" / "dev" / f"{file}.tsv").read_text(encoding="utf-8").splitlines()
    texts, truth = zip(*(line.split("\t")[:2] for line in lines), strict=True)
    analyser = Analyser()
    ours = [analyser.analyse(text, declared_language=language).tone.value[:3] for text in texts]
    plain = [_plain(text) for text in texts]
    assert macro_f1(truth, ours) > max(least_f1, macro_f1(truth, plain) + 0.1)
    assert recall(truth, ours, "neg") > max(least_recall, recall(truth, plain, "neg") + 0.1)


def _plain(text: str) -> str:
    polarity = TextBlob(text).sentiment.polarity
    return "neg" if polarity < 0 else "pos" if polarity > 0 else "neu"


def recall(truth: Sequence[str], said: Sequence[str], label: str) -> float:
    hits = sum(t == s == label for t, s in zip(truth, said, strict=True))
    return hits / truth.count(label)


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    def f1(label: str) -> float:
        hits = sum(t == s == label for t, s in zip(truth, said, strict=True))
        return 2 * hits / (truth.count(label) + said.count(label))

    return sum(map(f1, LABELS)) / len(LABELS)
