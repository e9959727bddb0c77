"""What the demonstration's server answers at a path and a moment. No socket. Safe from any thread.

The feed with a tag is a Mastodon server too, as far as the program speaks with one (social.py).
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.demo.feeds import (
    CONTENT_TYPES,
    Dated,
    write_feed,
    write_index,
    write_page,
    write_reply,
)
from monitor.demo.samples import SampleFeed
from monitor.demo.social import ACCOUNT_ID, DISPLAY_NAME, Social
from monitor.infra.clock import Clock

RELEASE_AFTER = timedelta(seconds=4)
"""How long after a feed's first poll its late entries appear: the second poll alerts."""


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    content_type: str
    etag: str = ""
    status: int = 200


class Site:
    """Dates count back from the moment it is made. `release_after` is for tests that wait for nothing.
    `token` is what a reply must bring."""

    def __init__(
        self,
        feeds: Sequence[SampleFeed],
        clock: Clock,
        release_after: timedelta = RELEASE_AFTER,
        token: str = "",
    ) -> None:
        self._feeds = {feed.key: feed for feed in feeds}
        self._pages = {entry.path: (entry, feed) for feed in feeds for entry in feed.entries}
        self._clock = clock
        self._release_after = release_after
        self._started = clock.now().replace(microsecond=0)
        self._first_polled: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._social = next((Social(feed, clock, token) for feed in feeds if feed.tag), None)

    @property
    def feeds(self) -> tuple[SampleFeed, ...]:
        return tuple(self._feeds.values())

    def page(self, path: str, base: str) -> Page | None:
        """The answer at `path`; None when there is none. Reading a feed starts its release."""
        if path == "/":
            return _html(write_index(self.feeds, base))
        feed = self._feeds.get(path.removeprefix("/feeds/"))
        if feed is not None:
            body = write_feed(feed, self._entries(feed), base)
            etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            return Page(body, CONTENT_TYPES[feed.format], etag)
        if path.startswith("/api/") and self._social is not None:
            return self._asked(self._social, path, base)
        known = self._pages.get(path)
        if known is None:
            reply = self._social.reply(path) if self._social is not None else None
            return _html(write_reply(reply.text, DISPLAY_NAME)) if reply is not None else None
        entry, feed = known
        social = self._social if feed.tag else None
        replies = social.replies_to(entry) if social is not None else ()
        return _html(write_page(entry, feed.name, [reply.text for reply in replies]))

    def post(self, path: str, authorization: str, key: str, body: bytes, base: str) -> Page | None:
        """A reply is published, once for one `key`; None where nothing can be posted."""
        if path != "/api/v1/statuses" or self._social is None:
            return None
        there = self._social.timeline(self._entries(self._social.feed), base)
        status, told = self._social.publish(authorization, key, body, there, base)
        return _json(told, status)

    def _asked(self, social: Social, path: str, base: str) -> Page | None:
        """What Mastodon's interface answers, as far as a source or a reply asks it."""
        if path == f"/api/v1/timelines/tag/{social.feed.tag}":
            return _json(social.timeline(self._entries(social.feed), base))
        if path == f"/api/v1/accounts/{ACCOUNT_ID}/statuses":
            return _json(social.own(base))
        if path == "/api/v2/instance":
            return _json({"configuration": {"statuses": {"max_characters": 500}}})
        id_ = path.removeprefix("/api/v1/statuses/")
        for status in social.timeline(self._entries(social.feed), base):
            if status["id"] == id_:
                return _json(status)
        return _json({"error": "Record not found"}, 404)

    def _entries(self, feed: SampleFeed) -> list[Dated]:
        now = self._clock.now()
        with self._lock:
            first = self._first_polled.setdefault(feed.key, now)
        released = (first + self._release_after).replace(microsecond=0)
        entries = []
        for entry in feed.entries:
            if entry.late:
                if now > first and now >= released:
                    entries.append(Dated(entry, released))
            elif entry.days_ago is None:
                entries.append(Dated(entry, None))
            else:
                entries.append(Dated(entry, self._started - timedelta(days=entry.days_ago)))
        entries.sort(key=lambda dated: dated.at or self._started, reverse=True)
        return entries


def _html(body: bytes) -> Page:
    return Page(body, "text/html; charset=utf-8")


def _json(told: object, status: int = 200) -> Page:
    return Page(json.dumps(told).encode(), "application/json; charset=utf-8", status=status)
