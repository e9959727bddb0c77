"""The quiet button below the address field: the networks that can be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from monitor.model.source_form import KindForm
from monitor.text import Text
from ui.theme import set_role


class NetworkMenu(QPushButton):
    """`chosen` carries a KindForm. Hidden while no kind is known. Those that need an account stand in a
    menu of their own."""

    chosen = Signal(object)

    def __init__(self, say: Callable[[Text], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._menu = QMenu(self)
        self._own = QMenu(self.tr("With your account"), self)
        self.setText(self.tr("Or choose a network…"))
        self.setMenu(self._menu)
        set_role(self, "link")
        self.hide()

    @property
    def names(self) -> tuple[str, ...]:
        """What can be chosen without an account, in its order."""
        return tuple(_name(action) for action in self._menu.actions() if _is_kind(action))

    @property
    def own_names(self) -> tuple[str, ...]:
        """What can be chosen with an account."""
        return tuple(_name(action) for action in self._own.actions())

    def offer(self, forms: Sequence[KindForm]) -> None:
        self._menu.clear()
        self._own.clear()
        for form in sorted(forms, key=lambda form: self._say(form.label).casefold()):
            menu = self._own if form.needs_account else self._menu
            action = menu.addAction(self._say(form.label).replace("&", "&&"))
            action.triggered.connect(partial(self._choose, form))
        if not self._own.isEmpty():
            self._menu.addSeparator()
            self._menu.addMenu(self._own)
        self.setVisible(bool(forms))

    def _choose(self, form: KindForm, _checked: bool = False) -> None:
        self.chosen.emit(form)


def _name(action: QAction) -> str:
    return action.text().replace("&&", "&")


def _is_kind(action: QAction) -> bool:
    return action.menu() is None and not action.isSeparator()
