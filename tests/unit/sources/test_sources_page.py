"""docs/sources.md says of every kind what the kind says of itself; nothing else is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.sources.base import SourceInfo
from monitor.sources.registry import kinds

DOCS = Path(__file__).resolve().parents[3] / "docs"
TITLE = re.compile(r"^### (.+): `([\w-]+)`$", re.MULTILINE)
POINT = re.compile(r"^- (Finds|Never shows|Limits|Account): (.+)$", re.MULTILINE)
INTERVALS = re.compile(r"^every (\d+) min, at least (\d+)\b")


def sections() -> dict[str, tuple[str, dict[str, str]]]:
    """Kind -> its label and its points, each on one line."""
    page = re.sub(r"\n  (?=\S)", " ", (DOCS / "sources.md").read_text("utf-8"))
    parts = TITLE.split(page)[1:]
    return {
        parts[at + 1]: (parts[at], dict(POINT.findall(parts[at + 2])))
        for at in range(0, len(parts), 3)
    }


def test_every_kind_is_there_once() -> None:
    assert sorted(sections()) == sorted(kinds())
    page = (DOCS / "sources.md").read_text("utf-8")
    assert len(TITLE.findall(page)) == len(kinds())
    cli = (DOCS / "cli.md").read_text("utf-8")
    assert not [kind for kind in kinds() if f"`{kind}`" not in cli]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_page_says_what_the_kind_says(kind: str) -> None:
    info = kinds()[kind].info
    label, points = sections()[kind]
    assert label == str(info.label)
    assert points["Finds"]
    assert info.unseen is not None
    assert points["Never shows"] == str(info.unseen)
    assert points["Account"].startswith("none") != info.needs_account
    _check_limits(points["Limits"], info)


def _check_limits(told: str, info: SourceInfo) -> None:
    found = INTERVALS.match(told)
    assert found is not None, told
    assert [int(found[1]) * 60, int(found[2]) * 60] == [info.default_interval, info.min_interval]
    for seconds in info.spacing.values():
        assert seconds < 5 or f"{seconds:.0f} s between two requests" in told
