"""YouTube's interface on loopback: the person's channel, its threads, replies, and the day's units.

Speaks as documented in 2026. `tests/unit/networks/test_youtube_server.py` proves it with python-youtube.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from monitor.networks.youtube import SCOPE
from tests.support.google_auth import GoogleAuth, answer, refused
from tests.support.loopback import LoopbackServer, Reply, Request, hang

HOST = "www.googleapis.com"
BASE = "/youtube/v3"
CHANNEL = "UCmarque0000000000000000"
Before = Callable[[Request], Reply | None]


class YouTubeServer:
    """`threads` are newest first. `before` may answer a POST in its place; with `lose_answers` the reply
    is published and no answer comes back. `units` are what was spent of `share`."""

    def __init__(self, server: LoopbackServer) -> None:
        self.auth = GoogleAuth(server)
        self.base = server.url(f"/{HOST}{BASE}/")
        self.threads: list[dict[str, Any]] = []
        self.replies: dict[str, list[dict[str, Any]]] = {}
        self.before: Before = lambda _request: None
        self.lose_answers = False
        self.strict = False
        self.units, self.share = 0, 10_000
        self.has_channel = True
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        server.add(f"/{HOST}{BASE}/channels", self._channels)
        server.add(f"/{HOST}{BASE}/commentThreads", self._threads)
        server.add(f"/{HOST}{BASE}/comments", self._comments)

    def add_thread(self, number: int, words: str = "", **changed: Any) -> str:
        """A thread by Léa, older the greater its number; its id."""
        id_ = f"Ugz{number:05}AaABAg"
        top = comment(id_, words or f"Avis {number} sur Marque", number)
        snippet = {
            "channelId": CHANNEL,
            "videoId": "v1",
            "topLevelComment": top,
            "canReply": True,
            "isPublic": True,
        }
        thread = {"kind": "youtube#commentThread", "id": id_, "snippet": snippet | changed}
        self.threads.append(thread)
        self.threads.sort(key=lambda one: str(one["id"]))
        self.replies.setdefault(id_, [])
        return id_

    def add_reply(self, thread: str, words: str, channel: str = "UCpat", name: str = "@pat") -> str:
        id_ = f"{thread}.r{len(self.replies[thread]):03}"
        one = comment(id_, words, 0, channel, name)
        one["snippet"] |= {"parentId": thread, "publishedAt": stamp(self.clock())}
        self.replies[thread].insert(0, one)
        return id_

    def remove(self, thread: str) -> None:
        self.threads = [one for one in self.threads if one["id"] != thread]

    # -- routes ------------------------------------------------------------------------------
    def _channels(self, request: Request) -> Reply:
        if wrong := self._refuses(request, 1):
            return wrong
        snippet = {"title": "Marque", "customUrl": "@marque", "publishedAt": "2020-01-01T00:00:00Z"}
        mine = {"kind": "youtube#channel", "id": CHANNEL, "snippet": snippet}
        found: dict[str, Any] = {"kind": "youtube#channelListResponse", "pageInfo": {}}
        # Without a channel the real one leaves the list out altogether.
        return answer(found | ({"items": [mine]} if self.has_channel else {}))

    def _threads(self, request: Request) -> Reply:
        if wrong := self._refuses(request, 1):
            return wrong
        asked = parse_qs(urlsplit(request.path).query)
        if "id" in asked:
            wanted = asked["id"][0].split(",")
            found = [one for one in self.threads if one["id"] in wanted]
            if self.strict and len(found) < len(wanted):
                words = "One or more of the specified comment threads cannot be found."
                return refused(404, "NOT_FOUND", words, "commentThreadNotFound")
            return self._listed(found, "commentThreadList", len(found), 0)
        if asked["allThreadsRelatedToChannelId"] != [CHANNEL]:
            return refused(404, "NOT_FOUND", "The channel cannot be found.", "channelNotFound")
        start = asked.get("pageToken", ["p0"])[0]
        if not start.startswith("p"):
            words = "The API server failed to successfully process the request."
            return refused(400, "INVALID_ARGUMENT", words, "processingFailure")
        most = int(asked.get("maxResults", ["20"])[0])
        return self._listed(self.threads, "commentThreadList", most, int(start[1:]))

    def _listed(self, found: list[dict[str, Any]], kind: str, most: int, start: int) -> Reply:
        shown = [self._shown(one) for one in found[start : start + most]]
        body: dict[str, Any] = {"kind": f"youtube#{kind}Response", "etag": "x", "items": shown}
        body["pageInfo"] = {"totalResults": len(shown), "resultsPerPage": most}
        if start + most < len(found):
            body["nextPageToken"] = f"p{start + most}"
        return answer(body)

    def _shown(self, thread: dict[str, Any]) -> dict[str, Any]:
        """With the five newest replies."""
        if "topLevelComment" not in thread["snippet"]:
            return thread
        below = self.replies[thread["id"]]
        whole = {**thread, "snippet": {**thread["snippet"], "totalReplyCount": len(below)}}
        return whole | ({"replies": {"comments": below[:5]}} if below else {})

    def _comments(self, request: Request) -> Reply:
        return self._insert(request) if request.method == "POST" else self._below(request)

    def _below(self, request: Request) -> Reply:
        if wrong := self._refuses(request, 1):
            return wrong
        asked = parse_qs(urlsplit(request.path).query)
        parent = asked["parentId"][0]
        if parent not in {one["id"] for one in self.threads}:
            return refused(404, "NOT_FOUND", "The parent cannot be found.", "commentNotFound")
        start = int(asked.get("pageToken", ["p0"])[0][1:])
        most = int(asked.get("maxResults", ["20"])[0])
        return self._listed(self.replies[parent], "commentList", most, start)

    def _insert(self, request: Request) -> Reply:
        if wrong := self._refuses(request, 50) or self.before(request):
            return wrong
        told = json.loads(request.body)["snippet"]
        if not told.get("textOriginal", "").strip():
            return refused(400, "INVALID_ARGUMENT", "Comment text is empty.", "commentTextRequired")
        if len(told["textOriginal"]) > 10_000:
            return refused(400, "INVALID_ARGUMENT", "Comment is too long.", "commentTextTooLong")
        if told["parentId"] not in {one["id"] for one in self.threads}:
            words = "The specified parent comment could not be found."
            return refused(404, "NOT_FOUND", words, "parentCommentNotFound")
        self.add_reply(told["parentId"], told["textOriginal"], CHANNEL, "@marque")
        published = self.replies[told["parentId"]][0]
        return hang() if self.lose_answers else answer(published)

    def _refuses(self, request: Request, cost: int) -> Reply | None:
        if wrong := self.auth.refuses(request, SCOPE):
            return wrong
        self.units += cost
        if self.units > self.share:
            words = (
                "The request cannot be completed because you have exceeded your "
                '<a href="/youtube/v3/getting-started#quota">quota</a>.'
            )
            return refused(403, "PERMISSION_DENIED", words, "quotaExceeded")
        return None


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def comment(
    id_: str, words: str, number: int, channel: str = "UClea", name: str = "@lea"
) -> dict[str, Any]:
    at = f"2026-08-01T{10 - number // 3600:02}:{59 - number // 60 % 60:02}:{59 - number % 60:02}Z"
    return {
        "kind": "youtube#comment",
        "id": id_,
        "snippet": {
            "authorDisplayName": name,
            "authorChannelUrl": f"http://www.youtube.com/{name}",
            "authorChannelId": {"value": channel},
            "channelId": CHANNEL,
            "videoId": "v1",
            "textDisplay": words,
            "textOriginal": words,
            "canRate": True,
            "viewerRating": "none",
            "likeCount": 2,
            "publishedAt": at,
            "updatedAt": at,
        },
    }
