"""Comment threads of a channel as YouTube's interface answers, with our own words."""

from __future__ import annotations

import json
from typing import Any

from monitor.model.account import Account, Login
from tests.support.youtube_server import CHANNEL, comment
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

ACCOUNT = Account(
    1,
    "youtube",
    "",
    "marque",
    name="Marque",
    url=f"https://www.youtube.com/channel/{CHANNEL}",
)
LOGIN = Login(ACCOUNT, {"token": "SECRET-token", "channel": CHANNEL})
ADDRESS = "https://www.googleapis.com/youtube/v3/commentThreads#marque"


def thread(number: int, **changed: Any) -> dict[str, Any]:
    id_ = f"Ugz{number:05}AaABAg"
    top = comment(id_, f"La Marque ne répond pas, cas {number}", number)
    top["snippet"] |= changed
    snippet = {"channelId": CHANNEL, "videoId": "v1", "topLevelComment": top, "canReply": True}
    return {"id": id_, "snippet": {**snippet, "totalReplyCount": 0, "isPublic": True}}


def page(*threads: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            "kind": "youtube#commentThreadListResponse",
            "etag": "x",
            "pageInfo": {"totalResults": len(threads), "resultsPerPage": 100},
            "items": threads,
        }
    ).encode()


RECORDED = Recorded(
    fields={"account": "marque"},
    address=ADDRESS,
    empty=page(),
    full=page(*map(thread, range(60))),
    full_count=60,
    malformed=page(thread(1))[:200],
    hostile=page(thread(1, textDisplay=samples.HOSTILE)),
    undated=page(thread(1, publishedAt=None)),
    pages={ADDRESS: {"account": "marque"}},
    login=LOGIN,
    path="/www.googleapis.com/youtube/v3/commentThreads",
)
