"""A hashtag's timeline: the shape of a 4.6 server's recorded answers, with our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def status(number: int, **changed: Any) -> dict[str, Any]:
    at = (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", ".123Z")
    id_ = str(117_020_593_741_189_701 - number)
    found: dict[str, Any] = {
        "id": id_,
        "created_at": at,
        "in_reply_to_id": None,
        "spoiler_text": "",
        "visibility": "public",
        "language": "fr",
        "uri": f"https://autre.example/users/ana/statuses/{id_}",
        "url": f"https://autre.example/@ana/{id_}",
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": 3,
        "edited_at": None,
        "content": '<p><a href="https://m.example/tags/marque" class="mention hashtag" rel="tag">'
        f"#<span>marque</span></a> colis jamais reçu, cas {number}</p>",
        "reblog": None,
        "account": {
            "id": "7",
            "username": "ana",
            "acct": "ana@autre.example",
            "display_name": "Ana",
            "url": "https://autre.example/@ana",
            "followers_count": 321,
        },
    }
    return found | changed


def page(*statuses: dict[str, Any]) -> bytes:
    return json.dumps(statuses).encode()


RECORDED = Recorded(
    fields={"tag": "#CaféLumen", "server": "mastodon.social"},
    address="https://mastodon.social/api/v1/timelines/tag/caf%C3%A9lumen?limit=40",
    empty=page(),
    full=page(*(status(number) for number in range(40))),
    full_count=40,
    malformed=page(status(1))[:300],
    hostile=page(status(1, content=samples.HOSTILE)),
    undated=page(status(1, created_at=None)),
    pages={
        "https://mastodon.social/tags/Moka": {"tag": "Moka", "server": "mastodon.social"},
        "https://mstdn.example/tags/caf%C3%A9.rss": {"tag": "café", "server": "mstdn.example"},
        "https://m.example/api/v1/timelines/tag/moka?limit=40": {
            "tag": "moka",
            "server": "m.example",
        },
    },
)
