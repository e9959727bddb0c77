"""One entry of the left navigation: drawing or dot, name, count. Collapses to its drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.icons import pixmap
from ui.theme import Theme
from ui.tips import plain_tip

ICON = 17
SIDE = 8
WORD = 34
"""Where the name starts, in logical pixels from the left edge."""


class NavItem(QAbstractButton):
    """A checkable button. The count has a colour of its own when it alarms."""

    def __init__(
        self, theme: Theme, icon: str = "", dot: QColor | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._dot = dot
        self._note = ""
        self._note_shade = "muted"
        self._collapsed = False
        self._quiet = False
        self._hovered = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def tell(self, name: str, note: str = "", shade: str = "muted", spoken: str = "") -> None:
        """Its name and the count beside it; `spoken` is what a screen reader says for the count."""
        self.setText(name)
        self._note, self._note_shade = note, shade
        said = spoken or note
        self.setAccessibleName(f"{name}, {said}" if said else name)
        self._show_tip()
        self.updateGeometry()
        self.update()

    def set_quiet(self, quiet: bool) -> None:
        """A rival is written in grey."""
        self._quiet = quiet

    def set_dot(self, dot: QColor) -> None:
        self._dot = dot
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        self._show_tip()
        self.updateGeometry()
        self.update()

    def _show_tip(self) -> None:
        words = f"{self.text()} {self._note}".strip() if self._collapsed else ""
        self.setToolTip(plain_tip(words) if words else "")

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(bold=True))
        height = round(max(30.0, metrics.height() + 12))
        if self._collapsed:
            return QSize(36, height)
        width = WORD + metrics.horizontalAdvance(self.text()) + SIDE
        if self._note:
            width += 16 + metrics.horizontalAdvance(self._note)
        return QSize(round(width), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(36, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._ground(painter, box)
        front = self._front()
        self._mark(painter, box, front)
        if not self._collapsed:
            self._words(painter, box, front)
        elif self._note and self._note_shade != "muted":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(self._note_shade))
            painter.drawEllipse(QPointF(box.center().x() + 9, box.top() + 8), 2.5, 2.5)
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(box, 5, 5)
        elif self._hovered:
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(box, 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _mark(self, painter: QPainter, box: QRectF, front: QColor) -> None:
        middle = box.center().y()
        center = box.center().x() if self._collapsed else SIDE + ICON / 2
        if self._dot is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dot)
            painter.drawEllipse(QPointF(center, middle), 4, 4)
        elif self._icon:
            color = front if self.isChecked() else self._theme.color("muted")
            picture = pixmap(self._icon, color, ICON, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(center - ICON / 2, middle - ICON / 2), picture)

    def _words(self, painter: QPainter, box: QRectF, front: QColor) -> None:
        theme = self._theme
        painter.setFont(theme.font(0.94, bold=self.isChecked()))
        metrics = QFontMetricsF(painter.font())
        taken = metrics.horizontalAdvance(self._note) + 12 if self._note else 0.0
        room = box.width() - WORD - SIDE - taken
        if self._note:
            color = (
                front
                if self.isChecked() and self._note_shade == "muted"
                else theme.color(self._note_shade)
            )
            painter.setPen(color)
            painter.drawText(
                box.adjusted(0, 0, -SIDE, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._note,
            )
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(front)
        name = QFontMetricsF(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(box.adjusted(WORD, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _front(self) -> QColor:
        if self.isChecked():
            return self._theme.color("accent_strong")
        return self._theme.color("muted" if self._quiet else "text")
