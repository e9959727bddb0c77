"""What the demonstration's server answers at a path and a moment. No socket. Safe from any thread."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.demo.feeds import CONTENT_TYPES, Dated, write_feed, write_index, write_page
from monitor.demo.samples import SampleFeed
from monitor.infra.clock import Clock

RELEASE_AFTER = timedelta(seconds=4)
"""How long after a feed's first poll its late entries appear: the second poll alerts."""


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    content_type: str
    etag: str = ""


class Site:
    """Dates count back from the moment it is made. `release_after` is for tests that wait for nothing."""

    def __init__(
        self,
        feeds: Sequence[SampleFeed],
        clock: Clock,
        release_after: timedelta = RELEASE_AFTER,
    ) -> None:
        self._feeds = {feed.key: feed for feed in feeds}
        self._pages = {entry.path: (entry, feed) for feed in feeds for entry in feed.entries}
        self._clock = clock
        self._release_after = release_after
        self._started = clock.now().replace(microsecond=0)
        self._first_polled: dict[str, datetime] = {}
        self._lock = threading.Lock()

    @property
    def feeds(self) -> tuple[SampleFeed, ...]:
        return tuple(self._feeds.values())

    def page(self, path: str, base: str) -> Page | None:
        """The answer at `path`; None when there is none. Reading a feed starts its release."""
        if path == "/":
            return Page(write_index(self.feeds, base), "text/html; charset=utf-8")
        feed = self._feeds.get(path.removeprefix("/feeds/"))
        if feed is not None:
            body = write_feed(feed, self._entries(feed), base)
            etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            return Page(body, CONTENT_TYPES[feed.format], etag)
        known = self._pages.get(path)
        if known is None:
            return None
        entry, feed = known
        return Page(write_page(entry, feed.name), "text/html; charset=utf-8")

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
