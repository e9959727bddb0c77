"""What Bluesky shows a logged-in account: search, notifications, profiles, its own posts. Beside its sessions.

Answers have the shape of the schemas; limits are told in its own headers; what stands before it refuses
in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.bluesky_server import DID, HANDLE, BlueskyServer
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.mastodon_statuses import told

Asked = Mapping[str, list[str]]
_CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"


class BlueskyReading:
    """`left` are the requests that may still be made. `gated`: the gate before it refuses everything.
    `blind`: the service has lost its index of posts for a while. `first` is the number of its first post."""

    def __init__(self, server: LoopbackServer, bluesky: BlueskyServer) -> None:
        self.bluesky = bluesky
        self.now = bluesky.now
        self.left = 3000
        self.gated = False
        self.blind = False
        self.first = 0
        self.before: Callable[[str], None] = lambda _method: None
        self.notices: list[tuple[str, str]] = []  # reason and uri, oldest first
        self.written: list[str] = []  # uris, oldest first
        bluesky.posts.clear()
        for method, route in {
            "app.bsky.feed.searchPosts": self._search,
            "app.bsky.notification.listNotifications": self._notifications,
            "app.bsky.feed.getPosts": self._posts,
            "app.bsky.feed.getAuthorFeed": self._feed,
            "app.bsky.actor.getProfiles": self._profiles,
        }.items():
            server.add(f"/{bluesky.pds}/xrpc/{method}", self._guarded(method, route))

    # -- what people do ----------------------------------------------------------------------
    def write(self, words: str, minutes_ago: float = 0, **record: Any) -> str:
        """A post by Léa; its uri. `indexed` is when the network saw it, in minutes ago."""
        indexed = float(record.pop("indexed", minutes_ago))
        uri = f"at://did:plc:lea/app.bsky.feed.post/3kz{self.first + len(self.written):010}"
        at = stamp(self.now - timedelta(minutes=minutes_ago))
        self.bluesky.posts[uri] = {
            "uri": uri,
            "cid": _CID,
            "author": author("did:plc:lea", "lea.example", "Léa"),
            "record": {
                "$type": "app.bsky.feed.post",
                "text": words,
                "langs": ["fr"],
                "createdAt": at,
                **record,
            },
            "replyCount": 1,
            "repostCount": 2,
            "likeCount": 4,
            "quoteCount": 0,
            "indexedAt": stamp(self.now - timedelta(minutes=indexed)),
            "labels": [],
        }
        self.written.append(uri)
        self.written.sort(key=self._sort_at)
        return uri

    def notice(self, words: str, minutes_ago: float = 0, reason: str = "mention") -> str:
        """A post that mentions, answers or quotes the account; its uri."""
        uri = self.write(words, minutes_ago)
        self.notices.append((reason, uri))
        return uri

    def delete(self, uri: str) -> None:
        del self.bluesky.posts[uri]
        self.written.remove(uri)
        self.notices = [one for one in self.notices if one[1] != uri]

    # -- routes ------------------------------------------------------------------------------
    def _guarded(
        self, method: str, route: Callable[[Asked], dict[str, Any]]
    ) -> Callable[[Request], Reply]:
        def guarded(request: Request) -> Reply:
            self.before(method)
            if self.gated:
                page = (
                    b"<html><body><h1>403 Forbidden</h1>Request forbidden by administrative rules."
                )
                return Reply(403, {"Content-Type": "text/html"}, page)
            self.left -= 1
            limits = {
                "RateLimit-Limit": "3000",
                "RateLimit-Remaining": str(max(0, self.left)),
                "RateLimit-Reset": str(int((self.now + timedelta(minutes=5)).timestamp())),
                "RateLimit-Policy": "3000;w=300",
            }
            if self.left < 0:
                words = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
                return told(words, 429, **limits)
            if refused := self.bluesky.stranger(request):
                return refused
            return told(route(parse_qs(urlsplit(request.path).query)), 200, **limits)

        return guarded

    def _search(self, asked: Asked) -> dict[str, Any]:
        query = asked["q"][0].casefold()
        wanted = [phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\S+)', query)]
        since = asked.get("since", [""])[0]
        hits = [
            self.bluesky.posts[uri]
            for uri in reversed(self.written)
            if all(word in self.bluesky.posts[uri]["record"]["text"].casefold() for word in wanted)
            and self._sort_at(uri) >= since
        ]
        page, cursor = _page(hits, asked, 25)
        return {"hitsTotal": len(hits), "posts": page, **cursor}

    def _notifications(self, asked: Asked) -> dict[str, Any]:
        reasons = asked.get("reasons", [])
        them = [one for one in reversed(self.notices) if not reasons or one[0] in reasons]
        page, cursor = _page(them, asked, 50)
        return {"notifications": [self._notice(*one) for one in page], "priority": False, **cursor}

    def _notice(self, reason: str, uri: str) -> dict[str, Any]:
        whole = self.bluesky.posts[uri]
        kept = {
            key: whole[key] for key in ("uri", "cid", "author", "record", "indexedAt", "labels")
        }
        return {**kept, "reason": reason, "isRead": False}

    def _posts(self, asked: Asked) -> dict[str, Any]:
        found = () if self.blind else (self.bluesky.posts.get(uri) for uri in asked["uris"])
        return {"posts": [one for one in found if one]}

    def _feed(self, asked: Asked) -> dict[str, Any]:
        own = asked["actor"] == [DID]
        views = [
            {
                "uri": f"at://{DID}/app.bsky.feed.post/{key}",
                "cid": _CID,
                "author": author(DID, HANDLE, "Marque"),
                "record": record,
                "indexedAt": record["createdAt"],
                "labels": [],
            }
            for key, record in reversed(self.bluesky.records.items() if own else ())
        ]
        page, cursor = _page(views, asked, 50)
        return {"feed": [{"post": view} for view in page], **cursor}

    def _profiles(self, asked: Asked) -> dict[str, Any]:
        them = {did: author(did, "lea.example", "Léa") for did in asked["actors"]}
        return {"profiles": [{**one, "followersCount": 321} for one in them.values()]}

    def _sort_at(self, uri: str) -> str:
        view = self.bluesky.posts[uri]
        return min(str(view["record"]["createdAt"]), str(view["indexedAt"]))


def author(did: str, handle: str, name: str) -> dict[str, Any]:
    return {"did": did, "handle": handle, "displayName": name, "labels": []}


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _page(of: list[Any], asked: Asked, usual: int) -> tuple[list[Any], dict[str, str]]:
    """The page asked for, and the mark of the next one unless this is the last."""
    limit = min(int(asked.get("limit", [str(usual)])[0]), 100)
    start = int(asked.get("cursor", ["0"])[0])
    more = {"cursor": str(start + limit)} if start + limit < len(of) else {}
    return of[start : start + limit], more
