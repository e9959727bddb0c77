"""Small feeds of every format, and an account to read with, written for these tests. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model.account import Login
from monitor.sources.base import Access

NOW = datetime(2026, 8, 2, 12, 0, tzinfo=UTC)
URL = "https://blog.example/feed"

_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(items: str, channel: str = "<title>Blog</title><language>fr-FR</language>") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}>'
    return f"{head}<channel>{channel}{items}</channel></rss>".encode()


def atom(entries: str, head: str = "<title>Blog</title>") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
        f'xml:lang="en">{head}{entries}</feed>'
    ).encode()


def item(number: int = 1, *, body: str = "Le service est en panne.", more: str = "") -> str:
    return (
        f"<item><title>Titre {number}</title><link>https://blog.example/{number}</link>"
        f'<guid isPermaLink="false">id-{number}</guid>'
        f"<pubDate>Sat, 01 Aug 2026 10:{number % 60:02}:00 +0200</pubDate>"
        f"<description>{body}</description>{more}</item>"
    )


FULL_PAGE = rss("".join(item(number) for number in range(1, 51)))

HOSTILE = """<p onclick="alert(1)">Bonjour <b>Marque</b><script>steal()</script></p>
<iframe src="https://evil.example/"></iframe><img src=x onerror=alert(1)>
<a href="javascript:alert(1)">lien</a><style>p{display:none}</style>\u202e\u200bfin"""


class Purse:
    """A budget without an end that counts what was spent, in millionths of a US dollar."""

    def __init__(self) -> None:
        self.spent = 0

    def reserve(self, amount: int) -> bool:
        self.spent += amount
        return True

    def give_back(self, amount: int) -> None:
        self.spent -= amount

    def left(self) -> int:
        return 10**12


def access(login: Login) -> Access:
    """With the eyes of this account, whatever it costs."""
    return Access(login, Purse())
