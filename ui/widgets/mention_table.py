"""The scrolling list of cards: one column, rows of one height, whatever their number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.models.mention_list import MentionListModel
from ui.theme import Theme
from ui.widgets.mention_delegate import MentionDelegate
from ui.widgets.steady_rows import SteadyRows

_ON_PURPOSE = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class MentionTable(QTableView):
    """`chosen` carries the id of the row that became current, 0 for none; `opened` follows Enter or
    a double click. Rows that arrive above do not move what is being read (`steady`). When the current row leaves
    the list while it is `in_use`, no other one is chosen (`holding`) until the person moves on."""

    chosen = Signal(int)
    opened = Signal()

    def __init__(
        self, model: MentionListModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._current_id = 0
        self._sought = 0
        self._gap: int | None = None  # where the row was that left the list while in use
        self._letting_go = False
        self.in_use: Callable[[], bool] = lambda: False
        self._delegate = MentionDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        model.rowsAboutToBeRemoved.connect(self._hold)  # before Qt, which chooses the next one
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
        self.steady = SteadyRows(self, lambda: self._delegate.row_height)
        model.rowsInserted.connect(self._move_gap)
        model.modelReset.connect(self._restore)
        model.grown.connect(self._find_sought)
        model.grown.connect(self._find_held)

    @property
    def current_id(self) -> int:
        return self._current_id

    @property
    def holding(self) -> bool:
        """Whether `current_id` is no longer in the list, and yet on screen."""
        return self._gap is not None

    def let_go(self) -> None:
        """The person asked for another list: what it begins with is chosen."""
        self._letting_go = True

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
        if self.currentIndex().isValid():
            self.choose_row(self.currentIndex().row() + by)
        elif self._gap is not None and not self._rows.rowCount():
            self._choose_none()
        elif self._gap is not None:
            self.choose_row(self._gap if by > 0 else self._gap - 1)
        else:
            self.choose_row(0)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # PySide's stub is wider
        super().currentChanged(current, previous)
        if self._gap is not None and not current.isValid():
            return
        self._gap = None
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
        elif self.holding and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes here on purpose moves on; Qt itself would choose the first row."""
        if not self.holding:
            super().focusInEvent(event)
        elif event.reason() in _ON_PURPOSE:
            self.step(1)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def _resize_rows(self) -> None:
        height = self._delegate.row_height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 4)

    def _hold(self, _: QModelIndex, first: int, last: int) -> None:
        row = self.currentIndex().row()
        if first <= row <= last and self.in_use():
            self._gap = first
            self.selectionModel().clear()
        elif self._gap is not None and first < self._gap:
            self._gap -= min(last + 1, self._gap) - first

    def _choose_none(self) -> None:
        self._gap = None
        self._current_id = 0
        self.chosen.emit(0)

    def _move_gap(self, _: QModelIndex, first: int, last: int) -> None:
        if self._gap is not None and first < self._gap:
            self._gap += last - first + 1

    def _find_held(self) -> None:
        """It came back: an answer was taken back."""
        if self.holding and (row := self._rows.row_of(self._current_id)) >= 0:
            self.choose_row(row)

    def _find_sought(self) -> None:
        row = self._rows.row_of(self._sought) if self._sought else -1
        if row >= 0:
            self._sought = 0
            self.choose_row(row)
        elif self._sought and self._rows.complete and not self.currentIndex().isValid():
            self._sought = 0
            if not self.holding:
                self.choose_row(0)

    def _restore(self) -> None:
        """After a reset: the same mention where it is now, else the first one of the list."""
        letting_go, self._letting_go = self._letting_go, False
        if letting_go:
            self._gap = None
        if not self._rows.rowCount():
            if not letting_go and (self.holding or self.in_use()):
                self._gap = self._gap or 0
                return
            self._choose_none()
            return
        row = self._rows.row_of(self._sought or self._current_id)
        if row < 0 and not letting_go and (self.holding or self.in_use()):
            self._gap = self._gap or 0
        elif row >= 0 or not self._sought:
            self.choose_row(max(row, 0))
