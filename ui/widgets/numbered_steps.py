"""Steps a person takes in order, one below the other with their numbers. Words only, no links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.theme import set_role


class NumberedSteps(QWidget):
    """Hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(label.text() for label in self._labels[1::2])

    def show_steps(self, steps: Sequence[str]) -> None:
        """These instead of those shown."""
        before, self._labels = self._labels, []
        for label in before:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        for row, step in enumerate(steps):
            for column, words in enumerate((f"{row + 1}.", step)):
                label = QLabel(words, textFormat=Qt.TextFormat.PlainText)
                label.setWordWrap(column == 1)
                set_role(label, "muted")
                self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
                self._labels.append(label)
        self.setVisible(bool(steps))
