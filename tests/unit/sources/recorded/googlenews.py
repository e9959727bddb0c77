"""Google News: the shape of its search's answers as several public clients read them, our own words."""

from __future__ import annotations

import html

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

CHANNEL = (
    "<generator>NFE/5.0</generator><title>&quot;Café Lumen&quot; - Google News</title>"
    "<language>fr</language>"
)


def item(
    number: int = 1,
    *,
    headline: str = "Café Lumen rappelle un produit",
    paper: str = "Le Quotidien",
    body: str | None = None,
    date: str = "",
) -> str:
    link = f"https://news.google.com/rss/articles/CBMi{number}?oc=5"
    title = f"{headline}, acte {number}"
    shown = f'<a href="{link}">{title}</a>&nbsp;&nbsp;<font color="#6f6f6f">{paper}</font>'
    date = date or f"Sat, 01 Aug 2026 {9 - number // 60:02}:{59 - number % 60:02}:00 GMT"
    return (
        f"<item><title>{html.escape(title)} - {html.escape(paper)}</title><link>{link}</link>"
        f'<guid isPermaLink="false">CBMi{number}</guid><pubDate>{date}</pubDate>'
        f"<description>{html.escape(shown if body is None else body)}</description>"
        f'<source url="https://lequotidien.example">{html.escape(paper)}</source></item>'
    )


def page(*items: str) -> bytes:
    return samples.rss("".join(items), CHANNEL)


FULL = page(*(item(number) for number in range(1, 51)))

RECORDED = Recorded(
    fields={"words": "Café Lumen", "edition": "fr-FR"},
    address="https://news.google.com/rss/search?q=%22Caf%C3%A9+Lumen%22&hl=fr&gl=FR&ceid=FR%3Afr",
    empty=page(),
    full=FULL,
    full_count=50,
    malformed=FULL[:1500],
    hostile=page(item(body=samples.HOSTILE)),
    undated=page(item(date="hier")),
    pages={
        "https://news.google.com/search?q=%22Caf%C3%A9%20Lumen%22&hl=fr-CA&gl=CA&ceid=CA%3Afr": {
            "words": "Café Lumen",
            "edition": "fr-CA",
        },
        "https://news.google.com/rss/search?q=moka+when:7d&hl=pt-BR&gl=BR&ceid=BR:pt-419": {
            "words": "moka",
            "edition": "pt-BR",
        },
        "https://news.google.com/search?q=moka": {"words": "moka", "edition": "en-US"},
    },
)
