"""What a fetched answer means for the store: read, matched, judged. The costly, pure part of a poll.

`think` is the work itself. A Thinker does it in this process, one poll at a time, or hands it to the
second process while many polls wait for their turn.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.engine.finder import Finder
from monitor.engine.pipeline import Before, outcome_of
from monitor.engine.schedule import after_success
from monitor.engine.second_process import Gone, SecondProcess
from monitor.infra.cancel import CancelToken
from monitor.model.poll import PollOutcome
from monitor.model.post import Author, Post
from monitor.sources.base import Answers
from monitor.sources.registry import kinds
from monitor.store.records import PollingState

CROWD = 6
"""So many polls waiting for their turn are work enough for a second process."""

_TOO_SHORT = 40
"""A text with fewer letters and no declared language may be read as another language's."""


class Memory(Protocol):
    """What thinking asks of the store. Called from the thinking thread."""

    def known_hashes(self, source_id: int, native_ids: Sequence[str]) -> Mapping[str, str]:
        """Native id -> content hash of those that are stored."""

    def usual_languages(self, source_id: int, authors: Sequence[Author]) -> Mapping[Author, str]:
        """What these authors mostly wrote in, for those whose mentions are stored."""


@dataclass(frozen=True, slots=True)
class Job:
    """One fetched poll. `interval` is in seconds; `dice` spreads the next poll, uniform in 0..1."""

    state: PollingState
    answers: Answers
    now: datetime
    interval: int
    dice: float


def think(job: Job, finder: Finder, memory: Memory) -> PollOutcome:
    """Raises SourceError when the answers are no posts but a refusal."""
    state, source = job.state, job.state.source
    result = kinds()[source.kind].read(source, state.cursor, job.answers, job.now)
    plan = after_success(job.now, job.interval, result.wait_until, job.dice)
    ids = [post.native_id for post in result.posts]
    # A source that never brought anything has nothing stored.
    hashes = memory.known_hashes(source.id, ids) if ids and state.items else {}
    unsure = [post.author for post in result.posts if _language_is_unsure(post)]
    usual = memory.usual_languages(source.id, unsure) if unsure else {}
    first = not state.cursor
    since = state.last_success if first else None
    before = Before(source, first, state.items, hashes, usual, since)
    return outcome_of(before, result, finder, job.now, plan)


def _language_is_unsure(post: Post) -> bool:
    named = post.author.url or post.author.handle or post.author.name
    return bool(named) and not post.language and len(post.full_text) < _TOO_SHORT


class Thinker:
    """Safe from any thread. Threads that think at once make the window wait for the interpreter
    (130 ms in eight threads, 9 in one): so here one thinks at a time."""

    def __init__(self, memory: Memory, second: SecondProcess, cancel: CancelToken) -> None:
        self._memory = memory
        self._second = second
        self._cancel = cancel
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0

    def outcome(self, job: Job, finder: Finder) -> PollOutcome:
        """`think(job, finder)`, wherever it is done. Raises Cancelled when the program ends."""
        if not any(answer.body for answer in job.answers):  # "not modified" needs no thought
            return think(job, finder, self._memory)
        if self._second.ready:
            try:
                outcome: PollOutcome | None = self._second.ask(job, finder.watched)
            except Gone:
                outcome = None
            if outcome is not None:
                return outcome
        self._cancel.check()
        return self._here(job, finder)

    def rest(self) -> None:
        """End the second process when it had nothing to do for a while. Called now and then."""
        self._second.rest()

    def stop(self) -> None:
        """End the second process; what was asked of it is cancelled or done here."""
        self._second.stop()

    def _here(self, job: Job, finder: Finder) -> PollOutcome:
        with self._counting:
            self._waiting += 1
            crowded = self._waiting >= CROWD
        try:
            if crowded:
                self._second.start()
            with self._turn:
                return think(job, finder, self._memory)
        finally:
            with self._counting:
                self._waiting -= 1
