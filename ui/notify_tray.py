"""Notifications through the tray: native on macOS and Windows, Qt's own balloon on Linux.

GUI thread. Qt does not say which balloon was clicked: it is the last one shown.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from ui.notify import Notice

SHOWN_MS = 10_000
LONGEST_BODY = 200


class TrayNotifier(QObject):
    """A `Notifier`. Never fails: it is made only where there is a tray."""

    clicked = Signal(int)
    failed = Signal()

    def __init__(self, tray: QSystemTrayIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self._last = 0
        tray.messageClicked.connect(self._was_clicked)

    def send(self, notice: Notice) -> None:
        self._last = notice.mention_id
        sort = QSystemTrayIcon.MessageIcon
        mark = sort.Warning if notice.urgent else sort.Information
        self._tray.showMessage(notice.title, notice.body[:LONGEST_BODY], mark, SHOWN_MS)

    def withdraw(self, slot: str) -> None:
        """A balloon goes by itself."""

    def close(self) -> None:
        self._tray.messageClicked.disconnect(self._was_clicked)

    def _was_clicked(self) -> None:
        self.clicked.emit(self._last)


def tray_notifier(tray: QSystemTrayIcon) -> TrayNotifier | None:
    """The balloon's notifier, None where the desktop has no tray or no balloons."""
    usable = QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
    return TrayNotifier(tray) if usable else None
