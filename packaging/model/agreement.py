"""Compares second_labels.tsv, a sample labelled again blind, with the first labels. Standard library.

Run `python packaging/model/agreement.py [--list]`: agreement on tone and on intent, by language;
with --list also every post on which the two differ. Risk is not compared. Changes no label.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECOND = HERE / "second_labels.tsv"
FIRST = HERE / "data"
LANGUAGES = ("fr", "en")
LABELS = ("tone", "intent")

Rows = Mapping[str, Mapping[str, str]]
"""Id -> column -> cell."""
Pairs = Sequence[tuple[str, str]]
"""(first label, second label) of each post."""


def read(*paths: Path) -> dict[str, dict[str, str]]:
    """The rows by id. Raises ValueError when an id comes twice."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["id"] in found:
                    raise ValueError(f"{path.name}: {row['id']} comes twice")
                found[row["id"]] = row
    return found


def read_first() -> dict[str, dict[str, str]]:
    return read(*sorted(FIRST.glob("*.tsv")))


def raw_agreement(pairs: Pairs) -> float:
    """The share of posts with the same label twice, 0 to 1; there must be a post."""
    return sum(first == second for first, second in pairs) / len(pairs)


def kappa(pairs: Pairs) -> float:
    """Cohen's kappa, at most 1; 0 is what chance gives. 1 when only one label was ever used."""
    firsts = Counter(first for first, _ in pairs)
    seconds = Counter(second for _, second in pairs)
    chance = sum(firsts[label] * seconds[label] for label in firsts) / len(pairs) ** 2
    return 1.0 if chance == 1 else (raw_agreement(pairs) - chance) / (1 - chance)


def confusion(pairs: Pairs) -> Iterator[str]:
    """A table of counts: a line for each first label, a column for each second label."""
    counts = Counter(pairs)
    labels = sorted({label for pair in pairs for label in pair})
    yield "".join(f"{label:>11}" for label in ("1st \\ 2nd", *labels))
    for first in labels:
        cells = (str(counts[first, second]) for second in labels)
        yield "".join(f"{cell:>11}" for cell in (first, *cells))


def differing(first: Rows, second: Rows) -> Iterator[str]:
    """One line for each post whose tone or intent differs: id, first label -> second label."""
    for key, row in second.items():
        apart = [f"{x} {first[key][x]} -> {row[x]}" for x in LABELS if first[key][x] != row[x]]
        if apart:
            yield f"{key:24} {', '.join(apart)}"


def main(arguments: Sequence[str]) -> int:
    first, second = read_first(), read(SECOND)
    for language in LANGUAGES:
        keys = [key for key in second if key.startswith(f"{language}-")]
        for label in LABELS:
            pairs = [(first[key][label], second[key][label]) for key in keys]
            agreed = f"agreement {raw_agreement(pairs):.3f}, kappa {kappa(pairs):.3f}"
            print(f"{language} {label}: n {len(pairs)}, {agreed}")
            print(*confusion(pairs), sep="\n", end="\n\n")
    if "--list" in arguments:
        print(*differing(first, second), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
