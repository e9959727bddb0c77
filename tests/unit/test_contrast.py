"""packaging/model/contrast_*.tsv: well formed, balanced, and none of the posts that teach."""

from __future__ import annotations

import csv
import runpy
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

MODEL = Path(__file__).resolve().parents[2] / "packaging" / "model"
COLUMNS = ["id", "text", "tone", "target", "kind", "part"]
KINDS = {
    "sarcasm_neg",
    "sarcasm_pos",
    "litotes",
    "negation",
    "target",
    "neutral_question",
    "announcement",
    "no_negative_word",
    "emoji",
    "caps",
    "implicit",
}
ONE_TONE = {
    "sarcasm_neg": "neg",
    "sarcasm_pos": "pos",
    "neutral_question": "neu",
    "announcement": "neu",
    "no_negative_word": "neg",
}
LEAST_ROWS = 320
LEAST_PER_KIND = 25
MOST_APART = 4
"""Rows by which the two parts of one kind may differ: pairs stay together."""

Row = dict[str, str]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(MODEL / "check_data.py"), run_name="check_data")


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rows(language: str) -> list[Row]:
    with (MODEL / f"contrast_{language}.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert lines[0] == COLUMNS
    return [dict(zip(COLUMNS, cells, strict=True)) for cells in lines[1:]]


def test_labels_are_known_and_ids_come_once(rows: list[Row], language: str) -> None:
    assert len(rows) >= LEAST_ROWS
    assert [row["id"] for row in rows] == [
        f"c{language}-{number:03d}" for number in range(1, len(rows) + 1)
    ]
    for row in rows:
        assert row["tone"] in {"neg", "neu", "pos"}, row
        assert row["tone"] == ONE_TONE.get(row["kind"], row["tone"]), row
        assert row["part"] in {"dev", "held"}, row
        assert row["target"].casefold() in row["text"].casefold(), row
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= LEAST_PER_KIND


def test_parts_are_balanced_and_a_text_is_in_one_of_them(rows: list[Row]) -> None:
    for kind in KINDS:
        parts = Counter(row["part"] for row in rows if row["kind"] == kind)
        assert abs(parts["dev"] - parts["held"]) <= MOST_APART, kind
    held = {row["text"] for row in rows if row["part"] == "held"}
    assert held.isdisjoint(row["text"] for row in rows if row["part"] == "dev")


def test_a_text_comes_twice_only_for_two_targets(rows: list[Row]) -> None:
    targets = defaultdict(list)
    for row in rows:
        targets[row["text"]].append((row["target"], row["kind"]))
    for text, found in targets.items():
        assert len(set(found)) == len(found) <= 2, text
        assert len(found) == 1 or {kind for _, kind in found} == {"target"}, text


def test_no_case_is_close_to_a_training_post_or_to_the_other_part(
    script: dict[str, Any], rows: list[Row], language: str
) -> None:
    parts = {row["text"]: row["part"] for row in rows}
    posts = {
        post.text
        for path in sorted((MODEL / "data").glob(f"{language}_*.tsv"))
        for post in script["read_rows"](path)
    }
    texts = [*parts, *sorted(posts - parts.keys())]
    assert posts.isdisjoint(parts)
    close = [
        (texts[a], texts[b])
        for a, b in script["near_duplicates"](texts)
        if parts.get(texts[a]) != parts.get(texts[b])
    ]
    assert not close
