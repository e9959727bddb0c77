"""The fetch pool: daemon threads that run one poll at a time. Decides nothing, stores nothing.

Daemons of our own rather than an executor: an executor would hold the process's exit until the
slowest server has answered.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from monitor.infra.http import HttpClient

_log = logging.getLogger(__name__)

Job = Callable[[HttpClient], None]


class FetchPool:
    """Each thread owns one client from `make_client`. `submit` never blocks."""

    def __init__(self, size: int, make_client: Callable[[], HttpClient]) -> None:
        self._make_client = make_client
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"fetch-{number}", daemon=True)
            for number in range(size)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> None:
        self._jobs.put(job)

    def stop(self, timeout: float) -> int:
        """Let each thread end after its present job; returns how many still hang after `timeout` seconds."""
        for _ in self._threads:
            self._jobs.put(None)
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        return sum(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        client = self._make_client()
        while (job := self._jobs.get()) is not None:
            try:
                job(client)
            except Exception:
                _log.exception("a fetch job failed outside its poll")
        client.close()
