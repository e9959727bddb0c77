"""The icon in the tray: how many mentions wait for an answer, and the few things one does from there.

GUI thread. It asks for everything by signals; ui/app.py answers them.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ui.icons import tray_icon


class Tray(QObject):
    """Shown where the desktop has a tray (`available`). Counts and pausing are told to it."""

    open_asked = Signal()
    check_asked = Signal()
    pause_asked = Signal(bool)
    quit_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._paused = False
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu()
        self._open = self.menu.addAction("", self.open_asked.emit)
        self._check = self.menu.addAction("", self.check_asked.emit)
        self._pause = self.menu.addAction("", lambda: self.pause_asked.emit(not self._paused))
        self.menu.addSeparator()
        self._quit = self.menu.addAction("", self.quit_asked.emit)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.retranslate()
        self._show_state()
        self.icon.show()

    @property
    def available(self) -> bool:
        """True where a closed window can still be found again."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def set_count(self, to_answer: int) -> None:
        if to_answer != self._count:
            self._count = to_answer
            self._show_state()

    def set_paused(self, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            self.retranslate()
            self._show_state()

    def retranslate(self) -> None:
        self._open.setText(self.tr("Open Vigie"))
        self._check.setText(self.tr("Check now"))
        self._pause.setText(
            self.tr("Resume listening") if self._paused else self.tr("Pause listening")
        )
        self._quit.setText(self.tr("Quit"))
        self._show_tip()

    def close(self) -> None:
        """Take the icon away; without it a program that ended stays in some trays until hovered."""
        self.icon.hide()

    def _show_state(self) -> None:
        self.icon.setIcon(tray_icon(self._count, self._paused))
        self._show_tip()

    def _show_tip(self) -> None:
        tip = self.tr("Vigie: %n to answer", None, self._count)
        if self._paused:
            tip = self.tr("{counts} (paused)").format(counts=tip)
        self.icon.setToolTip(tip)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        clicks = QSystemTrayIcon.ActivationReason
        # On macOS the same click opens the menu; a window over it would be in the way.
        if reason in (clicks.Trigger, clicks.DoubleClick) and sys.platform != "darwin":
            self.open_asked.emit()
