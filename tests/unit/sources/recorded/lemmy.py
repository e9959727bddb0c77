"""A search of Lemmy 0.19 (v3): the shape of its client's types, with our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def published(number: int) -> str:
    return (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", ".123456Z")


def comment(number: int, **changed: Any) -> dict[str, Any]:
    id_ = 100_000 - number
    found: dict[str, Any] = {
        "id": id_,
        "content": f"La **Marque** ne répond [pas](https://a.example), cas {number}",
        "published": published(number),
        "ap_id": f"https://lemmy.example/comment/{id_}",
        "path": f"0.{id_}",
        "post_id": 5,
        "language_id": 47,
        "removed": False,
        "deleted": False,
    }
    return {
        "comment": found | changed,
        "creator": {
            "id": 9,
            "name": "lea",
            "display_name": "Léa",
            "actor_id": "https://autre.example/u/lea",
        },
        "post": {"id": 5, "name": "Avis", "ap_id": "https://lemmy.example/post/5"},
        "community": {"name": "france", "actor_id": "https://lemmy.example/c/france"},
        "counts": {"score": 3, "upvotes": 4, "downvotes": 1, "child_count": 2},
    }


def topic(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": number,
        "name": f"Avis sur Marque {number}",
        "body": "Elle est *lente*.",
        "published": published(number),
        "ap_id": f"https://lemmy.example/post/{number}",
        "removed": False,
        "deleted": False,
    }
    return {
        "post": found | changed,
        "creator": {"id": 9, "name": "lea", "actor_id": "https://autre.example/u/lea"},
        "community": {"name": "france", "actor_id": "https://lemmy.example/c/france"},
        "counts": {"score": -2, "comments": 7},
    }


def page(*views: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            "type_": "All",
            "comments": [view for view in views if "comment" in view],
            "posts": [view for view in views if "comment" not in view],
            "communities": [],
            "users": [],
        }
    ).encode()


RECORDED = Recorded(
    fields={"words": "Café Lumen", "server": "lemmy.world"},
    address="https://lemmy.world/api/v3/search?q=Caf%C3%A9+Lumen&type_=All&sort=New"
    "&listing_type=All&limit=50",
    empty=page(),
    full=page(*map(comment, range(50)), *map(topic, range(50, 60))),
    full_count=60,
    malformed=page(comment(1))[:200],
    hostile=page(comment(1, content=samples.HOSTILE)),
    undated=page(comment(1, published=None)),
    pages={
        "https://jlai.lu/search?q=Moka&type=All&sort=New": {"words": "Moka", "server": "jlai.lu"},
        "https://a.example/api/v3/search?q=Caf%C3%A9+Lumen&limit=50": {
            "words": "Café Lumen",
            "server": "a.example",
        },
    },
)
