"""The scrolling list of cards: one column, rows of one height, whatever their number."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.models.mention_list import MentionListModel
from ui.theme import Theme
from ui.widgets.mention_delegate import MentionDelegate


class MentionTable(QTableView):
    """`chosen` carries the id of the row that became current, 0 for none; `opened` follows Enter or
    a double click. Rows that arrive above do not move what is being read."""

    chosen = Signal(int)
    opened = Signal()

    def __init__(
        self, model: MentionListModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._current_id = 0
        self._sought = 0
        self._delegate = MentionDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self._resize_rows()
        theme.changed.connect(self._resize_rows)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        model.rowsInserted.connect(self._stay_in_place)
        model.rowsAboutToBeRemoved.connect(self._stay_after_removal)
        model.modelReset.connect(self._restore)
        model.grown.connect(self._find_sought)

    @property
    def current_id(self) -> int:
        return self._current_id

    def choose_row(self, row: int) -> None:
        """Make `row` current and visible; a row outside the list is the nearest one."""
        last = self._rows.rowCount() - 1
        if last < 0:
            return
        index = self._rows.index(max(0, min(row, last)), 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def seek(self, mention_id: int) -> None:
        """Choose this mention as soon as the list has it."""
        self._sought = mention_id
        self._find_sought()

    def step(self, by: int) -> None:
        """Go `by` rows down, or up when negative."""
        self.choose_row(self.currentIndex().row() + by if self.currentIndex().isValid() else 0)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # PySide's stub is wider
        super().currentChanged(current, previous)
        mention_id = self._rows.id_at(current.row()) if current.isValid() else 0
        if current.isValid() and not self.selectionModel().isSelected(current):
            # Qt makes the first row current without selecting it when the list gets the focus.
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(current, select)
        if mention_id != self._current_id:
            self._current_id = mention_id
            self.chosen.emit(mention_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def _resize_rows(self) -> None:
        height = self._delegate.row_height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 4)

    def _stay_in_place(self, _: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        height = self._delegate.row_height
        if bar.value() > 0 and first * height < bar.value():
            self.updateGeometries()
            bar.setValue(bar.value() + (last - first + 1) * height)

    def _stay_after_removal(self, _: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        height = self._delegate.row_height
        above = min(last, bar.value() // height - 1) - first + 1
        if above > 0:
            bar.setValue(bar.value() - above * height)

    def _find_sought(self) -> None:
        row = self._rows.row_of(self._sought) if self._sought else -1
        if row >= 0:
            self._sought = 0
            self.choose_row(row)
        elif self._sought and self._rows.complete and not self.currentIndex().isValid():
            self._sought = 0
            self.choose_row(0)

    def _restore(self) -> None:
        """After a reset: the same mention where it is now, else the first one of the list."""
        if not self._rows.rowCount():
            self._current_id = 0
            self.chosen.emit(0)
            return
        row = self._rows.row_of(self._sought or self._current_id)
        if row >= 0 or not self._sought:
            self.choose_row(max(row, 0))
