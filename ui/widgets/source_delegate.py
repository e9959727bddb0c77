"""Draws a row of the Sources table: two lines, the state's mark and word, the bars of the week."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from monitor.model.source import SourceStatus
from ui.models.source_table import SECOND_LINE, STATUS, Column
from ui.source_words import COLORS
from ui.theme import Theme
from ui.widgets.sparkline import draw_sparkline, sparkline_width
from ui.widgets.state_mark import draw_state_mark

SIDE = 10
TOP = 9
MARK = 10.0
MARK_GAP = 6.0
BARS = 18.0
SOFT = 0.65
Index = QModelIndex | QPersistentModelIndex


class SourceDelegate(QStyledItemDelegate):
    """All rows have the height `row_height`; the theme's changes are followed."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measure()
        theme.changed.connect(self._measure)

    @property
    def row_height(self) -> int:
        return round(2 * TOP + 2 * self._line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        status = index.data(STATUS)
        if status is None:
            return
        painter.save()
        rect = QRectF(option.rect)
        self._ground(painter, rect, option, index.column() == Column.SOURCE)
        box = rect.adjusted(SIDE, TOP, -SIDE, -TOP)
        if index.column() == Column.DAYS:
            self._bars(painter, box, status)
        else:
            self._lines(painter, box, index, status)
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, first: bool
    ) -> None:
        theme = self._theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
            if first and option.state & QStyle.StateFlag.State_Active:
                painter.fillRect(
                    QRectF(rect.left(), rect.top(), 3, rect.height()), theme.color("accent")
                )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("background"))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.color("line"))

    def _lines(self, painter: QPainter, box: QRectF, index: Index, status: SourceStatus) -> None:
        column = Column(index.column())
        first = QRectF(box.left(), box.top(), box.width(), self._line)
        if column is Column.STATE:
            color = self._theme.color(COLORS[status.state])
            mark = QRectF(first.left(), first.center().y() - MARK / 2, MARK, MARK)
            draw_state_mark(painter, status.state, mark, color)
            first.setLeft(first.left() + MARK + MARK_GAP)
        font = self._bold if column is Column.SOURCE else self._font
        painter.setFont(font)
        painter.setPen(self._theme.color(_color(column, status)))
        metrics = self._bold_metrics if column is Column.SOURCE else self._metrics
        _write(painter, first, str(index.data()), metrics, column)
        if second := index.data(SECOND_LINE):
            painter.setFont(self._small)
            painter.setPen(self._theme.color("muted"))
            below = QRectF(box.left(), box.top() + self._line, box.width(), self._line)
            _write(painter, below, str(second), self._small_metrics, column, second=True)

    def _bars(self, painter: QPainter, box: QRectF, status: SourceStatus) -> None:
        place = QRectF(box.left(), box.top(), sparkline_width(len(status.per_day)), BARS)
        bars = QColor(self._theme.color("accent"))
        bars.setAlphaF(SOFT)
        draw_sparkline(painter, status.per_day, place, bars, self._theme.color("border"))

    def _measure(self) -> None:
        self._font = self._theme.font()
        self._bold = self._theme.font(bold=True)
        self._small = self._theme.font(0.92)
        self._metrics = QFontMetricsF(self._font)
        self._bold_metrics = QFontMetricsF(self._bold)
        self._small_metrics = QFontMetricsF(self._small)
        self._line = max(self._metrics.height(), self._bold_metrics.height()) + 1


def _color(column: Column, status: SourceStatus) -> str:
    if column is Column.STATE:
        return COLORS[status.state]
    if column is Column.NOT_SEEN:
        if status.gap_since is not None:
            return "warning"
        return "text" if status.skipped else "muted"
    return "text"


def _write(
    painter: QPainter,
    box: QRectF,
    words: str,
    metrics: QFontMetricsF,
    column: Column,
    second: bool = False,
) -> None:
    """An address, below the source's name, loses its middle: its end tells feeds of a site apart."""
    address = second and column is Column.SOURCE
    how = Qt.TextElideMode.ElideMiddle if address else Qt.TextElideMode.ElideRight
    side = Qt.AlignmentFlag.AlignRight if column is Column.PER_DAY else Qt.AlignmentFlag.AlignLeft
    painter.drawText(
        box, side | Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(words, how, box.width())
    )
