"""Telling the person outside the window: the way to notify, chosen for this desktop.

Linux: the desktop's own service over D-Bus (clicks, urgency, replacing). macOS and Windows: the
tray's message, which Qt hands to the system. Where neither works `silent` says so, once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance


@dataclass(frozen=True, slots=True)
class Notice:
    """Plain text: it comes from strangers, each way to notify escapes it as it needs.

    `mention_id` is where a click leads, 0 for the window alone. Notices of the same `slot` replace
    one another on the screen ("" never replaces).
    """

    title: str
    body: str
    mention_id: int = 0
    urgent: bool = False
    slot: str = ""


class Notifier(Protocol):
    """One way to notify. GUI thread; `send` and `withdraw` return at once.

    `clicked` carries the notice's mention id; `failed` means: this way does not work here.
    """

    @property
    def clicked(self) -> SignalInstance: ...

    @property
    def failed(self) -> SignalInstance: ...

    def send(self, notice: Notice) -> None: ...

    def withdraw(self, slot: str) -> None:
        """Take the notice of this slot from the screen, where the system lets us."""

    def close(self) -> None: ...


class Notices(QObject):
    """Sends by the first way that works, and falls back without losing the notice at hand."""

    clicked = Signal(int)
    silent = Signal()

    def __init__(
        self, ways: list[Callable[[], Notifier | None]], parent: QObject | None = None
    ) -> None:
        """`ways` make a notifier, or None where the desktop lacks what it needs; best first."""
        super().__init__(parent)
        self._ways = list(ways)
        self._current: Notifier | None = None
        self._pending: Notice | None = None
        self._told = False

    def send(self, notice: Notice) -> None:
        if self._current is None:
            self._current = self._next()
        if self._current is None:
            self._tell_silence()
            return
        self._pending = notice
        self._current.send(notice)

    def withdraw(self, slot: str) -> None:
        """What the notice of this slot asked for is done."""
        if self._pending is not None and self._pending.slot == slot:
            self._pending = None
        if self._current is not None:
            self._current.withdraw(slot)

    def close(self) -> None:
        if self._current is not None:
            self._current.close()
            self._current = None
        self._ways.clear()

    def _next(self) -> Notifier | None:
        while self._ways:
            made = self._ways.pop(0)()
            if made is not None:
                made.clicked.connect(self.clicked)
                made.failed.connect(self._fall_back, Qt.ConnectionType.QueuedConnection)
                return made
        return None

    def _fall_back(self) -> None:
        if self._current is None:
            return
        self._current.close()
        self._current = None
        if self._pending is not None:
            self.send(self._pending)

    def _tell_silence(self) -> None:
        if not self._told:
            self._told = True
            self.silent.emit()


def ways_for(
    platform: str, tray: Callable[[], Notifier | None]
) -> list[Callable[[], Notifier | None]]:
    """The order for `sys.platform`. Written down in DECISIONS.md."""
    if platform.startswith("linux"):
        return [_freedesktop, tray]
    return [tray]


def notices(tray: Callable[[], Notifier | None], parent: QObject | None = None) -> Notices:
    """What this desktop offers; `tray` makes the balloon's notifier, or None without a tray."""
    return Notices(ways_for(sys.platform, tray), parent)


def _freedesktop() -> Notifier | None:
    from ui.notify_freedesktop import FreedesktopNotifier, session_bus

    return FreedesktopNotifier() if session_bus() else None
