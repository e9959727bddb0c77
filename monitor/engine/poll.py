"""One poll of one source, from the lease to the commit. Runs in a fetch thread; waits for the others.

A bug in a source is this file's to stop: logged with its traceback, that source marked unhealthy,
the others go on.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.engine.agenda import Entry
from monitor.engine.asking import Asker
from monitor.engine.checks import PollReport
from monitor.engine.pipeline import failure_of
from monitor.engine.schedule import after_failure, believable_due, host_rest_until
from monitor.engine.store_threads import StoreThreads
from monitor.engine.thinking import Job, Thinker, think
from monitor.engine.watch import Watch
from monitor.errors import Action, Cancelled, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.poll import Applied
from monitor.model.source import Source, SourceState
from monitor.sources.registry import kinds
from monitor.store.records import PollingState
from monitor.store.writer import Writer
from monitor.text import text

LEASE = timedelta(seconds=90)
"""Longer than a poll lasts: a program that was killed holds its sources no longer than this. One that
outlives it (a laptop's sleep) does no harm: what two polls bring is stored once."""

_WAITS_FOR_A_PERSON = (SourceState.NEEDS_YOU, SourceState.GONE)

TRY_LATER = timedelta(minutes=1)
"""When the store failed or another process polls the source right now."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Landing:
    """How a poll ended: what to tell, where the source waits next, how long its host rests."""

    report: PollReport
    entry: Entry | None
    host_rest: datetime | None = None


def host_of(source: Source) -> str:
    """Whose server is asked: politeness is owed to hosts, not to addresses."""
    try:
        return urlsplit(source.address).hostname or source.kind
    except ValueError:
        return source.kind


def entry_of(state: PollingState, now: datetime) -> Entry:
    """Without a due time it is due now, unless it waits for a person."""
    stored = state.next_due
    due = now if stored is None else believable_due(stored, now)
    waits = state.source.paused or state.state in _WAITS_FOR_A_PERSON
    return Entry(
        state.source.id,
        host_of(state.source),
        None if waits else due,
        failing=state.failures > 0,
        stored=stored,
    )


class Poller:
    """Safe from any thread. `interval_of` gives a source's interval in seconds."""

    def __init__(
        self,
        store: StoreThreads,
        watch: Watch,
        thinker: Thinker,
        asker: Asker,
        clock: Clock,
        cancel: CancelToken,
        owner: str,
        interval_of: Callable[[Source], int],
    ) -> None:
        self._store = store
        self._watch = watch
        self._thinker = thinker
        self._asker = asker
        self._clock = clock
        self._cancel = cancel
        self._owner = owner
        self._interval_of = interval_of

    def poll(self, entry: Entry, client: HttpClient) -> Landing:
        """Claim, fetch, find, write. Never raises: whatever happened is in the landing's report."""
        source_id = entry.source_id
        try:
            return self._poll(entry, client)
        except Cancelled:
            self._store.write(lambda writer: writer.release(source_id, self._owner))
            return Landing(PollReport(source_id, None), self._later(entry))
        except VigieError as error:
            # The store failed: nothing was written, so the same is fetched again.
            return Landing(PollReport(source_id, None, problem=error), self._later(entry))
        except Exception:
            _log.exception("source %d: a bug outside the source", source_id)
            return Landing(PollReport(source_id, None, _BROKEN, _REPORT_IT), self._later(entry))

    def rest(self) -> None:
        """Give back what only a busy time needs. Called now and then."""
        self._thinker.rest()

    def stop(self) -> None:
        """Think no further: polls under way end as cancelled."""
        self._thinker.stop()

    def _poll(self, entry: Entry, client: HttpClient) -> Landing:
        source_id, now = entry.source_id, self._clock.now()
        claim = self._store.write(lambda w: w.claim(source_id, self._owner, now + LEASE, now))
        state = claim.result()
        if state is None:
            there = self._store.read(lambda reader: reader.polling_state(source_id)).result()
            return Landing(PollReport(source_id, None), self._later(entry) if there else None)
        if _polled_elsewhere(state, entry, now):
            self._store.write(lambda writer: writer.release(source_id, self._owner))
            return Landing(PollReport(source_id, None), entry_of(state, now))
        try:
            return self._fetch(state, client)
        except SourceError as error:
            return self._failed(state, error)
        except VigieError:
            raise
        except Exception:
            _log.exception("source %d (%s): a bug of ours", source_id, state.source.kind)
            return self._failed(state, SourceError(_BROKEN, _SKIPPED, _REPORT_IT))

    def _fetch(self, state: PollingState, client: HttpClient) -> Landing:
        source = state.source
        kind = kinds().get(source.kind)
        if kind is None:
            raise _unknown_kind(source.kind)
        now = self._clock.now()
        answers = self._asker.ask(kind, source, state.cursor, client, now, self._cancel)
        job = Job(state, answers, self._clock.now(), self._interval_of(source), _dice())
        finder = self._watch.finder
        outcome = self._thinker.outcome(job, finder)

        def write(writer: Writer) -> Applied:
            current = self._watch.finder
            found = outcome if current is finder else think(job, current, self._store)
            return writer.apply(replace(found, owner=self._owner))

        applied = self._store.write(write).result()
        landed = replace(source, address=outcome.moved_to or source.address)
        due = outcome.next_due
        entry = Entry(source.id, host_of(landed), due, stored=due)
        return Landing(PollReport(source.id, applied), entry)

    def _failed(self, state: PollingState, error: SourceError) -> Landing:
        now = self._clock.now()
        source = state.source
        plan = after_failure(now, self._interval_of(source), state.failures, error, _dice())
        told = text("{what} {meaning}", what=error.title, meaning=error.message)
        failed = failure_of(source.id, now, plan, told, error.hint)
        outcome = replace(failed, owner=self._owner)
        applied = self._store.write(lambda writer: writer.apply(outcome)).result()
        entry = Entry(source.id, host_of(source), plan.due, failing=True, stored=plan.due)
        report = PollReport(source.id, applied, told, error.hint)
        return Landing(report, entry, host_rest_until(now, state.failures, error))

    def _later(self, entry: Entry) -> Entry:
        return replace(entry, due=self._clock.now() + TRY_LATER)


def _polled_elsewhere(state: PollingState, entry: Entry, now: datetime) -> bool:
    """Another process on this profile polled or paused it since we last knew: no need to ask."""
    if entry.due is None:
        return False
    if state.source.paused:
        return True
    if state.next_due is None or state.next_due == entry.stored:
        return False
    return state.next_due > max(entry.due, now)


def _dice() -> float:
    return random.random()  # noqa: S311 - spreading polls, no secret


def _unknown_kind(kind: str) -> SourceError:
    return SourceError(
        text("This kind of source is unknown: {kind}.", kind=kind),
        text("It was added with another version of the program; what it brought is kept."),
        text("Install that version, or remove the source."),
        action=Action.PAUSE,
    )


_BROKEN = text("The program made a mistake while reading this source.")
_SKIPPED = text("Nothing that was stored is lost; the other sources go on.")
_REPORT_IT = text("It tries again by itself. The log holds the details for a report.")
