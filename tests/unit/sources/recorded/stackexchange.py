"""A search of Stack Exchange 2.3: the wrapper of its recorded answers, with our own words."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

_NOON = 1785585600  # 2026-08-01 12:00 UTC
_FIRST = 77_000_000


def hit(number: int, **changed: Any) -> dict[str, Any]:
    """Every third one is an answer."""
    found: dict[str, Any] = {
        "tags": ["marque"],
        "question_score": 2,
        "is_answered": False,
        "question_id": _FIRST - number,
        "item_type": "question",
        "answer_count": 4,
        "score": -1,
        "last_activity_date": _NOON,
        "creation_date": _NOON - number * 60,
        "body": f"Plain body {number}",
        "excerpt": f'the <span class="highlight">Marque</span> SDK fails &amp; stops, case {number}&hellip;',
        "title": f"Marque SDK returns 500 &quot;oops&quot; {number}",
    }
    if number % 3 == 0:
        found |= {"item_type": "answer", "answer_id": _FIRST - number, "question_id": 76_000_000}
    return found | changed


def whole(number: int, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "owner": {
            "user_id": 5,
            "display_name": "L&#233;a &amp; Co",
            "link": "https://stackoverflow.com/users/5/lea",
            "reputation": 31,
            "user_type": "registered",
        },
        "score": 7,
        "creation_date": _NOON - number * 60,
        "post_type": "question",
        "post_id": _FIRST - number,
        "link": f"https://stackoverflow.com/q/{_FIRST - number}",
        "body": f"<p>The Marque SDK fails &amp; stops every day, case {number}.</p>",
    }
    return found | changed


def page(*items: dict[str, Any], **changed: Any) -> bytes:
    wrapper = {"items": items, "has_more": False, "quota_max": 300, "quota_remaining": 299}
    return json.dumps(wrapper | changed).encode()


RECORDED = Recorded(
    fields={"words": "Café Lumen", "site": "superuser"},
    address="https://api.stackexchange.com/2.3/search/excerpts?q=%22Caf%C3%A9+Lumen%22"
    "&site=superuser&sort=creation&order=desc&pagesize=100",
    empty=page(),
    full=page(*map(hit, range(100)), has_more=True),
    full_count=100,
    malformed=page(hit(1))[:150],
    hostile=page(hit(1, excerpt=samples.HOSTILE)),
    undated=page(hit(1, creation_date=None)),
    pages={
        "https://stackoverflow.com/search?q=Moka&tab=newest": {
            "words": "Moka",
            "site": "stackoverflow",
        },
        "https://cooking.stackexchange.com/search?q=%22Caf%C3%A9+Lumen%22": {
            "words": "Café Lumen",
            "site": "cooking",
        },
        "https://pt.stackoverflow.com/search?q=Moka": {"words": "Moka", "site": "pt.stackoverflow"},
        "https://api.stackexchange.com/2.3/search/excerpts?q=%22Moka%22&site=superuser": {
            "words": "Moka",
            "site": "superuser",
        },
    },
)
