"""A small turning arc: something is being looked for, and it is not known how long it takes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

SIZE = 16
STEP_MS = 40
STEP_DEGREES = 16


class Spinner(QWidget):
    """Turns while it is visible; costs nothing while it is not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._angle = 0
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._turn)
        self.setFixedSize(SIZE, SIZE)
        self.setAccessibleName(self.tr("Working"))

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        pen = QPen(self._theme.color("line"), 2)
        painter.setPen(pen)
        painter.drawEllipse(box)
        pen.setColor(self._theme.color("accent"))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, -self._angle * 16, 100 * 16)
        painter.end()

    def _turn(self) -> None:
        self._angle = (self._angle + STEP_DEGREES) % 360
        self.update()
