"""Reddit's feeds: the shape of the Atom that public readers keep of it, our own words."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
TOKEN = "0123456789abcdef0123456789abcdef01234567"


def number36(number: int) -> str:
    return f"1k{number:04}"


def entry(
    number: int = 1,
    *,
    body: str | None = None,
    author: str = "quelquun",
    date: str = "",
    kind: str = "t3",
    community: str = "france",
) -> str:
    link = f"https://www.reddit.com/r/{community}/comments/{number36(number)}/cafe_lumen/"
    said = f"<!-- SC_OFF --><div class='md'><p>Le service de Café Lumen, acte {number}.</p></div><!-- SC_ON -->"
    below = (
        f"&#32; submitted by &#32; <a href='https://www.reddit.com/user/{author}'> /u/{author} </a>"
        f" <br/> <span><a href='{link}'>[link]</a></span> &#32; <span><a href='{link}'>[comments]</a></span>"
    )
    content = html.escape((said if body is None else body) + below)
    date = date or (_NOON - timedelta(minutes=number)).isoformat()
    return (
        f"<entry><author><name>/u/{author}</name><uri>https://www.reddit.com/user/{author}</uri></author>"
        f'<category term="{community}" label="r/{community}"/><content type="html">{content}</content>'
        f'<id>{kind}_{number36(number)}</id><link href="{link}" /><updated>{date}</updated>'
        f"<published>{date}</published><title>Café Lumen, acte {number}</title></entry>"
    )


def page(*entries: str) -> bytes:
    return samples.atom("".join(entries), "<title>reddit.com: search results</title>")


FULL = page(*(entry(number) for number in range(1, 51)))
_SEARCH = "https://www.reddit.com/search.rss?q=%22Caf%C3%A9+Lumen%22&sort=new&limit=100"

RECORDED = Recorded(
    fields={"words": "Café Lumen"},
    address=_SEARCH,
    empty=page(),
    full=FULL,
    full_count=50,
    malformed=FULL[:1500],
    hostile=page(entry(body=samples.HOSTILE)),
    undated=page(entry(date="hier")),
    pages={
        _SEARCH: {"words": "Café Lumen"},
        "https://www.reddit.com/search/?q=Moka&type=link": {"words": "Moka"},
        "https://old.reddit.com/search?q=%22Moka+%26+Co%22+OR+Lumen": {"words": "Moka & Co, Lumen"},
        "https://www.reddit.com/r/france/search.rss?q=%22Moka%22&restrict_sr=on&sort=new&limit=100": {
            "words": "Moka",
            "subreddit": "france",
        },
        "https://www.reddit.com/r/france+Quebec/": {"subreddit": "france+Quebec"},
        "https://reddit.com/r/france.rss": {"subreddit": "france"},
        "https://www.reddit.com/r/france/new/.rss?limit=100": {"subreddit": "france"},
        "https://ann@www.reddit.com/search.rss?q=Moka&sort=new": {"words": "Moka", "feed": "ann"},
        f"https://www.reddit.com/search.rss?q=Moka&feed={TOKEN}&user=ann": {
            "words": "Moka",
            "feed": f"https://www.reddit.com/.rss?feed={TOKEN}&user=ann",
        },
    },
)
