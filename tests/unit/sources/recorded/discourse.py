"""A forum's search and its newest posts: the shape of today's answers, with our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def created(number: int) -> str:
    return (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", ".123Z")


def hit(number: int, **changed: Any) -> dict[str, Any]:
    """Every fifth one begins its topic."""
    found: dict[str, Any] = {
        "id": 10_000 - number,
        "name": "Léa",
        "username": "lea",
        "avatar_template": "/user_avatar/f.example/lea/{size}/3_2.png",
        "created_at": created(number),
        "like_count": 1,
        "blurb": f"…la Marque ne répond &amp; ne rembourse pas, cas {number}…",
        "post_number": 1 if number % 5 == 0 else 4,
        "topic_id": 77,
    }
    return found | changed


def page(*hits: dict[str, Any], more: bool = False, error: str = "") -> bytes:
    return json.dumps(
        {
            "posts": hits,
            "topics": [{"id": 77, "title": "Avis Marque &amp; Cie", "slug": "avis-marque"}],
            "users": [],
            "grouped_search_result": {
                "term": "marque",
                "more_full_page_results": more or None,
                "post_ids": [one["id"] for one in hits],
                "error": error or None,
            },
        }
    ).encode()


def newest(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": 10_000 - number,
        "name": None,
        "username": "lea",
        "created_at": created(number),
        "cooked": f"<p>La <strong>Marque</strong> ne répond pas, cas {number}</p>",
        "post_number": 2,
        "reply_count": 3,
        "reply_to_post_number": None,
        "topic_id": 77,
        "topic_slug": "avis-marque",
        "topic_title": "Avis Marque",
        "actions_summary": [{"id": 2, "count": 5}],
        "hidden": False,
        "deleted_at": None,
        "user_deleted": False,
    }
    return found | changed


def newest_page(*posts: dict[str, Any]) -> bytes:
    return json.dumps({"latest_posts": posts}).encode()


RECORDED = Recorded(
    fields={"server": "https://forum.example.org/latest", "words": "Café Lumen"},
    address="https://forum.example.org/search.json?q=%22Caf%C3%A9+Lumen%22+order%3Alatest",
    empty=page(),
    full=page(*(hit(one, post_number=one + 1) for one in range(50)), more=True),
    full_count=50,
    malformed=page(hit(1))[:150],
    hostile=page(hit(1, blurb=samples.HOSTILE)),
    undated=page(hit(1, created_at=None)),
    pages={
        "https://forum.example.org/search?expanded=true&q=%22Moka%22%20order%3Alatest": {
            "server": "forum.example.org",
            "words": "Moka",
        },
        "https://forum.example.org/search.json?q=Moka": {
            "server": "forum.example.org",
            "words": "Moka",
        },
    },
)
