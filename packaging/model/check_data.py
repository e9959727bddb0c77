"""Checks the project's own labelled posts (data/*.tsv) and prints what they hold. No network.

Run `python packaging/model/check_data.py [FOLDER]`; exit 1 when a row breaks a rule.
The rules and the columns are described in data/README.md.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

COLUMNS = ("id", "text", "tone", "intent", "target", "risk", "source", "region", "flags")
TONES = {"neg", "neu", "pos"}
INTENTS = {
    "complaint",
    "question",
    "request",
    "praise",
    "suggestion",
    "purchase",
    "news",
    "spam",
    "other",
}
RISKS = {
    "safety",
    "injury",
    "fire",
    "recall",
    "fraud",
    "leak",
    "discrimination",
    "legal",
    "press",
    "boycott",
    "churn",
}
SOURCES = {"social", "review", "forum", "news", "mail"}
FLAGS = {"sarcasm", "litotes", "comparison", "lookalike", "no_negative_word", "emoji"}
REGION = re.compile(r"[a-z]{2}-[A-Z]{2}( [a-z]+)*")
FILE = re.compile(r"(?P<language>[a-z]{2})_(?P<trade>[a-z]+(?:-[a-z]+)*)(?:_\d+)?\.tsv")
MAX_WORDS = 120
GRAM = 5
NEAR = 0.5
"""Two posts are near duplicates when they share this part of the shorter one's 5-grams."""
SHORT = 40
"""Below so many 5-grams the longer one counts: "Lumeyra in Metz?" is in any post that says so."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    text: str
    tone: str
    intent: str
    target: str
    risk: str
    source: str
    region: str
    flags: str
    file: str


def read_rows(path: Path) -> Iterator[Row]:
    """Raises ValueError when the header or a row's number of columns is wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(lines, ())) != COLUMNS:
            raise ValueError(f"{path.name}: the first line must be {' '.join(COLUMNS)}")
        for number, cells in enumerate(lines, start=2):
            if len(cells) != len(COLUMNS):
                raise ValueError(f"{path.name}:{number}: {len(cells)} columns")
            yield Row(*(*cells, path.name))


def fold(text: str) -> str:
    """Lower case, no accents, one space between words, straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def row_errors(row: Row) -> Iterator[str]:
    """Sentences about what is wrong with one row by itself."""
    if not row.text.strip() or len(row.text.split()) > MAX_WORDS:
        yield f"text is empty or longer than {MAX_WORDS} words"
    if row.tone not in TONES:
        yield f"unknown tone {row.tone!r}"
    if row.intent not in INTENTS:
        yield f"unknown intent {row.intent!r}"
    if row.source not in SOURCES:
        yield f"unknown source {row.source!r}"
    if not REGION.fullmatch(row.region):
        yield f"unknown region {row.region!r}"
    if row.risk != "-" and not set(row.risk.split(",")) <= RISKS:
        yield f"unknown risk {row.risk!r}"
    if row.flags != "none" and not set(row.flags.split(",")) <= FLAGS:
        yield f"unknown flag {row.flags!r}"
    if "lookalike" in row.flags and row.tone != "neu":
        yield "a look-alike says nothing about the brand: its tone is neu"
    may_differ = "lookalike" in row.flags or "@" in row.text or "#" in row.text
    if not row.target or (fold(row.target) not in fold(row.text) and not may_differ):
        yield f"target {row.target!r} is not in the text"


def repeats(rows: Sequence[Row]) -> Iterator[str]:
    """Sentences about ids used twice and texts given twice for the same target."""
    for name, count in Counter(row.id for row in rows).items():
        if count > 1:
            yield f"{name}: id used {count} times"
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        first = seen.setdefault((fold(row.text), fold(row.target)), row.id)
        if first != row.id:
            yield f"{row.id}: same text and target as {first}"


def grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    shorter, longer = sorted((len(one), len(other)))
    return len(one & other) / (longer if shorter < SHORT else shorter)


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions whose character 5-grams overlap by NEAR; only pairs that share three
    words in a row are compared, which such an overlap all but implies and keeps this quick."""
    folded = [fold(text) for text in texts]
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for position, text in enumerate(folded):
        words = re.findall(r"\w+", text)
        for start in range(len(words) - 2):
            holders[tuple(words[start : start + 3])].add(position)
    candidates = {pair for group in holders.values() for pair in combinations(sorted(group), 2)}
    parts = [grams(text) for text in folded]
    return sorted((a, b) for a, b in candidates if overlap(parts[a], parts[b]) >= NEAR)


def shares(values: Sequence[str]) -> str:
    return ", ".join(f"{k} {100 * n / len(values):.0f} %" for k, n in Counter(values).most_common())


def report(language: str, rows: Sequence[Row]) -> None:
    texts = sorted({row.text for row in rows})
    pairs = near_duplicates(texts)
    in_pairs = {position for pair in pairs for position in pair}
    openings = Counter(" ".join(fold(text).split()[:2]) for text in texts).most_common(4)
    trades = {match["trade"] for row in rows if (match := FILE.fullmatch(row.file))}
    print(f"{language}: {len(rows)} rows, {len(texts)} texts, {len(trades)} trades")
    print(f"  tone    {shares([row.tone for row in rows])}")
    print(f"  intent  {shares([row.intent for row in rows])}")
    print(f"  source  {shares([row.source for row in rows])}")
    print(f"  flags   {Counter(f for row in rows for f in row.flags.split(',')).most_common()}")
    print(f"  risk    {Counter(r for row in rows for r in row.risk.split(',')).most_common()}")
    print(f"  openings {openings}")
    print(f"  near duplicates: {len(in_pairs)} texts, {100 * len(in_pairs) / len(texts):.2f} %")
    for a, b in pairs:
        print(f"    {texts[a]!r}\n    {texts[b]!r}")


def main(folder: Path) -> int:
    by_language: dict[str, list[Row]] = defaultdict(list)
    errors: list[str] = []
    for path in sorted(folder.glob("*.tsv")):
        name = FILE.fullmatch(path.name)
        if name is None:
            errors.append(f"{path.name}: not named language_trade.tsv")
            continue
        try:
            rows = list(read_rows(path))
        except ValueError as problem:
            errors.append(str(problem))
        else:
            if rows:
                by_language[name["language"]] += rows
    every = [row for rows in by_language.values() for row in rows]
    errors += [f"{row.file} {row.id}: {error}" for row in every for error in row_errors(row)]
    errors += repeats(every)
    for language, found in by_language.items():
        report(language, found)
    print("\n".join(errors))
    return 1 if errors else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(Path(given[0]) if given else Path(__file__).parent / "data"))
