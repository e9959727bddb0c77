"""Bytes -> posts, whatever the format and however ill-formed. Pure and total.

Well-formed XML is read by lxml (0.5 ms for a usual feed); mended XML too; only what is still
ill-formed goes to feedparser, 50 times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from monitor.infra.logins import without_login
from monitor.model.post import Post
from monitor.sources.charset import decode
from monitor.sources.json_feed import read_json
from monitor.sources.loose_feed import read_loose
from monitor.sources.posts import language_code, to_posts
from monitor.sources.raw_feed import RawFeed
from monitor.sources.xml_doc import parse_xml
from monitor.sources.xml_feed import read_feed

_ENTITIES = re.compile(r"(?:&#?\w+;\s*)+")
_FEED_START = re.compile(r"<\s*(?:[\w.-]+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
# "(?>": what was taken for a comment stays one. Without it a few dozen comments before something else
# are tried in every combination, for years, and nothing else of the program runs meanwhile.
_HTML_START = re.compile(
    r"^\s*(?>(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """`posts` newest first. `skipped` counts entries with nothing to read. `ttl` is in seconds.

    `skip_hours` (0 to 23, GMT) and `skip_days` (0 is Monday) are when the feed asks to be left alone.
    `ended` says that the feed itself announces its end.
    """

    title: str
    language: str
    posts: tuple[Post, ...]
    skipped: int
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    ended: bool = False


def parse_feed(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed | None:
    """The feed in these bytes; None when there is none. `url` is where they came from."""
    # Its links are resolved against the address: no link may carry the reader's name or password.
    feed = read_raw(body, content_type, without_login(url))
    if feed is None:
        return None
    language = language_code(feed.language)
    posts, skipped = to_posts(feed.entries, language, now)
    return ParsedFeed(
        _name(feed.title),
        language,
        posts,
        skipped,
        feed.ttl,
        feed.skip_hours,
        feed.skip_days,
        feed.ended,
    )


def _name(title: str) -> str:
    """Entities that nobody defined are no name: "&l11;"."""
    return "" if _ENTITIES.fullmatch(title) else title


def is_html(text: str) -> bool:
    """True when the text is a web page."""
    return _HTML_START.match(text[:5000]) is not None


def read_raw(body: bytes, content_type: str, url: str) -> RawFeed | None:
    """The entries as their format has them, before they become posts."""
    text = decode(body, content_type)
    start = text[:200].lstrip("\ufeff \t\r\n\x00")
    if start.startswith("{"):
        return read_json(text.lstrip("\ufeff \t\r\n\x00"), url)
    if is_html(text) or not _FEED_START.search(text[:100_000]):
        return None
    for repair in (False, True):
        root = parse_xml(text, url, repair=repair)
        if root is not None:
            return read_feed(root)
    return read_loose(text, url)
