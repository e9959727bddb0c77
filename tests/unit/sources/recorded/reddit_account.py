"""Reddit's interface, asked with an account: the shape of its recordings, our own words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

LOGIN = Login(
    Account(1, "reddit", "", "marque", url="https://www.reddit.com/user/marque", scopes=("*",)),
    {"client_id": "abc-SECRET", "token": "SECRET-1", "refresh": "SECRET-2", "ends": ""},
)


def _time(number: int) -> float:
    return (samples.NOW - timedelta(minutes=number)).timestamp()


def post(number: int = 1, **changed: Any) -> dict[str, Any]:
    id_ = f"1k{number:04}"
    found = {
        "name": f"t3_{id_}",
        "id": id_,
        "title": f"Café Lumen, acte {number}",
        "selftext": f"La **Marque** ne répond [pas](https://a.example), cas {number}",
        "author": "lea",
        "subreddit": "france",
        "permalink": f"/r/france/comments/{id_}/cafe_lumen/",
        "created_utc": _time(number),
        "score": 12,
        "num_comments": 5,
        "num_crossposts": 1,
        "locked": False,
        "archived": False,
        "removed_by_category": None,
    }
    return {"kind": "t3", "data": found | changed}


def comment(number: int = 1, **changed: Any) -> dict[str, Any]:
    id_ = f"m{number:04}"
    found = {
        "name": f"t1_{id_}",
        "id": id_,
        "body": f"u/marque, *toujours* rien, cas {number}",
        "author": "lea",
        "subreddit": "france",
        "parent_id": "t3_1k0001",
        "context": f"/r/france/comments/1k0001/cafe_lumen/{id_}/?context=3",
        "created_utc": _time(number),
        "score": 1,
        "num_comments": 228,
        "replies": "",
        "type": "username_mention",
        "new": True,
        "was_comment": True,
    }
    return {"kind": "t1", "data": found | changed}


def page(*children: dict[str, Any], after: str | None = None) -> bytes:
    data = {"after": after, "before": None, "dist": len(children), "children": list(children)}
    return json.dumps({"kind": "Listing", "data": data}).encode()


_FOREIGN = {"kind": "t5", "data": {"name": "t5_2cneq", "display_name": "france"}}
_MESSAGE = {"kind": "t4", "data": {"name": "t4_2r17c8r", "body": "privé", "author": "lea"}}

SEARCH = Recorded(
    fields={"words": "Café Lumen, Moka", "subreddit": "r/france", "account": "marque"},
    address="https://oauth.reddit.com/r/france/search?q=%22Caf%C3%A9+Lumen%22+OR+%22Moka%22"
    "&sort=new&type=link&limit=100&raw_json=1&restrict_sr=true#marque",
    empty=page(_FOREIGN),
    full=page(*map(post, range(1, 51))),
    full_count=50,
    malformed=page(post())[:200],
    hostile=page(post(selftext=samples.HOSTILE)),
    undated=page(post(created_utc=None)),
    pages={
        "https://oauth.reddit.com/search?q=%22Moka%22&sort=new#marque": {
            "words": "Moka",
            "account": "marque",
        },
        "https://oauth.reddit.com/r/france/search?q=%22Moka%22&restrict_sr=true#marque": {
            "words": "Moka",
            "subreddit": "france",
            "account": "marque",
        },
    },
    login=LOGIN,
)

INBOX = Recorded(
    fields={"account": "marque"},
    address="https://oauth.reddit.com/message/mentions?limit=100&raw_json=1#marque",
    empty=page(_MESSAGE),
    full=page(*map(comment, range(1, 51))),
    full_count=50,
    malformed=page(comment())[:200],
    hostile=page(comment(body=samples.HOSTILE)),
    undated=page(comment(created_utc="soon")),
    pages={
        "https://oauth.reddit.com/message/mentions?limit=100&raw_json=1#marque": {
            "account": "marque"
        }
    },
    login=LOGIN,
)
