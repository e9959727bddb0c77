"""Keeps the rows of a table where they are while others arrive above them, and tells how many did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QTableView

from ui.theme import set_role

GAP = 6
"""Between the table's upper edge and the button; logical pixels."""


class SteadyRows(QObject):
    """For a table whose rows have one height, once it has its model. What is being read stays, and what
    the pointer is on; at the top, with the pointer elsewhere, new rows are seen coming. The button is
    there while rows that arrived are above what is shown, and leads to them."""

    def __init__(self, table: QTableView, row_height: Callable[[], int]) -> None:
        super().__init__(table)
        self._table, self._row_height = table, row_height
        self._pointer: float | None = None
        self._above = 0
        self.button = QPushButton(table)
        set_role(self.button, "newer")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Home key leads there too
        self.button.clicked.connect(table.scrollToTop)
        self.button.hide()
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(self._scrolled)
        table.model().rowsInserted.connect(self._inserted)
        table.model().rowsAboutToBeRemoved.connect(self._removed)
        table.model().modelReset.connect(self._forget)

    @property
    def pointed_at(self) -> bool:
        """The pointer is over the rows."""
        return self._pointer is not None

    @property
    def words(self) -> str:
        """What the button says; "" while there is none."""
        return "" if self.button.isHidden() else self.button.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._pointer = event.position().y()
        elif event.type() == QEvent.Type.Leave:
            self._pointer = None
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _inserted(self, _: QModelIndex, first: int, last: int) -> None:
        bar, height, count = self._table.verticalScrollBar(), self._row_height(), last - first + 1
        before, top = self._table.model().rowCount() - count, bar.value()
        if self._pointer is not None and top + self._pointer < before * height:
            stays = int((top + self._pointer) // height)  # the row the pointer is on
        elif top > 0:
            stays = -(-top // height)  # the first row that is whole
        else:
            return
        if first > stays:
            return
        self._table.updateGeometries()
        bar.setValue(top + count * height)
        if first * height < bar.value():
            self._above += count
            self._tell()

    def _removed(self, _: QModelIndex, first: int, last: int) -> None:
        bar, height = self._table.verticalScrollBar(), self._row_height()
        above = min(last, bar.value() // height - 1) - first + 1
        if above > 0:
            bar.setValue(bar.value() - above * height)

    def _scrolled(self, top: int) -> None:
        if top < self._row_height() and self._above:
            self._forget()

    def _forget(self) -> None:
        self._above = 0
        self._tell()

    def _tell(self) -> None:
        words = QCoreApplication.translate("MentionTable", "%n new", None, self._above)
        self.button.setText(words)
        self.button.setVisible(self._above > 0)
        self._place()

    def _place(self) -> None:
        self.button.adjustSize()
        self.button.move((self._table.viewport().width() - self.button.width()) // 2, GAP)
