"""Lets fetch threads wait for the network together and think one at a time. No I/O of its own.

Parsing and scoring hold the interpreter: in 8 threads at once they made the window's event loop
wait 130 ms (p99), in one thread 9. A source fetches and parses in one call, so the turn is taken
where the network ends: when `get` returns.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import TracebackType

from monitor.infra.cancel import CancelToken
from monitor.infra.http import DEADLINE, MAX_BYTES, HttpClient, HttpResponse


class Turn(HttpClient):
    """A client for ONE poll: `with Turn(client, permit) as http`. Holds the permit between requests."""

    def __init__(self, client: HttpClient, permit: threading.Lock) -> None:
        # Not HttpClient's own __init__: the session is the thread's, and outlives the poll.
        self._client = client
        self._permit = permit
        self._holds = False

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        self.give_back()
        response = self._client.get(
            url, cancel=cancel, headers=headers, deadline=deadline, max_bytes=max_bytes
        )
        self.take()
        return response

    def close(self) -> None:
        """Nothing: the thread's client stays open."""

    def take(self) -> None:
        if not self._holds:
            self._permit.acquire()
            self._holds = True

    def give_back(self) -> None:
        if self._holds:
            self._holds = False
            self._permit.release()

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.give_back()
