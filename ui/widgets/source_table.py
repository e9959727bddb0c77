"""The table of sources: its columns' widths, its keys, as high as its rows when they are few."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.models.source_table import Column, SourceFilter
from ui.theme import Theme
from ui.widgets.source_delegate import SourceDelegate

WIDTHS = {
    Column.STATE: 24,
    Column.LAST: 16,
    Column.NEXT: 16,
    Column.PER_DAY: 13,
    Column.DAYS: 10,
    Column.NOT_SEEN: 15,
}
"""In digits of the font, so that they grow with it; the first column takes what is left."""

FIRST = 30
"""The least the first column gets, in digits; others make room for it, the least telling first."""
GIVE_WAY = (Column.DAYS, Column.PER_DAY, Column.LAST, Column.NEXT)
LEAST_ROWS = 4
FEWEST_ROWS = 2
"""Of its height, header included, however small the window is; less while others need the room."""


class SourceTable(QTableView):
    def __init__(self, rows: SourceFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = SourceDelegate(theme, self)
        self._least = LEAST_ROWS
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.SOURCE, Qt.SortOrder.AscendingOrder)
        self.setAccessibleName(self.tr("Sources"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(Column.SOURCE, QHeaderView.ResizeMode.Stretch)
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.modelReset, rows.layoutChanged):
            signal.connect(self._fit_height)
        theme.changed.connect(self._measure)
        self._measure()

    def make_room(self, needed: bool) -> None:
        """Be content with less while what stands above is being filled in."""
        self._least = FEWEST_ROWS if needed else LEAST_ROWS
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        room = self.viewport().width() - (FIRST + sum(WIDTHS.values())) * digit
        for column in GIVE_WAY:
            self.setColumnHidden(column, room < 0)
            room += WIDTHS[column] * digit if room < 0 else 0

    def _measure(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, digits in WIDTHS.items():
            self.setColumnWidth(column, digits * digit)
        self._fit_columns()
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self._fit_height()

    def _fit_height(self) -> None:
        """What stands below comes up to a short table."""
        rows = self.model().rowCount() * self._delegate.row_height
        self.setMaximumHeight(self.horizontalHeader().sizeHint().height() + rows + 4)
        least = self._least * self._delegate.row_height
        self.setMinimumHeight(min(self.maximumHeight(), least))
