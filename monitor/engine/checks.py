"""Counts what is running: progress for the status bar, and a report for whoever asked. Pure. No lock.

A round begins when the first source is queued and ends when the last one landed, whether the
clock or a person started it: so the progress shown is always true.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from monitor.errors import VigieError
from monitor.model.events import CheckProgress
from monitor.model.poll import Applied
from monitor.text import Text


@dataclass(frozen=True, slots=True)
class PollReport:
    """How one poll went. `applied` is None when nothing was written (polled elsewhere, cancelled).

    `error` is the source's, already stored with it; `problem` is ours: the store could not write.
    """

    source_id: int
    applied: Applied | None
    error: Text | None = None
    hint: Text | None = None
    problem: VigieError | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one asked-for check brought. `put_off` sources were not polled: their host asked to wait."""

    polls: tuple[PollReport, ...]
    put_off: tuple[int, ...]


class _Asked:
    def __init__(self, pending: set[int], put_off: Iterable[int]) -> None:
        self.pending = pending
        self.put_off = list(put_off)
        self.polls: list[PollReport] = []
        self.future: Future[CheckReport] = Future()

    def finish_if_done(self) -> bool:
        if self.pending:
            return False
        self.future.set_result(CheckReport(tuple(self.polls), tuple(self.put_off)))
        return True


class Checks:
    def __init__(self) -> None:
        self._running: set[int] = set()
        self._done = 0
        self._asked: list[_Asked] = []

    @property
    def idle(self) -> bool:
        return not self._running

    @property
    def asked_ids(self) -> frozenset[int]:
        """Sources a person waits for: polled even while listening is paused."""
        return frozenset().union(*(asked.pending for asked in self._asked))

    def ask(self, source_ids: Iterable[int], put_off: Iterable[int]) -> Future[CheckReport]:
        """Start a check over sources that are running already; resolved when the last one landed."""
        asked = _Asked(set(source_ids), put_off)
        if not asked.finish_if_done():
            self._asked.append(asked)
        return asked.future

    def started(self, source_ids: Iterable[int]) -> None:
        if self.idle:
            self._done = 0
        self._running.update(source_ids)

    def landed(self, report: PollReport) -> None:
        if report.source_id in self._running:
            self._running.discard(report.source_id)
            self._done += 1
        for asked in self._asked:
            if report.source_id in asked.pending:
                asked.pending.discard(report.source_id)
                asked.polls.append(report)
        self._close()

    def dropped(self, source_ids: Iterable[int]) -> None:
        """These will not be polled in this round after all."""
        for source_id in source_ids:
            self._running.discard(source_id)
            for asked in self._asked:
                if source_id in asked.pending:
                    asked.pending.discard(source_id)
                    asked.put_off.append(source_id)
        self._close()

    def progress(self) -> CheckProgress:
        return CheckProgress(self._done, self._done + len(self._running))

    def _close(self) -> None:
        self._asked = [asked for asked in self._asked if not asked.finish_if_done()]
