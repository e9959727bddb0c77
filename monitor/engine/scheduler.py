"""The scheduler thread: hands due sources to the fetch pool. Does no I/O and knows no source.

Everything it knows is in `agenda` (when, which host) and `checks` (progress); this file is the
lock, the clock and the waiting.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.engine.agenda import Agenda, Entry
from monitor.engine.checks import CheckReport, Checks, PollReport
from monitor.engine.schedule import after_jump, clock_jump
from monitor.infra.clock import Clock
from monitor.model.events import CheckProgress
from monitor.model.source import Turn

SLOW_AFTER = 3.0
"""Seconds after which a poll no longer counts against `workers`: a hanging server delays nobody."""

LONGEST_NAP = 15.0
"""Seconds between looks at the clock, so that a sleep of the machine is noticed soon."""


class Scheduler:
    """`start_poll(entry)` must return at once; whoever runs the poll calls `landed` at its end.

    `workers` polls run at once, up to `most` when some of them hang.
    """

    def __init__(
        self,
        agenda: Agenda,
        clock: Clock,
        start_poll: Callable[[Entry], None],
        on_progress: Callable[[CheckProgress], None],
        *,
        workers: int,
        most: int,
        listening: bool = True,
        on_tick: Callable[[datetime], None],
    ) -> None:
        self._agenda = agenda
        self._checks = Checks()
        self._clock = clock
        self._start_poll = start_poll
        self._on_progress = on_progress
        self._on_tick = on_tick
        self._workers = workers
        self._most = most
        self._changed = threading.Condition()
        self._started_at: dict[int, float] = {}
        self._failing: set[int] = set()
        self._replaced: set[int] = set()
        self._paused = not listening
        self._stopping = False
        self._stirred = False
        self._seen = (clock.now(), clock.monotonic())
        self._asked_nap = LONGEST_NAP
        self._thread = threading.Thread(target=self._run, name="scheduler", daemon=True)

    # -- any thread ------------------------------------------------------------------------
    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Hand out nothing more. Whoever waits for a check is told what was not polled."""
        with self._changed:
            self._stopping = True
            self._checks.dropped((*self._agenda.queued(), *self._started_at))
            self._wake()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def put(self, entries: Iterable[Entry]) -> None:
        with self._changed:
            for entry in entries:
                self._agenda.put(entry)
                if entry.source_id in self._started_at:
                    self._replaced.add(entry.source_id)
            self._wake()

    def adopt(self, entries: Iterable[Entry]) -> tuple[int, ...]:
        """Put only those that are not known yet; their ids."""
        with self._changed:
            fresh = [one for one in entries if self._agenda.entry(one.source_id) is None]
            for entry in fresh:
                self._agenda.put(entry)
            if fresh:
                self._wake()
        return tuple(entry.source_id for entry in fresh)

    def remove(self, source_id: int) -> None:
        with self._changed:
            self._checks.dropped([source_id])
            self._agenda.remove(source_id)
            self._wake()

    def check(self, source_ids: Sequence[int] | None, *, only_due: bool) -> Future[CheckReport]:
        """Poll these (None: all that are not switched off) now, politeness kept."""
        now, steady = self._clock.now(), self._clock.monotonic()
        with self._changed:
            wanted = self._wanted(source_ids, now if only_due else None)
            queued = self._agenda.ask(wanted, now, steady)
            self._checks.started(queued)
            running = [source_id for source_id in wanted if self._agenda.is_busy(source_id)]
            put_off = [source_id for source_id in wanted if not self._agenda.is_busy(source_id)]
            future = self._checks.ask(running, put_off)
            progress = self._checks.progress()
            self._wake()
        self._on_progress(progress)
        return future

    def landed(
        self,
        report: PollReport,
        entry: Entry | None,
        host_rest: datetime | None,
        requests: int = 1,
    ) -> None:
        """A poll is over, after so many `requests`. `entry` is the source's new place, None when it no
        longer exists. What a person changed while it ran counts more: another address is due at once."""
        with self._changed:
            self._started_at.pop(report.source_id, None)
            self._failing.discard(report.source_id)
            previous = self._agenda.entry(report.source_id)
            if report.source_id in self._replaced:
                self._replaced.discard(report.source_id)
            elif entry is None:
                self._agenda.remove(report.source_id)
            elif previous is not None:
                self._agenda.put(entry)
            self._agenda.landed(report.source_id, self._clock.monotonic(), requests)
            if host_rest is not None and previous is not None:
                self._checks.dropped(self._agenda.rest(previous.host, host_rest))
            self._checks.landed(report)
            progress = self._checks.progress()
            self._wake()
        self._on_progress(progress)

    def pause(self) -> None:
        with self._changed:
            self._paused = True
            asked = self._checks.asked_ids
            taken = [source_id for source_id in self._agenda.queued() if source_id not in asked]
            self._checks.dropped(self._agenda.unqueue(taken))
            progress = self._checks.progress()
            self._wake()
        self._on_progress(progress)

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._wake()

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def idle(self) -> bool:
        with self._changed:
            return self._checks.idle

    def next_check(self) -> datetime | None:
        with self._changed:
            return None if self._paused else self._agenda.next_due()

    def turns(self) -> dict[int, Turn]:
        """Source id -> its turn, of those that wait in the queue of a host that may be asked seldom."""
        now, steady = self._clock.now(), self._clock.monotonic()
        with self._changed:
            waits = self._agenda.waits(steady)
        return {
            source_id: Turn(host, now + timedelta(seconds=seconds), spacing)
            for source_id, (host, seconds, spacing) in waits.items()
        }

    def book(self, host: str, patience: float) -> float:
        """Seconds until the host may be asked outside of its queue; booked when within `patience`."""
        now, steady = self._clock.now(), self._clock.monotonic()
        with self._changed:
            return self._agenda.book(host, now, steady, patience)

    def _wake(self) -> None:
        self._stirred = True
        self._changed.notify_all()

    def _wanted(self, source_ids: Sequence[int] | None, due_by: datetime | None) -> list[int]:
        ids = self._agenda.ids() if source_ids is None else source_ids
        if source_ids is None or due_by is not None:
            entries = [entry for i in ids if (entry := self._agenda.entry(i)) is not None]
            return [
                entry.source_id
                for entry in entries
                if entry.due is not None and (due_by is None or entry.due <= due_by)
            ]
        return list(dict.fromkeys(ids))

    # -- the scheduler thread --------------------------------------------------------------
    def _run(self) -> None:
        # The first answer imports every kind of source: 0.1 s in which nobody may wait for the lock.
        self._agenda.pacing_of("")
        while True:
            with self._changed:
                if self._stopping:
                    return
                self._stirred = False
                now, steady = self._clock.now(), self._clock.monotonic()
                self._notice_jump(now, steady)
                started = () if self._paused else self._agenda.queue_due(now, steady)
                self._checks.started(started)
                progress = self._checks.progress() if started else None
                picked = self._pick_all(steady)
            # Outside the lock: listeners and the pool are other people's code.
            if progress is not None:
                self._on_progress(progress)
            for entry in picked:
                self._start_poll(entry)
            self._on_tick(now)
            with self._changed:
                self._asked_nap = self._nap(now, steady)
                self._changed.wait_for(lambda: self._stirred, self._asked_nap)

    def _pick_all(self, steady: float) -> list[Entry]:
        picked: list[Entry] = []
        while len(self._started_at) < self._capacity(steady):
            entry = self._agenda.pick(steady, len(self._failing) < max(1, self._workers // 2))
            if entry is None:
                break
            self._started_at[entry.source_id] = steady
            if entry.failing:
                self._failing.add(entry.source_id)
            picked.append(entry)
        return picked

    def _capacity(self, steady: float) -> int:
        slow = sum(steady - started >= SLOW_AFTER for started in self._started_at.values())
        return min(self._most, self._workers + slow)

    def _nap(self, now: datetime, steady: float) -> float:
        """Seconds until something may have to be done, if nobody calls before."""
        waits = [LONGEST_NAP]
        if not self._paused and (due := self._agenda.next_due()) is not None:
            waits.append((due - now) / timedelta(seconds=1))
        if len(self._started_at) < self._capacity(steady):
            if (open_at := self._agenda.next_open()) is not None:
                waits.append(open_at - steady)
        elif self._agenda.queued():
            slow_at = (started + SLOW_AFTER for started in self._started_at.values())
            waits.extend(at - steady for at in slow_at if at > steady)
        return max(0.0, min(waits))

    def _notice_jump(self, now: datetime, steady: float) -> None:
        wall_passed = (now - self._seen[0]) / timedelta(seconds=1)
        jump = clock_jump(wall_passed, steady - self._seen[1], self._asked_nap)
        self._seen = (now, steady)
        if jump == 0.0:
            return
        for source_id in self._agenda.ids():
            entry = self._agenda.entry(source_id)
            if entry is not None and entry.due is not None:
                due = after_jump(entry.due, now, jump, random.random())  # noqa: S311 - spreading
                self._agenda.put(replace(entry, due=due))
