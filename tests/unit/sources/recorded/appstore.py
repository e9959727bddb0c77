"""The App Store's public reviews: the shape several clients read, with our own words."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded


def review(
    number: int = 1, *, rating: str = "1", body: str = "Ne s’ouvre plus", updated: str | None = None
) -> dict[str, Any]:
    """Later ones have lower numbers."""
    at = f"2026-08-01T{21 - number // 60:02}:{59 - number % 60:02}:00-02:00"
    found: dict[str, Any] = {
        "author": {
            "uri": {"label": "https://itunes.apple.com/fr/reviews/id483"},
            "name": {"label": "Léa"},
            "label": "",
        },
        "updated": {"label": at if updated is None else updated},
        "im:rating": {"label": rating},
        "im:version": {"label": "8.0.9"},
        "id": {"label": str(7_175_647_643 - number)},
        "title": {"label": f"Plante {number}"},
        "content": {"label": body, "attributes": {"type": "text"}},
        "link": {
            "attributes": {
                "rel": "related",
                "href": "https://itunes.apple.com/fr/review?id=1321994487&type=Purple%20Software",
            }
        },
        "im:voteSum": {"label": "2"},
        "im:voteCount": {"label": "3"},
        "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
    }
    if updated == "":
        del found["updated"]
    return found


def app() -> dict[str, Any]:
    """Older feeds begin with the app itself."""
    return {"im:name": {"label": "Lumen"}, "id": {"label": "https://apps.apple.com/fr/app/id1"}}


def page(*reviews: dict[str, Any]) -> bytes:
    feed: dict[str, Any] = {
        "author": {"name": {"label": "iTunes Store"}},
        "updated": {"label": "2026-08-01T12:00:00-07:00"},
        "id": {"label": "https://itunes.apple.com/fr/rss/customerreviews/id=1/json"},
        "link": [],
    }
    if reviews:
        feed["entry"] = list(reviews) if len(reviews) > 1 else reviews[0]
    return json.dumps({"feed": feed}).encode()


RECORDED = Recorded(
    fields={"app": "https://apps.apple.com/fr/app/cafe-lumen/id123456789", "country": ""},
    address="https://itunes.apple.com/fr/rss/customerreviews/id=123456789/sortBy=mostRecent/json",
    empty=page(),
    full=page(app(), *(review(number) for number in range(50))),
    full_count=50,
    malformed=page(review())[:150],
    hostile=page(review(body=samples.HOSTILE)),
    undated=page(review(updated="")),
    pages={
        "https://apps.apple.com/be/app/caf%C3%A9/id123456789?l=fr": {
            "app": "123456789",
            "country": "be",
        },
        "https://apps.apple.com/app/id123456789": {"app": "123456789", "country": "us"},
        "https://itunes.apple.com/FR/rss/customerreviews/page=2/id=123456789/sortBy=mostRecent/xml": {
            "app": "123456789",
            "country": "fr",
        },
    },
)
