"""Wires scheduler, fetch pool, poller and events together. Decides nothing: its parts do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.engine.agenda import Agenda, Entry, PacingOf
from monitor.engine.alert_burst import AlertBurst
from monitor.engine.bus import Bus
from monitor.engine.poll import Landing, Poller, host_of
from monitor.engine.scheduler import Scheduler
from monitor.engine.store_threads import StoreThreads
from monitor.engine.workers import FetchPool
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.events import AlertsRaised, MentionsChanged, Problem, SourcesChanged
from monitor.model.poll import Applied
from monitor.model.source import Source

HOUSEKEEPING = timedelta(seconds=20)
"""How often snoozed mentions are looked at."""


@dataclass(frozen=True, slots=True)
class Pool:
    """`workers` polls at once, up to `most` while servers hang; `pacing_of` a host's politeness."""

    workers: int
    most: int
    pacing_of: PacingOf


class Listening:
    """`by_itself` False: polls only what is asked for (the command line)."""

    def __init__(
        self,
        store: StoreThreads,
        poller: Poller,
        bus: Bus,
        clock: Clock,
        cancel: CancelToken,
        pool: Pool,
        *,
        by_itself: bool,
    ) -> None:
        self._store = store
        self._poller = poller
        self._bus = bus
        self._clock = clock
        self._cancel = cancel
        self._burst = AlertBurst()
        self._burst_lock = threading.Lock()
        self._by_itself = by_itself
        self._problem_told = False
        self._housekeeping_at = clock.now()
        self._pool = FetchPool(pool.most, HttpClient)
        self.scheduler = Scheduler(
            Agenda(pool.pacing_of),
            clock,
            self._start_poll,
            bus.publish,
            workers=pool.workers,
            most=pool.most,
            listening=by_itself,
            on_tick=self._tick,
        )

    def start(self, entries: Iterable[Entry]) -> None:
        self.scheduler.put(entries)
        self._pool.start()
        self.scheduler.start()

    def stop(self, timeout: float) -> int:
        """Hand out nothing more, cancel what is in flight; returns how many fetches still hang."""
        deadline = time.monotonic() + timeout
        self.scheduler.stop(timeout)
        self._cancel.cancel()
        hanging = self._pool.stop(max(0.0, deadline - time.monotonic()))
        self._tell_alerts(idle=True)
        return hanging

    def place(self, source: Source) -> None:
        """A source was added or changed: it is due at once, unless it is switched off."""
        due = None if source.paused else self._clock.now()
        self.scheduler.put([Entry(source.id, host_of(source), due)])

    def tell_stored_alerts(self, mention_ids: Sequence[int]) -> None:
        """Alerts that were written and never shown: the program ended in between."""
        with self._burst_lock:
            self._burst.add(tuple(mention_ids), self._clock.monotonic())

    def tell_applied(self, applied: Applied) -> None:
        """The event of a commit. Any thread."""
        if applied.new_mentions or applied.changed_mentions:
            self._bus.publish(MentionsChanged(applied.new_mentions, applied.changed_mentions))
        with self._burst_lock:
            self._burst.add(applied.alerted_mentions, self._clock.monotonic())

    # -- fetch threads ---------------------------------------------------------------------
    def _start_poll(self, entry: Entry) -> None:
        self._pool.submit(lambda client: self._poll(entry, client))

    def _poll(self, entry: Entry, client: HttpClient) -> None:
        landing = self._poller.poll(entry, client)
        self._tell(landing)
        self.scheduler.landed(landing.report, landing.entry, landing.host_rest)

    def _tell(self, landing: Landing) -> None:
        report = landing.report
        if report.applied is not None:
            self._problem_told = False
            self.tell_applied(report.applied)
            self._bus.publish(SourcesChanged((report.source_id,)))
        elif report.problem is not None and not self._problem_told:
            # A full disk would otherwise be told once for every source.
            self._problem_told = True
            problem = report.problem
            self._bus.publish(Problem(problem.title, problem.message, problem.hint))

    # -- scheduler thread ------------------------------------------------------------------
    def _tick(self, now: datetime) -> None:
        self._tell_alerts(idle=self.scheduler.idle)
        if self._by_itself and now >= self._housekeeping_at:
            self._housekeeping_at = now + HOUSEKEEPING
            self._store.write(lambda writer: writer.wake_due(now)).add_done_callback(self._woken)

    def _woken(self, done: Future[tuple[int, ...]]) -> None:
        if not done.exception() and done.result():
            self._bus.publish(MentionsChanged(changed_ids=done.result()))

    def _tell_alerts(self, *, idle: bool) -> None:
        with self._burst_lock:
            mention_ids = self._burst.take(self._clock.monotonic(), idle=idle)
        if not mention_ids:
            return
        self._bus.publish(AlertsRaised(mention_ids))
        if self._by_itself:  # the command line has no desktop: the window tells them at its start
            now = self._clock.now()
            self._store.write(lambda writer: writer.mark_notified(mention_ids, now))
