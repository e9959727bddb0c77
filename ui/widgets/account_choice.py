"""Which of the person's accounts a source reads with: a list, and the way to one more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from monitor.model.source_form import FormField
from monitor.text import Text
from ui.theme import set_role
from ui.widgets.form_field import LABEL_WIDTH


class AccountChoice(QWidget):
    """`changed` follows every choice, `another` says that the person wants to log in with one more."""

    changed = Signal()
    another = Signal()

    def __init__(
        self, field: FormField, say: Callable[[Text], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        words = say(field.label)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        set_role(label, "muted")
        label.setFixedWidth(LABEL_WIDTH * label.fontMetrics().horizontalAdvance("0"))
        self.list = QComboBox()
        self.list.setAccessibleName(words)
        for choice in field.choices or ():
            self.list.addItem(choice, choice)
        self.list.addItem(self.tr("Another account…"), "")
        self.list.activated.connect(self._choose)
        self._chosen = self.list.currentIndex()
        self.setFocusProxy(self.list)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.list, 0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def answer(self) -> str:
        """The account's label."""
        return str(self.list.currentData())

    def set_answer(self, label: str) -> None:
        """Choose this account; what is not in the list changes nothing."""
        index = self.list.findData(label)
        if label and index >= 0:
            self.list.setCurrentIndex(index)
            self._chosen = index

    def _choose(self, index: int) -> None:
        if self.list.itemData(index):
            self._chosen = index
            self.changed.emit()
        else:
            self.list.setCurrentIndex(self._chosen)
            self.another.emit()
