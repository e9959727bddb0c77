"""Writes sample entries as RSS 2.0, Atom 1.0 or JSON Feed 1.1, and as a plain page. Pure. No I/O.

Bodies are escaped for the format and never repaired: hostile markup is part of the demonstration.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from monitor.demo.samples import SampleEntry, SampleFeed

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry with the moment it was published (UTC), None when it has no date."""

    entry: SampleEntry
    at: datetime | None


def write_feed(feed: SampleFeed, entries: Sequence[Dated], base: str) -> bytes:
    """`base` is the server's address without a closing slash; `entries` are newest first."""
    writers = {"rss": _rss, "atom": _atom, "json": _json}
    return writers[feed.format](feed, entries, base).encode()


def write_page(entry: SampleEntry, name: str, replies: Sequence[str] = ()) -> bytes:
    """A permalink's page: the post and the replies to it as text, nothing in it can act."""
    title = escape(entry.title or name)
    return (
        '<!doctype html><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1>"
        f"<p><b>{escape(_author(entry))}</b>, {escape(name)}</p><pre style='white-space:pre-wrap'>"
        f"{escape(entry.body)}</pre>{''.join(_reply(text) for text in replies)}"
    ).encode()


def write_reply(text: str, author: str) -> bytes:
    """The page of a reply that was published here."""
    return (
        f'<!doctype html><meta charset="utf-8"><title>{escape(author)}</title>'
        f"<h1>{escape(author)}</h1>{_reply(text)}"
    ).encode()


def _reply(text: str) -> str:
    return f"<hr><pre style='white-space:pre-wrap'>{escape(text)}</pre>"


def write_index(feeds: Sequence[SampleFeed], base: str) -> bytes:
    """A page that declares every feed, as a site's front page does."""
    links = "".join(
        f'<link rel="alternate" type="{CONTENT_TYPES[feed.format].partition(";")[0]}"'
        f' title="{escape(feed.name)}" href="{base}/feeds/{feed.key}">'
        for feed in feeds
    )
    return f'<!doctype html><meta charset="utf-8"><title>Vigie</title>{links}'.encode()


def _author(entry: SampleEntry) -> str:
    return entry.author or (f"@{entry.handle}" if entry.handle else "")


def _markup(entry: SampleEntry) -> str:
    return entry.body if entry.is_html else escape(entry.body)


def _rss(feed: SampleFeed, entries: Sequence[Dated], base: str) -> str:
    language = f"<language>{feed.language}</language>" if feed.language else ""
    items = "".join(_rss_item(dated, base) for dated in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(feed.name)}</title><link>{base}/</link>"
        f"<description>{escape(feed.name)}</description>{language}{items}</channel></rss>"
    )


def _rss_item(dated: Dated, base: str) -> str:
    entry = dated.entry
    title = f"<title>{escape(entry.title)}</title>" if entry.title else ""
    creator = f"<dc:creator>{escape(_author(entry))}</dc:creator>" if _author(entry) else ""
    date = entry.date or (format_datetime(dated.at) if dated.at else "")
    date = f"<pubDate>{escape(date)}</pubDate>" if date else ""
    return (
        f'<item><guid isPermaLink="false">{entry.id}</guid>{title}{creator}{date}'
        f"<link>{base}{entry.path}</link>"
        f"<description>{escape(_markup(entry))}</description></item>"
    )


def _atom(feed: SampleFeed, entries: Sequence[Dated], base: str) -> str:
    language = f' xml:lang="{feed.language}"' if feed.language else ""
    newest = next((dated.at for dated in entries if dated.at), None)
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else ""
    items = "".join(_atom_entry(dated, base) for dated in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom"{language}><title>{escape(feed.name)}</title>'
        f'<id>{base}/feeds/{feed.key}</id><link href="{base}/"/>{updated}{items}</feed>'
    )


def _atom_entry(dated: Dated, base: str) -> str:
    entry = dated.entry
    author = f"<author><name>{escape(_author(entry))}</name></author>" if _author(entry) else ""
    date = entry.date or (dated.at.isoformat() if dated.at else "")
    date = f"<published>{escape(date)}</published>" if date else ""
    kind = "html" if entry.is_html else "text"
    return (
        f"<entry><id>urn:vigie:demo:{entry.id}</id><title>{escape(entry.title)}</title>{author}{date}"
        f'<link href="{base}{entry.path}"/>'
        f'<content type="{kind}">{escape(entry.body)}</content></entry>'
    )


def _json(feed: SampleFeed, entries: Sequence[Dated], base: str) -> str:
    items = []
    for dated in entries:
        entry = dated.entry
        item: dict[str, object] = {"id": entry.id, "url": base + entry.path}
        item["content_html" if entry.is_html else "content_text"] = entry.body
        if entry.title:
            item["title"] = entry.title
        if _author(entry):
            item["authors"] = [{"name": _author(entry)}]
        if entry.date or dated.at:
            item["date_published"] = entry.date or (dated.at.isoformat() if dated.at else "")
        items.append(item)
    whole: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": f"{base}/",
        "items": items,
    }
    if feed.language:
        whole["language"] = feed.language
    return json.dumps(whole, ensure_ascii=False)
