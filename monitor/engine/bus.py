"""Tells listeners what happened. Knows no event by name; keeps none.

Any thread may publish or subscribe. Listeners are called in the publishing thread, so they must
return at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from monitor.model.events import Event

Listener = Callable[[Event], None]

_log = logging.getLogger(__name__)


class Bus:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every event from now on; returns the call that stops it."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(kept for kept in self._listeners if kept is not listener)

        return unsubscribe

    @property
    def heard(self) -> bool:
        """Whether anybody listens now."""
        return bool(self._listeners)

    def publish(self, event: Event) -> None:
        """Tell everyone. A listener that raises is logged and does not stop the others."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:
                _log.exception("a listener failed on %s", type(event).__name__)
