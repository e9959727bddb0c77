"""One question of a network's form: its label, the field with an example in it, a sentence below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from monitor.model.source_form import FormField
from monitor.text import Text
from ui.theme import set_role

LONGEST = 2000
LABEL_WIDTH = 20
"""Of the labels' column, in digits of the font."""


class FormFieldRow(QWidget):
    """`changed` follows every stroke, `entered` the Enter key. `say` renders the engine's sentences."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self, field: FormField, say: Callable[[Text], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        words = say(field.label)
        if not field.required:
            words = self.tr("{question} (optional)").format(question=words)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        set_role(label, "muted")
        digit = label.fontMetrics().horizontalAdvance("0")
        label.setFixedWidth(LABEL_WIDTH * digit)
        self.edit = QLineEdit(field.default)
        self.edit.setMaxLength(LONGEST)
        self.edit.setPlaceholderText(field.example)
        self.edit.setAccessibleName(words)
        if field.secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textEdited.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.edit, 0, 1)
        if field.hint is not None:
            hint = QLabel(say(field.hint), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            set_role(hint, "small")
            self.edit.setAccessibleDescription(hint.text())
            grid.addWidget(hint, 1, 1)

    @property
    def answer(self) -> str:
        return self.edit.text().strip()

    @property
    def missing(self) -> bool:
        """It must be answered and is not."""
        return self.field.required and not self.answer

    def set_answer(self, answer: str) -> None:
        self.edit.setText(answer)
        self.edit.setCursorPosition(0)
