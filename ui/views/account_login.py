"""Logging in at one network: what to do there, the questions it asks, then the wait for the browser."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.own_escape import keeps_escape
from ui.theme import Theme, set_role
from ui.widgets.form_field import FormFieldRow
from ui.widgets.numbered_steps import NumberedSteps
from ui.widgets.spinner import Spinner


class AccountLogin(QFrame):
    """Hidden until `open`. `entered` carries the stored Account, `closed` says that nobody needs it
    any more. Escape gives up the wait, then closes. What was typed is forgotten at the end."""

    entered = Signal(object)
    closed = Signal()
    _address_made = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._form: AccountForm | None = None
        self._answer: Future[Account] | None = None
        self.rows: list[FormFieldRow] = []
        set_role(self, "card")
        self._title = _plain("strong")
        self._how = _plain("muted")
        self.steps = NumberedSteps()
        self.page = QPushButton()
        set_role(self.page, "link")
        self.page.clicked.connect(self._open_page)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self._spinner = Spinner(theme)
        self._words = _plain("muted")
        self.address = QLineEdit(readOnly=True)
        self.address.setAccessibleName(self.tr("Address to open in the browser"))
        self.copy = QPushButton(self.tr("Copy the address"))
        self.copy.clicked.connect(self._copy)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.give_up)
        self.go = QPushButton()
        set_role(self.go, "primary")
        self.go.clicked.connect(self.log_in)
        self._address_made.connect(self._show_address, Qt.ConnectionType.QueuedConnection)
        self._lay_out()
        self.hide()

    @property
    def words(self) -> str:
        """What stands below the fields: progress or the error."""
        return self._words.text()

    @property
    def waiting(self) -> bool:
        return self._answer is not None

    def open(self, form: AccountForm, answers: Mapping[str, str] | None = None) -> None:
        """Show this network's questions, with the `answers` that are known."""
        self._forget()
        self._form = form
        name = self._bridge.say(form.label)
        self._title.setText(self.tr("Log in: {network}").format(network=name))
        self.setAccessibleName(self._title.text())
        self._how.setText(self._bridge.say(form.how))
        self.steps.show_steps([self._bridge.say(step) for step in form.steps])
        host = host_of(form.page)
        self.page.setText(self.tr("Where do I find this? At {host}").format(host=host))
        self.page.setVisible(bool(host))
        self.go.setText(self.tr("Go on in the browser") if form.in_browser else self.tr("Log in"))
        for field in form.fields:
            row = FormFieldRow(field, self._bridge.say)
            row.set_answer((answers or {}).get(field.key, field.default))
            row.changed.connect(self._changed)
            row.entered.connect(self.log_in)
            self.rows.append(row)
            self._fields.addWidget(row)
        self._changed()
        self.show()
        stops: list[QWidget] = [self.page, *(row.edit for row in self.rows), self.cancel, self.go]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        (next((row for row in self.rows if row.missing), None) or self.go).setFocus()

    def log_in(self) -> None:
        """Ask the network; where the person agrees in the browser, wait for it."""
        if self._form is None or self.waiting or any(row.missing for row in self.rows):
            return
        answers = {row.field.key: row.answer for row in self.rows}
        for row in self.rows:
            row.setEnabled(False)
        self.go.setEnabled(False)
        network = self._bridge.say(self._form.label)
        self._say(self.tr("Asking {network}…").format(network=network), "muted")
        self._spinner.show()
        asked = self._bridge.login(self._form.network, answers, self._address_made.emit)
        self._answer = asked
        self._bridge.ask(asked, partial(self._done, asked), partial(self._refuse, asked))
        self.cancel.setFocus()

    def give_up(self) -> None:
        """End the wait; without one, close."""
        if self.waiting:
            self._stop_waiting()
            self._changed()
            self.go.setFocus()
        elif self._form is not None:
            self._forget()
            self.hide()
            self.closed.emit()

    def close_login(self) -> None:
        """Because something else takes its place: a wait is given up, nobody is told."""
        if self._form is not None:
            self._forget()
            self.hide()

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    # -- answers ---------------------------------------------------------------------------
    def _show_address(self, url: str) -> None:
        if not self.waiting:  # given up meanwhile
            return
        self.address.setText(url)
        self.address.setCursorPosition(0)
        self.address.show()
        self.copy.show()
        self._say(
            self.tr(
                "Agree in your browser; it comes back by itself. If it did not open, copy this address into it."
            ),
            "muted",
        )
        open_in_browser(url)

    def _done(self, asked: Future[Account], account: Account) -> None:
        if asked is not self._answer:
            return
        self._answer = None
        self._forget()
        self.hide()
        self.entered.emit(account)
        self.closed.emit()

    def _refuse(self, asked: Future[Account], error: VigieError) -> None:
        if asked is not self._answer:
            return
        self._stop_waiting()
        self._changed()
        say = self._bridge.say
        self._say(f"{say(error.title)} {say(error.message)} {say(error.hint)}", "error")
        self.go.setFocus()

    # -- parts -----------------------------------------------------------------------------
    def _changed(self) -> None:
        if not self.waiting:
            self._words.hide()
            self._words.clear()
            self.go.setEnabled(not any(row.missing for row in self.rows))

    def _stop_waiting(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer.cancel()
        self._spinner.hide()
        self.address.clear()
        self.address.hide()
        self.copy.hide()
        for row in self.rows:
            row.setEnabled(True)

    def _forget(self) -> None:
        self._stop_waiting()
        rows, self.rows = self.rows, []
        for row in rows:
            row.edit.clear()
            self._fields.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._form = None
        self._changed()

    def _open_page(self) -> None:
        if self._form is not None:
            open_in_browser(self._form.page)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        set_role(self._words, role)
        self._words.show()

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._spinner)
        told.addWidget(self._words, 1)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.address, 1)
        place.addWidget(self.copy)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._how)
        column.addWidget(self.steps)
        column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._fields)
        column.addLayout(told)
        column.addLayout(place)
        column.addLayout(buttons)


def _plain(role: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    set_role(label, role)
    return label
