"""packaging/model/agreement.py: its arithmetic, and the ids of the posts labelled twice."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "model" / "agreement.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT), run_name="agreement")


def test_kappa_takes_chance_away(script: dict[str, Any]) -> None:
    # 6 of 8 agree. Chance: (4 x 4 + 4 x 4) / 64 = 0.5. Kappa: (0.75 - 0.5) / 0.5.
    pairs = [("neg", "neg")] * 3 + [("neg", "pos"), ("pos", "neg")] + [("pos", "pos")] * 3
    assert script["raw_agreement"](pairs) == 0.75
    assert script["kappa"](pairs) == 0.5


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("neg", "neg"), ("pos", "pos")], 1.0),
        ([("neg", "pos"), ("pos", "neg")], -1.0),
        ([("neg", "neg"), ("neg", "pos")], 0.0),
        ([("neg", "neg")], 1.0),
        ([("neg", "pos")], 0.0),
    ],
)
def test_kappa_at_its_ends(
    script: dict[str, Any], pairs: list[tuple[str, str]], expected: float
) -> None:
    assert script["kappa"](pairs) == expected


def test_confusion_counts_first_by_second(script: dict[str, Any]) -> None:
    pairs = [("neg", "neg"), ("neg", "pos"), ("neg", "pos")]
    header, *lines = (line.split() for line in script["confusion"](pairs))
    assert header[-2:] == ["neg", "pos"]
    assert lines == [["neg", "1", "2"], ["pos", "0", "0"]]


def test_only_differing_posts_are_listed(script: dict[str, Any]) -> None:
    first = {"a": {"tone": "neg", "intent": "news"}, "b": {"tone": "neu", "intent": "news"}}
    second = {"a": {"tone": "neg", "intent": "news"}, "b": {"tone": "pos", "intent": "news"}}
    assert [line.split() for line in script["differing"](first, second)] == [
        ["b", "tone", "neu", "->", "pos"]
    ]


def test_an_id_may_not_come_twice(script: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "twice.tsv"
    path.write_text("id\ttone\na\tneg\na\tpos\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a comes twice"):
        script["read"](path)


def test_every_post_labelled_twice_exists(script: dict[str, Any]) -> None:
    second = script["read"](script["SECOND"])
    first = script["read_first"]()
    assert len(second) == 800
    assert second.keys() <= first.keys()
    for label in script["LABELS"]:
        known = {row[label] for row in first.values()}
        assert {row[label] for row in second.values()} <= known


def test_the_figures_are_printed_for_each_language(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert script["main"](["--list"]) == 0
    printed = capsys.readouterr().out
    for heading in ("fr tone: n 450", "fr intent: n 450", "en tone: n 350", "en intent: n 350"):
        assert heading in printed
