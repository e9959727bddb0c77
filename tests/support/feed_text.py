"""A small RSS feed for tests that serve one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

GOOD = "Nothing to say about anybody today."
BAD = "Café Lumen is a scam: my refund was refused. Terrible!"


def rss(entries: Iterable[tuple[str, str]], title: str = "A feed") -> bytes:
    """`entries` are (guid, text), newest first."""
    items = "".join(
        f'<item><guid isPermaLink="false">{guid}</guid><link>https://example.org/{guid}</link>'
        f"<description>{escape(words)}</description></item>"
        for guid, words in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://example.org/</link><description>d</description>{items}</channel></rss>"
    ).encode()
