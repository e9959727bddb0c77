"""Reviews of an app as Google Play's interface answers, with our own words."""

from __future__ import annotations

import json
from typing import Any

from monitor.model.account import Account, Login
from monitor.networks.googleplay import app_page
from tests.support.googlereviews_server import PACKAGE
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

ACCOUNT = Account(1, "googleplay", "", PACKAGE, name=PACKAGE, url=app_page(PACKAGE))
LOGIN = Login(ACCOUNT, {"token": "SECRET-token"})
BASE = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications"
ADDRESS = f"{BASE}/{PACKAGE}/reviews#{PACKAGE}"
NOON = 1_785_585_600  # 2026-08-01 12:00 UTC


def review(number: int, **changed: Any) -> dict[str, Any]:
    said = {
        "text": f"\tLa Marque ne répond pas, cas {number}",
        "lastModified": {"seconds": str(NOON - 60 * number), "nanos": 713000000},
        "starRating": 1,
        "reviewerLanguage": "fr_FR",
        "device": "trltecan",
        "androidOsVersion": 34,
        "thumbsUpCount": 2,
        "thumbsDownCount": 0,
    }
    comments = [{"userComment": said | changed}]
    return {"reviewId": f"gp:AOq{number}", "authorName": "Léa", "comments": comments}


def page(*reviews: dict[str, Any]) -> bytes:
    return json.dumps({"reviews": reviews} if reviews else {}).encode()


RECORDED = Recorded(
    fields={"account": PACKAGE},
    address=ADDRESS,
    empty=page(),
    full=page(*map(review, range(60))),
    full_count=60,
    malformed=page(review(1))[:200],
    hostile=page(review(1, text=samples.HOSTILE)),
    undated=page(review(1, lastModified=None)),
    pages={
        ADDRESS: {"account": PACKAGE, "package": PACKAGE},
        "https://play.google.com/store/apps/details?id=com.autre.app&hl=fr": {
            "package": "com.autre.app"
        },
    },
    login=LOGIN,
    path=f"/androidpublisher.googleapis.com/androidpublisher/v3/applications/{PACKAGE}/reviews",
)
