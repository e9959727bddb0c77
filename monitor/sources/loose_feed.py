"""An ill-formed feed -> entries, by feedparser. Pure and total. Slow: only where XML has failed.

feedparser reads what is no XML at all (unclosed items, wrong namespaces). Its sanitiser and its
resolver are off: markup.py does both, and they cost most of its time.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from typing import Any

from monitor.sources import markup
from monitor.sources.raw_feed import RawEntry, RawFeed

MAX_LENGTH = 1024 * 1024
"""Longer ill-formed texts are cut: reading holds up every other thread (1 s and more per MB)."""

_MARKS = re.compile(r"<(/?)(?:\w+:)?(item|entry|rss|feed|rdf)\b", re.IGNORECASE)


def read_loose(text: str, url: str) -> RawFeed | None:
    """What feedparser finds; None when it finds no feed."""
    import feedparser  # 60 ms, and only for ill-formed feeds

    parsed: Any = {}
    # Whatever is thrown inside, the outcome is the same: these bytes are no feed.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = feedparser.parse(
            _whole(text[:MAX_LENGTH]).encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    if not parsed or not (parsed.get("version") or parsed.get("entries")):
        return None
    feed = parsed.get("feed") or {}
    return RawFeed(
        title=markup.title_to_text(str(feed.get("title") or "")),
        language=str(feed.get("language") or ""),
        entries=[_entry(entry, url) for entry in parsed.get("entries") or ()],
    )


def _whole(text: str) -> str:
    """Without the entry in which a broken-off text ends: it would be known by what is left of it, and come
    again as another one. The only one stays, as all do where none is closed."""
    begun, closed = -1, False
    for mark in _MARKS.finditer(text):
        is_entry = mark[2].lower() in ("item", "entry")
        closed = closed or bool(is_entry and mark[1])
        if is_entry or mark[1]:
            begun = -1 if mark[1] else mark.start()
    return text[:begun] if closed and begun >= 0 else text


def _entry(entry: Any, url: str) -> RawEntry:
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    body = next(filter(None, contents), "") or entry.get("summary") or ""
    author = entry.get("author_detail") or {}
    return RawEntry(
        id=str(entry.get("id") or ""),
        link=markup.safe_link(str(entry.get("link") or ""), url),
        title=markup.title_to_text(str(entry.get("title") or "")),
        text=markup.any_to_text(str(body)),
        author=markup.title_to_text(str(author.get("name") or entry.get("author") or "")),
        author_url=markup.safe_link(str(author.get("href") or ""), url),
        published=str(entry.get("published") or entry.get("updated") or entry.get("created") or ""),
    )
