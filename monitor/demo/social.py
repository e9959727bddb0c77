"""Speaks Mastodon for one sample feed: its posts as statuses, and the replies published here. No socket.

Page: https://docs.joinmastodon.org/methods/statuses/. Sample posts have the same ids at every start,
oldest first, so that a profile that knows them finds them again; replies are forgotten at the end.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from monitor.demo.feeds import Dated
from monitor.demo.samples import SampleEntry, SampleFeed
from monitor.infra.clock import Clock

ACCOUNT_ID = "1"
NAME = "cafelumen"
DISPLAY_NAME = "Café Lumen"
SERVER = "social.example"
"""Where the invented people are at home, the brand among them."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One that was published here. `key` is its Idempotency-Key."""

    id: str
    key: str
    text: str
    language: str
    visibility: str
    parent_id: str
    at: datetime


class Social:
    """Safe from any thread. `token` is what a reply must bring; it is made anew at every start."""

    def __init__(self, feed: SampleFeed, clock: Clock, token: str) -> None:
        self.feed = feed
        self._clock = clock
        self._token = token
        oldest_first = sorted(feed.entries, key=_age, reverse=True)
        self._ids = {entry.id: str(1001 + place) for place, entry in enumerate(oldest_first)}
        self._replies: list[Reply] = []
        self._lock = threading.Lock()

    def timeline(self, entries: Sequence[Dated], base: str) -> list[Json]:
        """Posts and replies, newest first."""
        with self._lock:
            replies = tuple(self._replies)
        answered = {reply.parent_id for reply in replies}
        posts = [self._status(dated, base, answered) for dated in entries]
        return [_reply_status(reply, base) for reply in reversed(replies)] + sorted(
            posts, key=lambda status: str(status["id"]), reverse=True
        )

    def replies_to(self, entry: SampleEntry) -> tuple[Reply, ...]:
        with self._lock:
            return tuple(one for one in self._replies if one.parent_id == self._ids[entry.id])

    def reply(self, path: str) -> Reply | None:
        """The one whose page this is."""
        with self._lock:
            return next((one for one in self._replies if path == _path(one)), None)

    def publish(
        self, authorization: str, key: str, body: bytes, there: Sequence[Json], base: str
    ) -> tuple[int, Json]:
        """HTTP status and answer. `there` is the timeline as it stands."""
        if authorization != f"Bearer {self._token}":
            return 401, {"error": "The access token is invalid"}
        try:
            asked = json.loads(body)
            text, parent_id = str(asked["status"]), str(asked["in_reply_to_id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return 422, {"error": "Validation failed: Text can't be blank"}
        if parent_id not in {status["id"] for status in there}:
            return 404, {"error": "Record not found"}
        with self._lock:
            known = next((one for one in self._replies if key and one.key == key), None)
            if known is None:
                known = Reply(
                    id=self._new_id(),
                    key=key,
                    text=text,
                    language=str(asked.get("language", "")),
                    visibility=str(asked.get("visibility", "public")),
                    parent_id=parent_id,
                    at=self._clock.now(),
                )
                self._replies.append(known)
        return 200, _reply_status(known, base)

    def own(self, base: str) -> list[Json]:
        """The account's own posts, newest first."""
        with self._lock:
            return [_reply_status(reply, base) for reply in reversed(self._replies)]

    def _new_id(self) -> str:
        """Later ones sort behind earlier ones, those of an earlier start included."""
        now = int(self._clock.now().timestamp() * 1000)
        last = int(self._replies[-1].id) if self._replies else 0
        return str(max(now, last + 1))

    def _status(self, dated: Dated, base: str, answered: set[str]) -> Json:
        entry, id_ = dated.entry, self._ids[dated.entry.id]
        return {
            "id": id_,
            "uri": f"https://{SERVER}{entry.path}",  # wherever we serve it: its identity
            "url": base + entry.path,
            "created_at": dated.at.isoformat() if dated.at else None,
            "content": entry.body if entry.is_html else f"<p>{escape(entry.body)}</p>",
            "spoiler_text": "",
            "visibility": "public",
            "language": None,
            "in_reply_to_id": None,
            "replies_count": int(id_ in answered),
            "account": {
                "id": entry.handle,
                "username": entry.handle,
                "acct": f"{entry.handle}@{SERVER}",
                "display_name": entry.author,
                "url": f"{base}/@{entry.handle}",
            },
        }


def _reply_status(reply: Reply, base: str) -> Json:
    return {
        "id": reply.id,
        "uri": f"https://{SERVER}{_path(reply)}",
        "url": base + _path(reply),
        "created_at": reply.at.isoformat(),
        "content": f"<p>{escape(reply.text)}</p>",
        "spoiler_text": "",
        "visibility": reply.visibility,
        "language": reply.language or None,
        "in_reply_to_id": reply.parent_id,
        "replies_count": 0,
        "account": {
            "id": ACCOUNT_ID,
            "username": NAME,
            "acct": f"{NAME}@{SERVER}",
            "display_name": DISPLAY_NAME,
            "url": f"{base}/@{NAME}",
        },
    }


def _path(reply: Reply) -> str:
    return f"/@{NAME}/{reply.id}"


def _age(entry: SampleEntry) -> float:
    """In days; those that come late are the youngest."""
    return -1.0 if entry.late else entry.days_ago or 0.0
