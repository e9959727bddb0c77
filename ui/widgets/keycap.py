"""The small key drawn beside what it does, and a button that carries one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from monitor.model.verdict import Tone
from ui.theme import Theme
from ui.widgets.tone_shape import draw_tone_shape

GAP = 7
SHAPE = 9
MARGIN = 12


def keycap_width(key: str, theme: Theme) -> float:
    metrics = QFontMetricsF(theme.font(0.82))
    return max(metrics.horizontalAdvance(key) + 9, metrics.height() + 3)


def draw_keycap(painter: QPainter, key: str, box: QRectF, theme: Theme, color: QColor) -> None:
    """The key in the middle of `box`, as wide as `keycap_width` says."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(0.82))
    height = QFontMetricsF(painter.font()).height() + 2
    cap = QRectF(box.left(), box.center().y() - height / 2, box.width(), height)
    edge = QColor(color)
    edge.setAlphaF(0.35)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setPen(color)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


class KeyButton(QPushButton):
    """A button with its key drawn in it, and a tone's shape before its word if it has one."""

    def __init__(
        self, theme: Theme, key: str, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self.key = key

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        width += 2 * MARGIN
        if self.key:
            width += GAP + keycap_width(self.key, self._theme)
        if self._tone is not None:
            width += SHAPE + 6
        return QSize(round(width), max(hint.height(), 30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        front = self._front()
        box = QRectF(self.rect()).adjusted(MARGIN, 0, -MARGIN, 0)
        if self._tone is not None:
            shape = QRectF(box.left(), box.center().y() - SHAPE / 2, SHAPE, SHAPE)
            draw_tone_shape(painter, self._tone, shape, front)
            box.adjust(SHAPE + 6, 0, 0, 0)
        painter.setFont(self.font())
        painter.setPen(front)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        if self.key:
            width = keycap_width(self.key, self._theme)
            cap = QRectF(box.right() - width, box.top(), width, box.height())
            quiet = front if self.property("role") == "primary" else self._theme.color("muted")
            draw_keycap(painter, self.key, cap, self._theme, quiet)
        painter.end()

    def _front(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("faint")
        if self.property("role") == "primary":
            return self._theme.color("on_accent")
        if self.property("role") == "quiet":
            return self._theme.color("muted")
        return self._theme.color("accent_strong" if self.isChecked() else "text")
