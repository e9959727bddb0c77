"""What a Page's token is told of its Page by the Graph API: the documented shape, our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

PAGE = "111"
TOKEN = "EAAG-SECRET-token-of-the-page"
_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
_AT = f"/graph.facebook.com/v26.0/{PAGE}"

LOGIN = Login(
    Account(
        id=1,
        network="facebook",
        server="",
        handle="cafelumen",
        name="Café Lumen",
        url=f"https://www.facebook.com/{PAGE}",
    ),
    {"token": TOKEN, "id": PAGE, "host": "graph.facebook.com", "app_secret": "SECRET-of-the-app"},
)


def at(number: int) -> str:
    """So many minutes before noon, as Meta writes it."""
    return (_NOON - timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def post(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"{PAGE}_{9000 - number}",
        "message": f"Marque ne répond pas, cas {number}",
        "from": {"id": "333", "name": "Léa M."},
        "created_time": at(number),
        "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{9000 - number}",
        "shares": {"count": 3},
        "reactions": {"data": [], "summary": {"total_count": 7}},
        "comments": {"data": [], "summary": {"order": "reverse_chronological", "total_count": 0}},
    }
    return found | changed


def comment(number: int, below: int = 0, **changed: Any) -> dict[str, Any]:
    story, id_ = 9000 - below, 800_000 - number
    found: dict[str, Any] = {
        "id": f"{story}_{id_}",
        "message": f"Service de Marque lamentable, cas {number}",
        "from": {"id": "334", "name": "Bo"},
        "created_time": at(number),
        "like_count": 2,
        "comment_count": 1,
        "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{story}?comment_id={id_}",
        "can_comment": True,
    }
    return found | changed


def listed(*things: dict[str, Any], after: str = "", edge: str = "feed") -> dict[str, Any]:
    """A list of Meta's; with `after`, one that goes on, whose link repeats the token as theirs do."""
    found: dict[str, Any] = {"data": list(things)}
    if after:
        link = f"https://graph.facebook.com/v26.0/{PAGE}/{edge}?access_token={TOKEN}&after={after}"
        found["paging"] = {"cursors": {"before": "B", "after": after}, "next": link}
    return found


def page(*things: dict[str, Any], after: str = "") -> bytes:
    return json.dumps(listed(*things, after=after)).encode()


def _talk() -> dict[str, Any]:
    first = comment(1, 0, parent={"id": "9000_799990"}, attachment={"title": "Un article"})
    return listed(first, *(comment(number, 0) for number in range(2, 21))) | {
        "summary": {"order": "reverse_chronological", "total_count": 20}
    }


RECORDED = Recorded(
    fields={"account": "cafelumen"},
    address="https://graph.facebook.com/me/feed#cafelumen",
    empty=page(),
    full=page(post(0, comments=_talk()), *map(post, range(30, 54))),
    full_count=45,
    malformed=page(post(1))[:200],
    hostile=page(post(1, message=samples.HOSTILE)),
    undated=page(post(1, created_time=None)),
    pages={
        "https://www.facebook.com/cafelumen": {"account": "cafelumen"},
        "https://m.facebook.com/cafelumen/": {"account": "cafelumen"},
        "https://graph.facebook.com/me/feed#cafelumen": {"account": "cafelumen"},
    },
    login=LOGIN,
    path=f"{_AT}/feed",
    around={f"{_AT}/tagged": page(), f"{_AT}/ratings": page()},
)
