"""X's recent search: the shape of its documentation, our own words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.support.x_server import id_at
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

LOGIN = Login(
    Account(
        1,
        "x",
        "",
        "marque",
        url="https://x.com/marque",
        scopes=("tweet.read", "users.read", "offline.access"),
        monthly_cap=10_000_000,
    ),
    {"client_id": "abc-SECRET", "token": "SECRET-1", "refresh": "SECRET-2", "ends": ""},
)


def tweet(number: int = 1, **changed: Any) -> dict[str, Any]:
    moment = samples.NOW - timedelta(minutes=number)
    id_ = id_at(moment)
    found = {
        "id": id_,
        "text": f"@marque toujours pas livré, cas {number}",
        "author_id": "42",
        "created_at": moment.isoformat().replace("+00:00", ".000Z"),
        "lang": "fr",
        "conversation_id": id_,
        "edit_history_tweet_ids": [id_],
        "public_metrics": {
            "retweet_count": 1,
            "reply_count": 2,
            "like_count": 3,
            "quote_count": 4,
        },
    }
    return found | changed


def page(*tweets: dict[str, Any]) -> bytes:
    if not tweets:
        return json.dumps({"meta": {"result_count": 0}}).encode()
    people = [
        {
            "id": "42",
            "username": "lea",
            "name": "Léa",
            "public_metrics": {"followers_count": 210},
        }
    ]
    meta = {
        "newest_id": tweets[0]["id"],
        "oldest_id": tweets[-1]["id"],
        "result_count": len(tweets),
    }
    return json.dumps({"data": tweets, "includes": {"users": people}, "meta": meta}).encode()


_ADDRESS = (
    "https://api.x.com/2/tweets/search/recent"
    "?query=%28%22Caf%C3%A9+Lumen%22+OR+%40cafelumen%29+-is%3Aretweet+lang%3Afr#marque"
)

RECORDED = Recorded(
    fields={"words": "Café Lumen, @cafelumen", "lang": "fr", "account": "marque"},
    address=_ADDRESS,
    empty=page(),
    full=page(*(tweet(number) for number in range(1, 51))),
    full_count=50,
    malformed=page(tweet())[:200],
    hostile=page(tweet(text=samples.HOSTILE)),
    undated=page(tweet(created_at="hier")),
    pages={
        _ADDRESS: {"words": "Café Lumen, @cafelumen", "lang": "fr", "account": "marque"},
        _ADDRESS.replace("+lang%3Afr", ""): {
            "words": "Café Lumen, @cafelumen",
            "account": "marque",
        },
    },
    login=LOGIN,
)
