"""One question of a form with a few possible answers: its label and a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ui.theme import set_role
from ui.widgets.form_field import LABEL_WIDTH

Choice = tuple[str, str | int]
"""What is shown, and the answer it stands for."""


class ChoiceRow(QWidget):
    """`changed` follows every choice of the person's."""

    changed = Signal()

    def __init__(
        self, words: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        set_role(label, "muted")
        label.setFixedWidth(LABEL_WIDTH * label.fontMetrics().horizontalAdvance("0"))
        self.list = QComboBox()
        self.list.setAccessibleName(words)
        for shown, answer in choices:
            self.list.addItem(shown, answer)
        self.list.activated.connect(self._choose)
        self.setFocusProxy(self.list)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.list, 0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def answer(self) -> str | int:
        chosen = self.list.currentData()
        return chosen if isinstance(chosen, str | int) else ""

    def set_answer(self, answer: str | int) -> None:
        """What is not in the list changes nothing."""
        index = self.list.findData(answer)
        if index >= 0:
            self.list.setCurrentIndex(index)

    def _choose(self, _index: int) -> None:
        self.changed.emit()
