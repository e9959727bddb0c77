"""The field a reply is written in; knows nothing of replies."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.theme import set_role

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class ReplyEditor(QPlainTextEdit):
    """`entered` and `left` follow the focus."""

    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._locked = self._undoes = False
        self.setTabChangesFocus(True)
        self.setMinimumHeight(72)
        set_role(self, "bare")

    def lock(self, *, locked: bool, undoes: bool = False) -> None:
        """What is typed goes nowhere, and whoever types on gives no commands; but Z, where `undoes`."""
        self._undoes = undoes
        if locked != self._locked:
            self._locked = locked
            self.setReadOnly(locked)
            set_role(self, "locked" if locked else "bare")

    def event(self, event: QEvent) -> bool:
        if self._locked and isinstance(event, QKeyEvent) and self._keeps(event):
            event.accept()  # else Qt asks the window's one-letter commands
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _keeps(self, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or event.modifiers() & _COMMANDS:
            return False
        return event.text().isprintable() and not (self._undoes and event.key() == Qt.Key.Key_Z)
