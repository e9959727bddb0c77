"""What a server tells a logged-in account: the shape of a 4.6 server's recorded answers, our own words."""

from __future__ import annotations

import json
from typing import Any

from monitor.model.account import Account, Login
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded
from tests.unit.sources.recorded.mastodon_tag import status

HOST = "social.example"
LABEL = f"marque@{HOST}"
LOGIN = Login(
    Account(
        1,
        "mastodon",
        HOST,
        LABEL,
        url=f"https://{HOST}/@marque",
        scopes=("read:accounts", "read:notifications", "read:search", "read:statuses"),
    ),
    {"token": "SECRET-token", "client_id": "1", "client_secret": "SECRET-2", "id": "1"},
)
SEARCH = f"https://{HOST}/api/v2/search?q=%22Caf%C3%A9+Lumen%22&type=statuses&limit=40#{LABEL}"
NOTIFICATIONS = f"https://{HOST}/api/v1/notifications?types%5B%5D=mention&limit=40#{LABEL}"


def results(*statuses: dict[str, Any]) -> bytes:
    return json.dumps({"accounts": [], "statuses": statuses, "hashtags": []}).encode()


def notification(number: int, **changed: Any) -> dict[str, Any]:
    """Of a status; `number` counts back from the newest."""
    about = status(number, **changed)
    return {
        "id": str(1000 - number),
        "type": "mention",
        "created_at": about["created_at"],
        "account": about["account"],
        "status": about,
    }


def notifications(*them: dict[str, Any]) -> bytes:
    return json.dumps(them).encode()


SEARCHED = Recorded(
    fields={"words": "Café Lumen", "account": LABEL},
    address=SEARCH,
    empty=results(),
    full=results(*(status(number) for number in range(40))),
    full_count=40,
    malformed=results(status(1))[:300],
    hostile=results(status(1, content=samples.HOSTILE)),
    undated=results(status(1, created_at=None)),
    pages={SEARCH: {"words": "Café Lumen", "account": LABEL}},
    login=LOGIN,
)

NOTIFIED = Recorded(
    fields={"account": LABEL},
    address=NOTIFICATIONS,
    empty=notifications(),
    full=notifications(*(notification(number) for number in range(40))),
    full_count=40,
    malformed=notifications(notification(1))[:300],
    hostile=notifications(notification(1, content=samples.HOSTILE)),
    undated=notifications(notification(1, created_at=None)),
    pages={NOTIFICATIONS: {"account": LABEL}},
    login=LOGIN,
)
