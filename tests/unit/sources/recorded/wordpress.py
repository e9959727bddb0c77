"""WordPress's comment feeds: their shape, with our own words."""

from __future__ import annotations

import html

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

CHANNEL = "<title>Commentaires pour Blog</title><language>fr-FR</language>"


def item(
    number: int = 1,
    *,
    body: str = "<p>Le service est en panne.</p>\n",
    answers: int = 0,
    date: str = "",
    author: str = "Léa",
) -> str:
    link = "https://blog.example/avis/"
    date = date or f"Sat, 01 Aug 2026 {number // 60:02}:{number % 60:02}:00 +0000"
    if answers:
        body = (
            f'<p>En réponse à <a href="{link}#comment-{answers}">Café Lumen</a>.</p>\n<p></p>{body}'
        )
    return (
        f"<item><title>Commentaires sur Avis par {author}</title>"
        f"<link>{link}comment-page-2/#comment-{number}</link>"
        f"<dc:creator><![CDATA[{author}]]></dc:creator><pubDate>{date}</pubDate>"
        f'<guid isPermaLink="false">https://blog.example/?p=9#comment-{number}</guid>'
        f"<description><![CDATA[...]]></description>"
        f"<content:encoded>{html.escape(body)}</content:encoded></item>"
    )


def page(*items: str) -> bytes:
    return samples.rss("".join(items), CHANNEL)


FULL = page(*(item(number) for number in range(110, 100, -1)))

RECORDED = Recorded(
    fields={"address": "https://blog.example"},
    address="https://blog.example/comments/feed/",
    empty=page(),
    full=FULL,
    full_count=10,
    malformed=FULL[:1500],
    hostile=page(item(body=samples.HOSTILE)),
    undated=page(item(date="hier")),
    pages={
        "https://blog.example/comments/feed": {"address": "https://blog.example/comments/feed/"},
        "https://blog.example/fr/comments/feed/atom/?paged=2": {
            "address": "https://blog.example/fr/comments/feed/atom/"
        },
        "https://blog.example/?feed=comments-rss2": {
            "address": "https://blog.example/?feed=comments-rss2"
        },
    },
)
