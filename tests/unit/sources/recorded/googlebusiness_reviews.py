"""Reviews of a place as Google Business Profile answers, with our own words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model.account import Account, Login
from tests.support.googlereviews_server import BUSINESS, INFORMATION, MANAGEMENT, PLACE, place
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

LABEL = "Léa Martin (1)"
ACCOUNT = Account(
    1, "googlebusiness", "", LABEL, name="Léa Martin", url="https://business.google.com/reviews"
)
LOGIN = Login(ACCOUNT, {"token": "SECRET-token"})
ADDRESS = f"https://mybusiness.googleapis.com/v4/reviews#{LABEL}"
_NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def review(number: int, **changed: Any) -> dict[str, Any]:
    at = (_NOON - timedelta(minutes=number)).isoformat().replace("+00:00", ".123456Z")
    return {
        "name": f"{PLACE}/reviews/A{number}",
        "reviewId": f"A{number}",
        "reviewer": {"displayName": "Léa M", "isAnonymous": False},
        "starRating": "ONE",
        "comment": f"La Marque ne répond pas, cas {number}",
        "createTime": at,
        "updateTime": at,
    } | changed


def page(*reviews: dict[str, Any]) -> bytes:
    return json.dumps({"reviews": reviews, "totalReviewCount": 9} if reviews else {}).encode()


RECORDED = Recorded(
    fields={"account": LABEL},
    address=ADDRESS,
    empty=page(),
    full=page(*map(review, range(50))),
    full_count=50,
    malformed=page(review(1))[:150],
    hostile=page(review(1, comment=samples.HOSTILE)),
    undated=page(review(1, createTime=None, updateTime=None)),
    pages={
        ADDRESS: {"account": LABEL, "place": ""},
        f"https://mybusiness.googleapis.com/v4/reviews?place=Nantes#{LABEL}": {
            "account": LABEL,
            "place": "Nantes",
        },
    },
    login=LOGIN,
    path=f"/{BUSINESS}/v4/{PLACE}/reviews",
    around={
        f"/{MANAGEMENT}/v1/accounts": json.dumps({"accounts": [{"name": "accounts/1"}]}).encode(),
        f"/{INFORMATION}/v1/accounts/1/locations": json.dumps(
            {"locations": [place("locations/2", "Café Lumen Nantes")]}
        ).encode(),
    },
)
