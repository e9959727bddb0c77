"""JSON Feed 1.0 and 1.1, and RSS written as JSON -> entries. Pure and total."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from monitor.sources import markup
from monitor.sources.raw_feed import RawEntry, RawFeed


def read_json(text: str, url: str) -> RawFeed | None:
    """What the text holds; None when it is no feed in JSON."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(root, dict):
        return None
    if isinstance(rss := root.get("rss"), dict) and isinstance(rss.get("channel"), dict):
        return _rss(rss["channel"], url)
    if "items" not in root or "version" not in root:
        return None
    base = _link(root.get("home_page_url"), url) or url
    return RawFeed(
        title=markup.one_line(markup.plain_to_text(_str(root.get("title")))),
        language=_str(root.get("language")),
        entries=[_item(item, base, root) for item in _dicts(root["items"])],
        ended=root.get("expired") is True,
    )


def _item(item: dict[str, Any], base: str, feed: dict[str, Any]) -> RawEntry:
    link = _link(item.get("url"), base)
    author = next(_people(item), next(_people(feed), {}))
    text = markup.html_to_text(_str(item.get("content_html")))
    return RawEntry(
        id=_str(item.get("id")).strip(),
        link=link or _link(item.get("external_url"), base),
        title=markup.title_to_text(_str(item.get("title"))),
        text=text
        or markup.plain_to_text(_str(item.get("content_text")) or _str(item.get("summary"))),
        author=markup.one_line(markup.plain_to_text(_str(author.get("name")))),
        author_url=_link(author.get("url"), link or base),
        published=_str(item.get("date_published")) or _str(item.get("date_modified")),
        language=_str(item.get("language")),
    )


def _people(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """1.1 has `authors`, 1.0 had `author`."""
    authors = item.get("authors")
    yield from (
        a for a in _dicts(authors if isinstance(authors, list) else [item.get("author")]) if a
    )


def _rss(channel: dict[str, Any], url: str) -> RawFeed:
    items = channel.get("item")
    return RawFeed(
        title=markup.title_to_text(_str(channel.get("title"))),
        language=_str(channel.get("language")),
        entries=[
            RawEntry(
                id=_str(item.get("guid")).strip(),
                link=markup.safe_link(_str(item.get("link")) or _str(item.get("guid")), url),
                title=markup.title_to_text(_str(item.get("title"))),
                text=markup.any_to_text(_str(item.get("description"))),
                author=markup.title_to_text(_str(item.get("author"))),
                published=_str(item.get("pubDate")),
            )
            for item in _dicts(items if isinstance(items, list) else [items])
        ],
    )


def _dicts(values: object) -> Iterator[dict[str, Any]]:
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))


def _link(value: object, base: str) -> str:
    return markup.safe_link(value, base) if isinstance(value, str) else ""


def _str(value: object) -> str:
    """Strings as they are, numbers as digits ("id": 12 occurs), {"#value": ...} its value, else ""."""
    if isinstance(value, dict):
        value = value.get("#value")
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""
