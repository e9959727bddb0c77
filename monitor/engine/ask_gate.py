"""Lets only a few samples through at once, and none to a host before its turn. Asks nothing itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from monitor.infra.cancel import CancelToken

LOOK = 0.2
"""Longest wait, in seconds, before a cancelled waiter notices."""

Book = Callable[[str, float], float]
"""(host, patience) -> seconds until its turn, which is taken when it comes within the patience. The
scheduler's: polls and samples share one spacing."""


class AskGate:
    """Shared by all threads that ask for samples: `most` at once, one at a time to a host."""

    def __init__(self, most: int, book: Book) -> None:
        self._most = most
        self._book = book
        self._inside: set[str] = set()
        self._rests_until: dict[str, float] = {}
        self._changed = threading.Condition()

    @contextmanager
    def through(self, host: str, cancel: CancelToken) -> Iterator[None]:
        """Wait for a turn and take it. Raises Cancelled."""
        with self._changed:
            cancel.check()
            while not self._may(host):
                self._changed.wait(LOOK)
                cancel.check()
            self._inside.add(host)
        try:
            yield
        finally:
            with self._changed:
                self._inside.discard(host)
                self._changed.notify_all()

    def rest(self, host: str, seconds: float) -> None:
        """The host asked to be left alone."""
        with self._changed:
            until = time.monotonic() + seconds
            self._rests_until[host] = max(until, self._rests_until.get(host, 0.0))

    def resting(self, host: str) -> float:
        """Seconds until this host may be asked again, 0.0 when it does not rest."""
        with self._changed:
            return max(0.0, self._rests_until.get(host, 0.0) - time.monotonic())

    def _may(self, host: str) -> bool:
        """Also takes the host's turn, where there is one now."""
        if len(self._inside) >= self._most or host in self._inside:
            return False
        if self._rests_until.get(host, 0.0) > time.monotonic():
            return False
        return self._book(host, 0.0) <= 0
