"""What `make bench` prints, and when a target counts as met."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.__main__ import groups, main
from tests.bench.figure import Beside, Figure, Target

HALF = Target("ratio", "at most", 0.5)


def test_a_figure_is_one_line_with_the_promised_keys() -> None:
    told = Figure(
        "poll: wall", 4.20004, "s", Beside("newsboat", 10.0), HALF, "16 workers"
    ).to_json()
    assert "\n" not in told
    assert json.loads(told) == {
        "name": "poll: wall",
        "value": 4.2,
        "unit": "s",
        "against": {"name": "newsboat", "value": 10.0},
        "ratio": 0.42,
        "target": "ratio at most 0.5",
        "ok": True,
        "how": "16 workers",
    }


def test_a_missing_peer_is_null_and_decides_nothing() -> None:
    told = json.loads(Figure("poll: wall", 4.2, "s", None, HALF).to_json())
    assert told["against"] is told["ratio"] is told["ok"] is None


def test_a_target_on_the_value_needs_no_peer() -> None:
    assert Figure("delay", 12, "ms", target=Target("value", "at most", 16)).ok
    assert Figure("speed", 12, "posts/s", target=Target("value", "at least", 16)).ok is False


def test_every_group_of_the_documents_exists() -> None:
    documents = Path(__file__).resolve().parents[3] / "CONTRIBUTING.md"
    assert ", ".join(groups()) in documents.read_text(encoding="utf-8")


def test_an_unknown_group_is_told() -> None:
    assert main(["no such group"]) == 2
