"""Wires scheduler, fetch pool, poller and events together. Decides nothing: its parts do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.engine.agenda import Agenda, Entry, PacingOf
from monitor.engine.announce import Announcer
from monitor.engine.bus import Bus
from monitor.engine.poll import Landing, Poller, entry_of, host_of
from monitor.engine.scheduler import Scheduler
from monitor.engine.workers import FetchPool
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.events import Problem, SourcesChanged
from monitor.model.source import Source
from monitor.store.records import PollingState


@dataclass(frozen=True, slots=True)
class Pool:
    """`workers` polls at once, up to `most` while servers hang; `pacing_of` a host's politeness.
    `make_client` makes one client a thread."""

    workers: int
    most: int
    pacing_of: PacingOf
    make_client: Callable[[], HttpClient] = HttpClient


class Listening:
    """`by_itself` False: polls only what is asked for (the command line)."""

    def __init__(
        self,
        poller: Poller,
        bus: Bus,
        announcer: Announcer,
        clock: Clock,
        cancel: CancelToken,
        pool: Pool,
        *,
        by_itself: bool,
    ) -> None:
        self._poller = poller
        self._bus = bus
        self._announcer = announcer
        self._clock = clock
        self._cancel = cancel
        self._problem_told = False
        self._housekeep: Callable[[datetime], None] | None = None
        self._pool = FetchPool(pool.most, pool.make_client)
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

    def start(
        self, states: Iterable[PollingState], housekeep: Callable[[datetime], None] | None
    ) -> None:
        """`housekeep` is called in the scheduler thread, often; None when nobody needs it."""
        self._housekeep = housekeep
        now = self._clock.now()
        self.scheduler.put([entry_of(state, now) for state in states])
        self._pool.start()
        self.scheduler.start()

    def stop(self, timeout: float) -> int:
        """Hand out nothing more, cancel what is in flight; returns how many fetches still hang."""
        deadline = time.monotonic() + timeout
        self.scheduler.stop(timeout)
        self._cancel.cancel()
        self._poller.stop()
        hanging = self._pool.stop(max(0.0, deadline - time.monotonic()))
        self._announcer.tell_alerts(idle=True)
        return hanging

    def place(self, source: Source) -> None:
        """A source was added or changed: it is due at once, unless it is switched off."""
        due = None if source.paused else self._clock.now()
        self.scheduler.put([Entry(source.id, host_of(source), due)])

    def place_again(self, states: Iterable[PollingState]) -> None:
        """Sources that were stopped or resumed in the store."""
        now = self._clock.now()
        self.scheduler.put([entry_of(state, now) for state in states])

    def adopt(self, states: Iterable[PollingState]) -> None:
        """Sources another process added get their place; all others keep theirs."""
        now = self._clock.now()
        added = self.scheduler.adopt([entry_of(state, now) for state in states])
        if added:
            self._bus.publish(SourcesChanged(added))

    # -- fetch threads ---------------------------------------------------------------------
    def _start_poll(self, entry: Entry) -> None:
        self._pool.submit(lambda client: self._poll(entry, client))

    def _poll(self, entry: Entry, client: HttpClient) -> None:
        before = client.sent
        landing = self._poller.poll(entry, client)
        self._tell(landing)
        requests = client.sent - before
        self.scheduler.landed(landing.report, landing.entry, landing.host_rest, requests)

    def _tell(self, landing: Landing) -> None:
        report = landing.report
        if report.applied is not None:
            self._problem_told = False
            self._announcer.applied(report.applied)
            self._bus.publish(SourcesChanged((report.source_id,)))
        elif report.problem is not None and not self._problem_told:
            # A full disk would otherwise be told once for every source.
            self._problem_told = True
            problem = report.problem
            self._bus.publish(Problem(problem.title, problem.message, problem.hint))

    # -- scheduler thread ------------------------------------------------------------------
    def _tick(self, now: datetime) -> None:
        self._announcer.tell_alerts(idle=self.scheduler.idle)
        self._poller.rest()
        if self._housekeep is not None:
            self._housekeep(now)
