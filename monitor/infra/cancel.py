"""One flag that ends long work early. Safe from any thread."""

from __future__ import annotations

import threading

from monitor.errors import Cancelled
from monitor.text import text


class CancelToken:
    """Set once, never reset. Long work calls `check` often and `wait` instead of sleeping."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds`; True when cancelled meanwhile."""
        return self._event.wait(seconds)

    def check(self) -> None:
        """Raise Cancelled when the work should end."""
        if self._event.is_set():
            raise Cancelled(
                text("Cancelled."),
                text("Nothing was changed."),
                text("Start it again when you like."),
            )
