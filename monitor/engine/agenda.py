"""Which source may be polled now: due times, hosts, pacing. Pure: time is given. No I/O, no lock.

A source waits for its time in a heap, then in its host's queue. A host is in exactly one place:
nowhere (nothing queued, or full), `_open` (may be asked now) or `_cooling` (may be asked later).
So picking is O(log n) however many sources wait.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pacing:
    """At most `in_flight` polls at once of one host, and `spacing` seconds for each of their requests.

    `share`: requests the network allows in any `window` seconds, 0 where it tells no number. A third
    of it may be taken at once, the rest comes back evenly; the last sixth is for the poll that goes
    over, because nobody knows before how many pages a poll will ask for.
    """

    in_flight: int = 1
    spacing: float = 1.0
    share: int = 0
    window: float = 0.0


POLITE = Pacing()
OWN_MACHINE = Pacing(in_flight=8, spacing=0.0)

PacingOf = Callable[[str], Pacing]


@dataclass(slots=True)
class _Host:
    pacing: Pacing
    queue: deque[int] = field(default_factory=deque)
    in_flight: int = 0
    free_at: float = 0.0
    paid_until: float = 0.0
    rests_until: datetime | None = None
    listed: bool = False

    def rests(self, now: datetime) -> bool:
        return self.rests_until is not None and now < self.rests_until

    def pay(self, requests: int, steady: float) -> None:
        """So many were sent, one of which was paid for when its turn was taken."""
        self.free_at += max(0, requests - 1) * self.pacing.spacing
        if self.pacing.share:
            each = 2 * self.pacing.window / self.pacing.share
            self.paid_until = max(self.paid_until, steady) + requests * each
            at_once = self.pacing.share // 3 * each
            self.free_at = max(self.free_at, self.paid_until - at_once)


@dataclass(frozen=True, slots=True)
class Entry:
    """One source as the agenda sees it. `failing` sources may never fill the whole pool. `stored` is the
    due time the store had when we last knew: another one there means another process polled."""

    source_id: int
    host: str
    due: datetime | None
    failing: bool = False
    stored: datetime | None = None


class Agenda:
    """Not thread-safe: one lock around it in `scheduler`. `pacing_of` alone needs none."""

    def __init__(self, pacing_of: PacingOf) -> None:
        self.pacing_of = pacing_of
        self._entries: dict[int, Entry] = {}
        self._waiting: list[tuple[datetime, int]] = []
        self._queued: set[int] = set()
        self._flying: dict[int, str] = {}
        self._hosts: dict[str, _Host] = {}
        self._open: deque[str] = deque()
        self._cooling: list[tuple[float, str]] = []

    # -- what is known ---------------------------------------------------------------------
    def put(self, entry: Entry) -> None:
        """Add a source or replace what is known of it; one in flight is placed when it lands."""
        self._entries[entry.source_id] = entry
        if entry.due is not None and entry.source_id not in self._flying:
            heapq.heappush(self._waiting, (entry.due, entry.source_id))

    def remove(self, source_id: int) -> None:
        self._entries.pop(source_id, None)
        self._queued.discard(source_id)

    def ids(self) -> tuple[int, ...]:
        return tuple(self._entries)

    def entry(self, source_id: int) -> Entry | None:
        return self._entries.get(source_id)

    def is_busy(self, source_id: int) -> bool:
        """In flight or in a host's queue."""
        return source_id in self._flying or source_id in self._queued

    def next_due(self) -> datetime | None:
        """When the next source that still waits is due; None when none is."""
        self._drop_stale()
        return self._waiting[0][0] if self._waiting else None

    def queued(self) -> tuple[int, ...]:
        return tuple(self._queued)

    def waits(self, steady: float) -> dict[int, tuple[str, float, float]]:
        """Source id -> host, seconds until its turn, and the host's spacing: those that wait in the
        queue of a host that wants more than politeness."""
        found = {}
        for name, host in self._hosts.items():
            spacing = host.pacing.spacing
            if spacing <= POLITE.spacing:
                continue
            first = max(0.0, host.free_at - steady)
            queued = dict.fromkeys(one for one in host.queue if one in self._queued)
            for place, source_id in enumerate(queued):
                found[source_id] = (name, first + place * spacing, spacing)
        return found

    def book(self, name: str, now: datetime, steady: float, patience: float) -> float:
        """Seconds until this host may be asked once more, by somebody who has no place in its queue.
        Its next turn is taken when it comes within `patience` seconds."""
        host = self._host(name)
        rest = (host.rests_until - now).total_seconds() if host.rests_until is not None else 0.0
        wait = max(0.0, rest, host.free_at - steady)
        if wait <= patience:
            host.free_at = steady + wait + host.pacing.spacing
            host.pay(1, steady)
        return wait

    # -- moving ----------------------------------------------------------------------------
    def queue_due(self, now: datetime, steady: float) -> tuple[int, ...]:
        """Move every source whose time has come to its host's queue; returns those moved.

        When the host asked to be left alone, the source is due again when the rest is over.
        """
        moved = []
        while self._waiting and self._waiting[0][0] <= now:
            due, source_id = heapq.heappop(self._waiting)
            if not self._is_current(due, source_id):
                continue
            if self._enqueue(source_id, now, steady):
                moved.append(source_id)
        return tuple(moved)

    def ask(self, source_ids: Iterable[int], now: datetime, steady: float) -> tuple[int, ...]:
        """Queue these whatever their due time; returns those that now are queued.

        Left out: unknown ones, those already on their way, and those whose host rests.
        """
        return tuple(
            source_id
            for source_id in source_ids
            if source_id in self._entries
            and not self.is_busy(source_id)
            and self._enqueue(source_id, now, steady)
        )

    def unqueue(self, source_ids: Iterable[int]) -> tuple[int, ...]:
        """Take back what is queued and not yet started: each waits for its due time again."""
        taken = tuple(source_id for source_id in source_ids if source_id in self._queued)
        for source_id in taken:
            self._queued.discard(source_id)
            self.put(self._entries[source_id])
        return taken

    def rest(self, name: str, until: datetime) -> tuple[int, ...]:
        """The host asked to be left alone. Returns the sources taken out of its queue."""
        host = self._host(name)
        if host.rests_until is not None and host.rests_until >= until:
            return ()
        host.rests_until = until
        taken = tuple(queued for queued in host.queue if queued in self._queued)
        for source_id in taken:
            self._queued.discard(source_id)
            self._postpone(source_id, until)
        host.queue.clear()
        return taken

    def _enqueue(self, source_id: int, now: datetime, steady: float) -> bool:
        name = self._entries[source_id].host
        host = self._host(name)
        if host.rests_until is not None and host.rests(now):
            self._postpone(source_id, host.rests_until)
            return False
        self._queued.add(source_id)
        host.queue.append(source_id)
        self._list(name, host, steady)
        return True

    def _postpone(self, source_id: int, until: datetime) -> None:
        entry = self._entries[source_id]
        due = until if entry.due is None else max(entry.due, until)
        self.put(replace(entry, due=due))

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(self.pacing_of(name))
        return host

    def pick(self, steady: float, failing_allowed: bool = True) -> Entry | None:
        """The next source to poll now, marked as in flight; None when nothing may be."""
        while self._cooling and self._cooling[0][0] <= steady:
            self._open.append(heapq.heappop(self._cooling)[1])
        for _ in range(len(self._open)):
            name = self._open.popleft()
            host = self._hosts[name]
            host.listed = False
            if host.in_flight >= host.pacing.in_flight:
                continue
            if host.free_at > steady:
                self._list(name, host, steady)
                continue
            if not self._bring_forward(host, failing_allowed):
                self._list(name, host, steady)
                continue
            source_id = host.queue.popleft()
            self._queued.discard(source_id)
            self._flying[source_id] = name
            host.in_flight += 1
            host.free_at = max(host.free_at, steady + host.pacing.spacing)
            self._list(name, host, steady)
            return self._entries[source_id]
        return None

    def _bring_forward(self, host: _Host, failing_allowed: bool) -> bool:
        """Put a source that may be polled at the head of its host's queue; False when there is none."""
        for _ in range(len(host.queue)):
            source_id = host.queue[0]
            if source_id not in self._queued:  # taken back or removed meanwhile
                host.queue.popleft()
            elif failing_allowed or not self._entries[source_id].failing:
                return True
            else:
                host.queue.rotate(-1)
        return False

    def landed(self, source_id: int, steady: float, requests: int = 1) -> None:
        """The poll is over, after so many requests: its host may be asked again and the source waits
        for its next due time."""
        name = self._flying.pop(source_id, None)
        if name is not None:
            host = self._hosts[name]
            host.in_flight -= 1
            host.pay(requests, steady)
            self._list(name, host, steady)
        entry = self._entries.get(source_id)
        if entry is not None:
            self.put(entry)

    def next_open(self) -> float | None:
        """The steady time at which the first cooling host may be asked; None when none cools."""
        return self._cooling[0][0] if self._cooling else None

    def _list(self, name: str, host: _Host, steady: float) -> None:
        if host.listed or not host.queue or host.in_flight >= host.pacing.in_flight:
            return
        host.listed = True
        if host.free_at <= steady:
            self._open.append(name)
        else:
            heapq.heappush(self._cooling, (host.free_at, name))

    def _is_current(self, due: datetime, source_id: int) -> bool:
        entry = self._entries.get(source_id)
        return entry is not None and entry.due == due and not self.is_busy(source_id)

    def _drop_stale(self) -> None:
        while self._waiting and not self._is_current(*self._waiting[0]):
            heapq.heappop(self._waiting)
