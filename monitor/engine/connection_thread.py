"""One thread that owns one store connection and runs what is submitted, in order. Knows no SQL.

Two of them live in the service: THE writer and the reader. Being the only one to touch its
connection is what makes the store's classes free of locks.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from monitor.errors import Cancelled, VigieError
from monitor.text import text

T = TypeVar("T")
R = TypeVar("R")

_log = logging.getLogger(__name__)


class ConnectionThread(Generic[T]):
    """`open_it` and `close_it` run in the thread too: SQLite connections do not travel."""

    def __init__(self, name: str, open_it: Callable[[], T], close_it: Callable[[T], None]) -> None:
        self._open_it = open_it
        self._close_it = close_it
        self._jobs: queue.SimpleQueue[Callable[[T], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._opened: Future[None] = Future()
        # A daemon, so that a stuck disk cannot keep the process alive; stop() drains it first.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Blocking until the connection is open; raises what opening raised."""
        self._thread.start()
        self._opened.result()

    def submit(self, job: Callable[[T], R]) -> Future[R]:
        """Run `job(connection)` after everything submitted before. Any thread."""
        future: Future[R] = Future()

        def run(connection: T) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = job(connection)
            except BaseException as error:
                if not isinstance(error, VigieError):
                    _log.exception("a bug in %s", self._thread.name)
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            if not self._closed:
                self._jobs.put(run)
                return future
        future.set_exception(
            Cancelled(
                text("The program is closing."),
                text("This was not done."),
                text("Start the program again, then repeat it."),
            )
        )
        return future

    def stop(self, timeout: float) -> bool:
        """Finish what was submitted, close the connection; True when it ended within `timeout` seconds."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            connection = self._open_it()
        except BaseException as error:
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        while (job := self._jobs.get()) is not None:
            job(connection)
        try:
            self._close_it(connection)
        except Exception:
            _log.exception("closing the store failed")
