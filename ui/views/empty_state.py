"""What an empty list says: what would fill it, and the step that leads there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import set_role


class EmptyState(QWidget):
    """A title, a sentence and at most one button; `asked` follows the button."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = ""
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self._button = QPushButton()
        self._button.clicked.connect(lambda: self.asked.emit(self._step))
        set_role(self._title, "strong")
        set_role(self._words, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    @property
    def words(self) -> str:
        return f"{self._title.text()} {self._words.text()}"

    def say(self, title: str, words: str, step: str = "", label: str = "") -> None:
        """`step` is what `asked` will carry; without a `label` there is no button."""
        self._step = step
        self._title.setText(title)
        self._words.setText(words)
        self._button.setText(label)
        self._button.setVisible(bool(label))
