"""What Bluesky tells a logged-in account: the shape of its schemas and reference server, our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.unit.sources.recorded import Recorded

DID = "did:plc:marque"
LABEL = "marque.bsky.social"
PDS = "pds.example"
LOGIN = Login(
    Account(1, "bluesky", "bsky.social", LABEL, url=f"https://bsky.app/profile/{DID}"),
    {
        "did": DID,
        "access": "SECRET.e30.x",
        "refresh": "SECRET.e30.y",
        "server": "https://bsky.social",
        "pds": f"https://{PDS}",
    },
)
SEARCH = (
    "https://api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=%22Caf%C3%A9+Lumen%22&sort=latest"
    f"#{LABEL}"
)
NOTIFICATIONS = f"https://api.bsky.app/xrpc/app.bsky.notification.listNotifications#{LABEL}"

_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def post(number: int, *, words: str = "", **changed: Any) -> dict[str, Any]:
    """`number` counts minutes back from the newest."""
    at = (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", ".000Z")
    record = {
        "$type": "app.bsky.feed.post",
        "text": words or f"Le SAV de Marque ne répond plus, cas {number}",
        "langs": ["fr"],
        "createdAt": at,
    }
    found: dict[str, Any] = {
        "uri": f"at://did:plc:lea/app.bsky.feed.post/3kz{9999 - number}",
        "cid": f"bafy{number}",
        "author": {"did": "did:plc:lea", "handle": "lea.example", "displayName": "Léa"},
        "record": record,
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": 4,
        "quoteCount": 0,
        "indexedAt": at,
        "labels": [],
    }
    return found | changed


def hits(*posts: dict[str, Any], cursor: str = "") -> bytes:
    more = {"cursor": cursor} if cursor else {}
    return json.dumps({"hitsTotal": len(posts), "posts": posts, **more}).encode()


def notification(number: int, reason: str = "mention", **changed: Any) -> dict[str, Any]:
    counts = ("replyCount", "repostCount", "likeCount", "quoteCount")
    whole = {key: value for key, value in post(number, **changed).items() if key not in counts}
    return {"reason": reason, "isRead": False, **whole}


def notifications(*them: dict[str, Any], cursor: str = "") -> bytes:
    more = {"cursor": cursor} if cursor else {}
    return json.dumps({"notifications": them, **more}).encode()


SEARCHED = Recorded(
    fields={"words": "Café Lumen", "account": LABEL},
    address=SEARCH,
    empty=hits(),
    full=hits(*(post(number) for number in range(100)), cursor="100"),
    full_count=100,
    malformed=hits(post(1))[:300],
    hostile=hits(post(1, words="Bonjour Marque\u202e\u200b fin")),
    undated=hits(post(1, indexedAt=None, record={"text": "Marque"})),
    pages={
        SEARCH: {"words": "Café Lumen", "account": LABEL},
        "https://bsky.app/search?q=Moka": {"words": "Moka"},
    },
    login=LOGIN,
)

NOTIFIED = Recorded(
    fields={"account": LABEL},
    address=NOTIFICATIONS,
    empty=notifications(),
    full=notifications(*(notification(number) for number in range(100)), cursor="100"),
    full_count=100,
    malformed=notifications(notification(1))[:300],
    hostile=notifications(notification(1, words="Bonjour Marque\u202e\u200b fin")),
    undated=notifications(notification(1, indexedAt=None, record={"text": "Marque"})),
    pages={NOTIFICATIONS: {"account": LABEL}},
    login=LOGIN,
)
