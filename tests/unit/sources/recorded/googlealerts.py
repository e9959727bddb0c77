"""Google Alerts: the shape of its Atom feeds, with our own words."""

from __future__ import annotations

import html

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

ADDRESS = "https://www.google.com/alerts/feeds/01234567890123456789/9876543210987654321"


def entry(
    number: int = 1,
    *,
    url: str = "",
    body: str = "Un rappel de <b>Café Lumen</b> fait parler&nbsp;...",
    date: str = "",
) -> str:
    url = url or f"https://lequotidien.example/{number}"
    link = f"https://www.google.com/url?rct=j&sa=t&url={url}&ct=ga&cd=CAIy&usg=AOvVaw{number}"
    date = date or f"2026-08-01T09:{59 - number:02}:00Z"
    return (
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{number}</id>"
        f'<title type="html">&lt;b&gt;Café Lumen&lt;/b&gt; rappelle, acte {number}</title>'
        f'<link href="{html.escape(link)}"/><published>{date}</published><updated>{date}</updated>'
        f'<content type="html">{html.escape(body)}</content><author><name/></author></entry>'
    )


def page(*entries: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:idx="urn:atom-extension:indexing">'
        "<id>tag:google.com,2005:reader/user/0123/state/com.google/alerts/9876</id>"
        f"<title>Google Alert - Café Lumen</title>{''.join(entries)}</feed>"
    ).encode()


FULL = page(*(entry(number) for number in range(1, 21)))

RECORDED = Recorded(
    fields={"address": ADDRESS},
    address=ADDRESS,
    empty=page(),
    full=FULL,
    full_count=20,
    malformed=FULL[:1500],
    hostile=page(entry(body=samples.HOSTILE)),
    undated=page(entry(date="hier")),
    pages={
        ADDRESS: {"address": ADDRESS},
        "http://www.google.co.jp/alerts/feeds/012/345/": {
            "address": "https://www.google.com/alerts/feeds/012/345"
        },
    },
)
