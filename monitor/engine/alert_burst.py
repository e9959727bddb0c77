"""Turns many alerts in a short time into one event. Pure: time is given. Not thread-safe.

Alert rows are written one poll at a time; the person is told once per burst.
"""

from __future__ import annotations

LONGEST_WAIT = 10.0
"""Seconds an alert may wait for others while a check is still running."""


class AlertBurst:
    def __init__(self) -> None:
        self._waiting: list[int] = []
        self._since = 0.0

    def add(self, mention_ids: tuple[int, ...], steady: float) -> None:
        if mention_ids and not self._waiting:
            self._since = steady
        self._waiting.extend(mention_ids)

    def take(self, steady: float, *, idle: bool) -> tuple[int, ...]:
        """What to tell now: everything when nothing is being polled or the first waited long enough."""
        if not self._waiting or not (idle or steady - self._since >= LONGEST_WAIT):
            return ()
        taken = tuple(dict.fromkeys(self._waiting))
        self._waiting.clear()
        return taken
