"""Which of the person's accounts a source reads with: a list, and the way to one more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from monitor.model.source_form import FormField
from monitor.text import Text
from ui.widgets.choice_row import ChoiceRow


class AccountChoice(ChoiceRow):
    """Its answer is the account's label. `another` says that the person wants to log in with one more."""

    another = Signal()

    def __init__(
        self, field: FormField, say: Callable[[Text], str], parent: QWidget | None = None
    ) -> None:
        more = QCoreApplication.translate("AccountChoice", "Another account…")
        choices = [(label, label) for label in field.choices or ()]
        super().__init__(say(field.label), [*choices, (more, "")], parent)
        self.field = field
        self._chosen = self.list.currentIndex()

    def set_answer(self, answer: str | int) -> None:
        if answer:
            super().set_answer(answer)
            self._chosen = self.list.currentIndex()

    def _choose(self, index: int) -> None:
        if self.list.itemData(index):
            self._chosen = index
            self.changed.emit()
        else:
            self.list.setCurrentIndex(self._chosen)
            self.another.emit()
