"""Runs one long job in a daemon thread of its own: a page to discover, a file to import."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken

R = TypeVar("R")

_log = logging.getLogger(__name__)


def in_background(
    name: str, job: Callable[[CancelToken], R], tokens: set[CancelToken]
) -> Future[R]:
    """Start `job(cancel)`. The future's `.cancel()` works while it runs: it sets the token.

    `tokens` holds the running jobs' tokens, so that the program's end can set them all.
    """
    future: Future[R] = Future()
    token = CancelToken()
    tokens.add(token)

    def finished(done: Future[R]) -> None:
        tokens.discard(token)
        if done.cancelled():
            token.cancel()

    future.add_done_callback(finished)

    def run() -> None:
        try:
            result = job(token)
        except BaseException as error:
            if not isinstance(error, VigieError):
                _log.exception("%s failed", name)
            # The future stays "pending" while we work, which is what makes it cancellable.
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
        else:
            if future.set_running_or_notify_cancel():
                future.set_result(result)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future
