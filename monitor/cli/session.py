"""Opens the profile for one command and closes it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from typing import TypeVar

from monitor.engine.service import Service
from monitor.infra.log import start_log, stop_log
from monitor.infra.paths import Profile

R = TypeVar("R")


@contextmanager
def opened(profile: Profile, *, by_itself: bool = False) -> Iterator[Service]:
    """A started service that polls only what it is asked to. Raises ProfileError."""
    service = Service(profile, by_itself=by_itself)
    profile.create()
    log = start_log(profile.log)
    try:
        service.start()
        try:
            yield service
        finally:
            service.stop()
    finally:
        stop_log(log)


def answer(future: Future[R]) -> R:
    """The result; Ctrl+C is heard while waiting (a bare wait is deaf to it on Windows)."""
    while True:
        try:
            return future.result(timeout=0.2)
        except TimeoutError:
            if future.done():
                return future.result()
