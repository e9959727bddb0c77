"""The quiet button below the address field: the networks that can be added without an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from monitor.model.source_form import KindForm
from monitor.text import Text
from ui.theme import set_role


class NetworkMenu(QPushButton):
    """`chosen` carries a KindForm. Hidden while no kind is known."""

    chosen = Signal(object)

    def __init__(self, say: Callable[[Text], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._menu = QMenu(self)
        self.setText(self.tr("Or choose a network…"))
        self.setMenu(self._menu)
        set_role(self, "link")
        self.hide()

    @property
    def names(self) -> tuple[str, ...]:
        """What can be chosen, in its order."""
        return tuple(action.text().replace("&&", "&") for action in self._menu.actions())

    def offer(self, forms: Sequence[KindForm]) -> None:
        """Those that need an account are left out."""
        self._menu.clear()
        free = [form for form in forms if not form.needs_account]
        for form in sorted(free, key=lambda form: self._say(form.label).casefold()):
            action = self._menu.addAction(self._say(form.label).replace("&", "&&"))
            action.triggered.connect(partial(self._choose, form))
        self.setVisible(bool(free))

    def _choose(self, form: KindForm, _checked: bool = False) -> None:
        self.chosen.emit(form)
