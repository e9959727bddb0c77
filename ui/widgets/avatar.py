"""An author's initials on a coloured disc: no picture is ever loaded from the network."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.palette import AVATAR_COLORS
from ui.theme import Theme

SIZE = 40


class Avatar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.setFixedSize(SIZE, SIZE)

    def sizeHint(self) -> QSize:
        return QSize(SIZE, SIZE)

    def show_name(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, letters = AVATAR_COLORS[zlib.crc32(self._name.encode()) % len(AVATAR_COLORS)]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(QColor(letters))
        painter.setFont(self._theme.font(1.0, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials(self._name))
        painter.end()


def initials(name: str) -> str:
    """The first letters of the first and last word: "LM" of "Léa Martin". Pure."""
    words = [word for word in name.replace("_", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    chosen = words if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()
