"""Bing News: the shape of its search's answers as several public clients read them, our own words."""

from __future__ import annotations

import html
from urllib.parse import quote

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_QUERY = "https://www.bing.com/news/search?q=%22Caf%C3%A9+Lumen%22&amp;format=rss"


def item(
    number: int = 1,
    *,
    url: str = "",
    counter: str = "1",
    body: str = "Le café fait parler de lui.",
    date: str = "",
) -> str:
    url = url or f"https://lequotidien.example/article?id={number}&page=1"
    link = (
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid={counter}"
        f"&url={quote(url, safe='')}&c={counter}&mkt=fr-fr"
    )
    date = date or f"Sat, 01 Aug 2026 09:{59 - number % 60:02}:00 GMT"
    return (
        f"<item><title>Café Lumen rappelle un produit, acte {number}</title>"
        f"<link>{html.escape(link)}</link><description>{html.escape(body)}</description>"
        f"<pubDate>{date}</pubDate><News:Source>Le Quotidien</News:Source>"
        "<News:Image>http://www.bing.com/th?id=1</News:Image></item>"
    )


def page(*items: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8" ?><rss version="2.0" xmlns:News="{_QUERY}"><channel>'
        "<title>&quot;Café Lumen&quot; - BingNews</title>"
        f"<link>{_QUERY}</link><description>Search results</description>{''.join(items)}"
        "</channel></rss>"
    ).encode()


FULL = page(*(item(number) for number in range(1, 13)))

RECORDED = Recorded(
    fields={"words": "Café Lumen", "edition": "fr-FR"},
    address="https://www.bing.com/news/search?q=%22Caf%C3%A9+Lumen%22&format=rss&setlang=fr&cc=FR"
    "&qft=sortbydate%3D%221%22",
    empty=page(),
    full=FULL,
    full_count=12,
    malformed=FULL[:1500],
    hostile=page(item(body=samples.HOSTILE)),
    undated=page(item(date="hier")),
    pages={
        "https://www.bing.com/news/search?q=%22moka%22&format=RSS&setlang=de&cc=AT": {
            "words": "moka",
            "edition": "de-AT",
        },
        "https://www.bing.com/news/search?q=moka": {"words": "moka", "edition": "en-US"},
    },
)
