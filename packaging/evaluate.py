"""How well the tone is judged: labelled English and French texts, beside plain TextBlob.

    .venv/bin/python packaging/evaluate.py [FOLDER]

FOLDER holds tab-separated files named <set>_<language>.tsv, with text and label (neg, neu, pos);
without it, the folder of labelled texts beside the project. One line a set and a judge.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textblob import TextBlob

from monitor.analysis.analyser import Analyser
from say import fail, say

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev"
LANGUAGES = ("en", "fr")
LABELS = ("neg", "neu", "pos")
Judge = Callable[[str, str], str]


@dataclass(frozen=True)
class Scores:
    """Of the negatives: precision, recall and their harmonic mean; and the mean F1 of the three tones."""

    precision: float
    recall: float
    f1: float
    macro_f1: float

    def __str__(self) -> str:
        negatives = f"{self.precision:.2f} / {self.recall:.2f} / {self.f1:.2f}"
        return f"negatives precision / recall / F1 {negatives}, macro-F1 {self.macro_f1:.2f}"


def vigie() -> Judge:
    analyser = Analyser()

    def judge(text: str, language: str) -> str:
        tone = analyser.analyse(text, declared_language=language).tone.value
        return {"negative": "neg", "positive": "pos"}.get(tone, "neu")

    return judge


def textblob(text: str, _language: str) -> str:
    """Plain TextBlob reads English only; French goes through it as it is."""
    polarity = TextBlob(text).sentiment.polarity
    return "neg" if polarity < 0 else "pos" if polarity > 0 else "neu"


def score(truths: Sequence[str], judged: Sequence[str]) -> Scores:
    """Zero where nothing was there to find, or nothing was found."""
    each = {label: of_label(label, truths, judged) for label in LABELS}
    return Scores(*each["neg"], sum(f1 for _, _, f1 in each.values()) / len(LABELS))


def of_label(
    label: str, truths: Sequence[str], judged: Sequence[str]
) -> tuple[float, float, float]:
    both = sum(truth == said == label for truth, said in zip(truths, judged, strict=True))
    precision = both / max(1, judged.count(label))
    recall = both / max(1, truths.count(label))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def labelled(path: Path) -> list[tuple[str, str]]:
    """(text, label) of every line with one of the three labels."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row[0], row[1]) for row in rows if len(row) > 1 and row[1] in LABELS]


def evaluate(folder: Path) -> None:
    judges: dict[str, Judge] = {"Vigie": vigie(), "TextBlob": textblob}
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"*_{language}.tsv")):
            pairs = labelled(path)
            truths = [label for _, label in pairs]
            for name, judge in judges.items():
                if pairs:
                    scores = score(truths, [judge(text, language) for text, _ in pairs])
                    say(f"{path.stem:18} {len(pairs):5} texts  {name:9} {scores}")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if sys.argv[1:] else BESIDE
    if not chosen.is_dir():
        fail(
            f"There are no labelled texts in {chosen}. Name their folder: packaging/evaluate.py FOLDER"
        )
    evaluate(chosen)
