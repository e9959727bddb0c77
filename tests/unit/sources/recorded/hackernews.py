"""Algolia's search of Hacker News: the shape of 2019's recorded answers, with our own words."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = 1785585600  # 2026-08-01 12:00 UTC


def hit(number: int, **changed: Any) -> dict[str, Any]:
    at = _NOON - number * 60
    found: dict[str, Any] = {
        "objectID": str(41_000_000 - number),
        "created_at": "2026-08-01T12:00:00Z",
        "created_at_i": at,
        "author": "pat",
        "comment_text": f"Their support is awful&#x2F;slow, case {number}<p>Marque",
        "title": None,
        "url": None,
        "points": None,
        "num_comments": None,
        "parent_id": 40_999_998,
        "story_id": 40_999_999,
        "story_title": "Show HN: X",
        "_tags": ["comment", "author_pat", "story_40999999"],
    }
    return found | changed


def page(*hits: dict[str, Any]) -> bytes:
    return json.dumps({"hits": hits, "nbHits": len(hits), "page": 0, "nbPages": 1}).encode()


RECORDED = Recorded(
    fields={"words": "Café Lumen"},
    address="https://hn.algolia.com/api/v1/search_by_date?query=%22Caf%C3%A9+Lumen%22"
    "&tags=%28story%2Ccomment%29&typoTolerance=false",
    empty=page(),
    full=page(*(hit(number) for number in range(50))),
    full_count=50,
    malformed=page(hit(1))[:150],
    hostile=page(hit(1, comment_text=samples.HOSTILE)),
    undated=page(hit(1, created_at=None, created_at_i=None)),
    pages={
        "https://hn.algolia.com/?q=%22Caf%C3%A9+Lumen%22&sort=byDate": {"words": "Café Lumen"},
        "https://hn.algolia.com/api/v1/search?query=Moka&tags=comment": {"words": "Moka"},
    },
)
