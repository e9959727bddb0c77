"""Reads the sample brands and feeds of resources/demo. No network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from monitor.model.brand import Brand


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One invented post. `days_ago` None: undated. `date` is served word for word when not empty.

    `body` is markup when `is_html`, else plain text. `late` entries appear after the first poll.
    """

    id: str
    author: str
    handle: str
    title: str
    body: str
    is_html: bool
    path: str
    days_ago: float | None
    date: str
    late: bool


@dataclass(frozen=True, slots=True)
class SampleFeed:
    """`key` is the file's name without suffix and names the feed in its address. One with a `tag` is
    also served as Mastodon serves a hashtag, and can be answered."""

    key: str
    name: str
    language: str
    format: str
    entries: tuple[SampleEntry, ...]
    tag: str = ""


def load_feeds(folder: Path) -> tuple[SampleFeed, ...]:
    paths = sorted(path for path in folder.glob("*.json") if path.name != "brands.json")
    return tuple(_feed(path) for path in paths)


def load_brands(folder: Path) -> tuple[Brand, ...]:
    """Their ids are 0: not stored yet."""
    stored = json.loads((folder / "brands.json").read_text(encoding="utf-8"))
    return tuple(
        Brand(
            id=0,
            name=brand["name"],
            aliases=tuple(brand["aliases"]),
            must_not_near=tuple(brand["must_not_near"]),
            excluded_languages=tuple(brand["excluded_languages"]),
            rival=brand["rival"],
            color=brand["color"],
        )
        for brand in stored["brands"]
    )


def _feed(path: Path) -> SampleFeed:
    stored = json.loads(path.read_text(encoding="utf-8"))
    entries = tuple(
        SampleEntry(
            id=entry["id"],
            author=entry["author"],
            handle=entry["handle"],
            title=entry["title"],
            body=entry.get("html", entry.get("text", "")),
            is_html="html" in entry,
            path=entry["path"],
            days_ago=entry["days_ago"],
            date=entry.get("date", ""),
            late=entry.get("late", False),
        )
        for entry in stored["entries"]
    )
    return SampleFeed(
        path.stem,
        stored["name"],
        stored["language"],
        stored["format"],
        entries,
        stored.get("tag", ""),
    )
