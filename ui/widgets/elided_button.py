"""A line of text that can be clicked: a bold beginning, and as much of the rest as fits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.theme import set_role

SIDE = 4


class ElidedButton(QPushButton):
    def __init__(self, strong: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strong = strong
        self._words = words
        set_role(self, "line")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, round(QFontMetricsF(self.font()).height()) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setPen(self.palette().buttonText().color())
        painter.setFont(bold)
        box = QRectF(self.rect()).adjusted(SIDE, 0, -SIDE, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._strong)
        box.adjust(QFontMetricsF(bold).horizontalAdvance(self._strong) + 8, 0, 0, 0)
        painter.setFont(self.font())
        rest = QFontMetricsF(self.font()).elidedText(
            self._words, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, rest)
        painter.end()
