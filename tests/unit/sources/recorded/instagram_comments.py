"""What an account is told of its own media by the Graph API: the documented shape, our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

ME = "17841400000000001"
TOKEN = "IGAA-SECRET-token-of-the-account"
_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)

ACCOUNT = Account(
    id=1,
    network="instagram",
    server="",
    handle="cafelumen",
    name="Café Lumen",
    url="https://www.instagram.com/cafelumen/",
)
LOGIN = Login(ACCOUNT, {"token": TOKEN, "id": ME, "host": "graph.instagram.com"})
BY_PAGE = Login(ACCOUNT, {"token": TOKEN, "id": ME, "host": "graph.facebook.com"})


def at(number: int) -> str:
    """So many minutes before noon, as Meta writes it."""
    return (_NOON - timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def medium(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(17_900_000_000_000_000 - number),
        "caption": f"Nouveau chez Marque, {number}",
        "permalink": f"https://www.instagram.com/p/C{number:05}/",
        "timestamp": at(number),
        "username": "cafelumen",
        "like_count": 12,
        "comments_count": 0,
    }
    return found | changed


def comment(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(17_800_000_000_000_000 - number),
        "text": f"jamais reçu ma commande 😡, cas {number}",
        "timestamp": at(number),
        "username": "lea",
        "from": {"id": "5", "username": "lea"},
        "like_count": 1,
        "hidden": False,
    }
    return found | changed


def listed(*things: dict[str, Any], after: str = "", edge: str = "media") -> dict[str, Any]:
    """A list of Meta's; with `after`, one that goes on, whose link repeats the token as theirs do."""
    found: dict[str, Any] = {"data": list(things)}
    if after:
        link = f"https://graph.instagram.com/v26.0/{ME}/{edge}?access_token={TOKEN}&after={after}"
        found["paging"] = {"cursors": {"before": "B", "after": after}, "next": link}
    return found


def page(*things: dict[str, Any], after: str = "") -> bytes:
    return json.dumps(listed(*things, after=after)).encode()


def _talk() -> dict[str, Any]:
    answered = comment(
        1,
        parent_id="5",
        replies=listed(
            comment(900, username="cafelumen", text="@lea bonjour", timestamp=at(0)),
            comment(901, timestamp=at(0)),
        ),
    )
    return listed(answered, *map(comment, range(2, 21)))


RECORDED = Recorded(
    fields={"account": "cafelumen"},
    address="https://graph.instagram.com/me/media#cafelumen",
    empty=page(),
    full=page(medium(0, comments=_talk(), comments_count=22), *map(medium, range(30, 54))),
    full_count=47,
    malformed=page(medium(1))[:200],
    hostile=page(medium(1, caption=samples.HOSTILE)),
    undated=page(medium(1, timestamp=None)),
    pages={
        "https://www.instagram.com/cafelumen/": {"account": "cafelumen"},
        "https://www.instagram.com/CafeLumen?hl=fr": {"account": "cafelumen"},
        "https://graph.instagram.com/me/media#cafelumen": {"account": "cafelumen"},
    },
    login=LOGIN,
    path=f"/graph.instagram.com/v26.0/{ME}/media",
)
