"""YouTube's channel feeds: their shape, with our own words."""

from __future__ import annotations

import html

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

CHANNEL = "UCabcdefghijklmnopqrstuv"
_HEAD = (
    f"<id>yt:channel:{CHANNEL[2:]}</id><yt:channelId>{CHANNEL[2:]}</yt:channelId>"
    "<title>Café Lumen TV</title><author><name>Café Lumen TV</name>"
    f"<uri>https://www.youtube.com/channel/{CHANNEL}</uri></author>"
)


def entry(number: int = 1, *, body: str = "Notre nouveau moka.", date: str = "") -> str:
    video = f"video-{number:05}"
    date = date or f"2026-08-01T09:{59 - number:02}:00+00:00"
    return (
        f"<entry><id>yt:video:{video}</id><yt:videoId>{video}</yt:videoId>"
        f"<title>Le moka, partie {number}</title>"
        f'<link rel="alternate" href="https://www.youtube.com/watch?v={video}"/>'
        "<author><name>Café Lumen TV</name>"
        f"<uri>https://www.youtube.com/channel/{CHANNEL}</uri></author>"
        f"<published>{date}</published><updated>{date}</updated>"
        f"<media:group><media:title>Le moka, partie {number}</media:title>"
        f'<media:content url="https://www.youtube.com/v/{video}?version=3" type="x"/>'
        f"<media:description>{html.escape(body)}</media:description>"
        '<media:community><media:starRating count="5" average="5.00" min="1" max="5"/>'
        '<media:statistics views="123"/></media:community></media:group></entry>'
    )


def page(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">'
        f"{_HEAD}{''.join(entries)}</feed>"
    ).encode()


FULL = page(*(entry(number) for number in range(1, 16)))

RECORDED = Recorded(
    fields={"channel": f"https://www.youtube.com/channel/{CHANNEL}"},
    address=f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
    empty=page(),
    full=FULL,
    full_count=15,
    malformed=FULL[:1500],
    hostile=page(entry(body=samples.HOSTILE)),
    undated=page(entry(date="hier")),
    pages={
        f"https://www.youtube.com/channel/{CHANNEL}/videos": {
            "channel": f"https://www.youtube.com/channel/{CHANNEL}"
        },
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL0123": {
            "channel": "https://www.youtube.com/playlist?list=PL0123"
        },
        "https://m.youtube.com/playlist?list=PL0123&si=x": {
            "channel": "https://www.youtube.com/playlist?list=PL0123"
        },
        "https://www.youtube.com/user/moka": {"channel": "https://www.youtube.com/user/moka"},
    },
)
