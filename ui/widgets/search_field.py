"""The search field, with the key that leads to it drawn at its end."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Theme, set_role
from ui.widgets.keycap import draw_keycap, keycap_width

PAUSE_MS = 120
"""A search starts when typing pauses for so long."""


class SearchField(QLineEdit):
    """`searched` carries the words once typing pauses; `left` asks for the focus to go back."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "search")
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _: self._timer.start())
        self.returnPressed.connect(self._now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        width = keycap_width("/", self._theme)
        painter = QPainter(self)
        box = QRectF(self.width() - width - 9, 0, width, self.height())
        draw_keycap(painter, "/", box, self._theme, self._theme.color("muted"))
        painter.end()

    def _now(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text().strip())
        self.left.emit()
