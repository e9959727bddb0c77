"""The form of one network, drawn from what its kind declares: fill it in, test it, add it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import Source
from monitor.model.source_form import KindForm, Trial
from ui.bridge import Bridge
from ui.own_escape import keeps_escape
from ui.theme import Theme, set_role
from ui.widgets.account_choice import AccountChoice
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_field import FormFieldRow
from ui.widgets.spinner import Spinner
from ui.widgets.trial_result import TrialResult


class NetworkForm(QFrame):
    """Hidden until `open`. `added` carries the stored Source, `closed` says that nobody needs it any
    more, `feeds_wanted` the pasted address whose feeds are wanted instead, `account_wanted` the
    KindForm for which the person logs in with one more account. Escape gives up the test,
    then closes."""

    added = Signal(object)
    closed = Signal()
    feeds_wanted = Signal(str)
    account_wanted = Signal(object)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._form: KindForm | None = None
        self._rows: list[FormFieldRow] = []
        self.account: AccountChoice | None = None
        self.about: ChoiceRow | None = None
        self._brands: tuple[Brand, ...] = ()
        self._pasted = ""
        self._answer: Future[Trial] | None = None
        self._trial: Trial | None = None
        set_role(self, "card")
        self._title = _plain("strong")
        self._unseen = _plain("muted")
        self._everything = _plain("muted")
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self._spinner = Spinner(theme)
        self._words = _plain("error")
        self._result = TrialResult(bridge.say)
        self._instead = QPushButton(self.tr("Look for feeds there instead"))
        set_role(self._instead, "link")
        self._instead.clicked.connect(self._want_feeds)
        self._close = QPushButton(self.tr("Cancel"))
        self._close.clicked.connect(self.close_form)
        self._test = QPushButton(self.tr("Test"))
        self._test.clicked.connect(self.test)
        self._add = QPushButton(self.tr("Add"))
        set_role(self._add, "primary")
        self._add.clicked.connect(self.add)
        self._lay_out()
        self.hide()

    @property
    def kind(self) -> str:
        """The kind that is shown, "" while it is closed."""
        return self._form.kind if self._form else ""

    @property
    def rows(self) -> tuple[FormFieldRow, ...]:
        return tuple(self._rows)

    @property
    def testing(self) -> bool:
        return self._answer is not None

    @property
    def words(self) -> str:
        """What stands below the fields: progress or the error."""
        return self._words.text()

    @property
    def result(self) -> TrialResult:
        return self._result

    def open(
        self, form: KindForm, answers: Mapping[str, str] | None = None, pasted: str = ""
    ) -> None:
        """Show this kind's form with its defaults, or with the answers a `pasted` address gave."""
        self._forget()
        self._form = form
        self._pasted = pasted
        name = self._bridge.say(form.label)
        self._title.setText(name)
        self.setAccessibleName(self.tr("Add a source: {network}").format(network=name))
        self._unseen.setText(
            self.tr("What it never shows: {what}").format(what=self._bridge.say(form.unseen))
            if form.unseen is not None
            else ""
        )
        self._unseen.setVisible(form.unseen is not None)
        self._instead.setVisible(bool(pasted))
        for field in form.fields:
            if field.choices is None:
                self._add_row(FormFieldRow(field, self._bridge.say))
            else:
                self._add_account(AccountChoice(field, self._bridge.say))
        self._ask_about(form)
        if self.account is not None:
            self.account.set_answer((answers or {}).get(self.account.field.key, ""))
        for row in self._rows:
            if answers is not None:
                row.set_answer(answers.get(row.field.key, ""))
        self._changed()
        self.show()
        stops: list[QWidget] = [self.account.list] if self.account is not None else []
        stops += [row.edit for row in self._rows]
        if self.about is not None:
            stops.append(self.about.list)
        stops += [self._instead, self._close, self._test, self._add]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        first = next((row for row in self._rows if row.missing), None)
        (first or next(iter(self._rows), self._test)).setFocus()

    def set_brands(self, brands: tuple[Brand, ...]) -> None:
        """The person's own, for which an own place can be listened to."""
        self._brands = brands

    def close_form(self) -> None:
        if self._form is not None:
            self._forget()
            self.hide()
            self.closed.emit()

    def test(self) -> None:
        """Ask the network what this source shows now; a test that was running is given up."""
        if self._form is None or not self._test.isEnabled():
            return
        self._changed()
        asked = self._bridge.test_source(self._form.kind, self._answers(), self._about())
        self._answer = asked
        network = self._bridge.say(self._form.label)
        self._say(self.tr("Asking {network}…").format(network=network), "muted")
        self._spinner.show()
        self._bridge.ask(asked, partial(self._show, asked), partial(self._refuse_test, asked))

    def add(self) -> None:
        """Store it, tested or not."""
        if self._form is None:
            return
        name = self._trial.name if self._trial is not None else ""
        try:
            source = self._bridge.source_of(self._form.kind, self._answers())
        except VigieError as error:
            self._refuse(error)
            return
        if source is not None:
            self._add.setEnabled(False)
            kept = dataclasses.replace(source, name=name, about=self._about())
            self._bridge.ask(self._bridge.add_source(kept), self._stored, self._refuse)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.testing:
            self._changed()
        else:
            self.close_form()

    # -- answers ---------------------------------------------------------------------------
    def _show(self, asked: Future[Trial], trial: Trial) -> None:
        if asked is not self._answer or self._form is None:  # given up meanwhile
            return
        self._changed()
        self._trial = trial
        self._result.show_trial(trial, self._form.unseen)
        self._add.setAccessibleDescription(self._result.words)
        self._add.setFocus()

    def _refuse_test(self, asked: Future[Trial], error: VigieError) -> None:
        if asked is self._answer:
            self._refuse(error)

    def _refuse(self, error: VigieError) -> None:
        self._changed()
        self._say(f"{self._bridge.say(error.title)} {self._bridge.say(error.hint)}", "error")
        if self._rows:
            self._rows[0].setFocus()

    def _stored(self, source: Source) -> None:
        self.close_form()
        self.added.emit(source)

    # -- parts -----------------------------------------------------------------------------
    def _answers(self) -> dict[str, str]:
        answers = {row.field.key: row.answer for row in self._rows}
        if self.account is not None:
            answers[self.account.field.key] = str(self.account.answer)
        return answers

    def _changed(self) -> None:
        """What was asked or found out holds no longer."""
        if self._answer is not None:
            self._answer.cancel()
        self._answer = None
        self._trial = None
        self._spinner.hide()
        self._words.hide()
        self._words.clear()
        self._result.hide()
        self._add.setAccessibleDescription("")
        complete = not any(row.missing for row in self._rows)
        self._test.setEnabled(complete)
        self._add.setEnabled(complete)

    def _forget(self) -> None:
        rows: list[QWidget] = [*self._rows]
        self._rows = []
        for choice in (self.account, self.about):
            if choice is not None:
                rows.append(choice)
        self.account = self.about = None
        for row in rows:
            self._fields.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._form = None
        self._changed()

    def _want_feeds(self) -> None:
        pasted = self._pasted
        self.close_form()
        self.feeds_wanted.emit(pasted)

    def _add_row(self, row: FormFieldRow) -> None:
        row.changed.connect(self._changed)
        row.entered.connect(self.test)
        self._rows.append(row)
        self._fields.addWidget(row)

    def _add_account(self, account: AccountChoice) -> None:
        account.changed.connect(self._changed)
        account.another.connect(lambda: self.account_wanted.emit(self._form))
        self.account = account
        self._fields.addWidget(account)

    def _ask_about(self, form: KindForm) -> None:
        """Of an own place: whose it is. With one brand there is nothing to choose."""
        own = self._brands if form.own_place else ()
        if len(own) > 1:
            self.about = ChoiceRow(
                self.tr("Everything there is about"), [(brand.name, brand.id) for brand in own]
            )
            self.about.changed.connect(self._changed)
            self._fields.addWidget(self.about)
        words = self.tr("Everything there counts as a mention of “{brand}”, named or not.")
        self._everything.setText(words.format(brand=own[0].name) if len(own) == 1 else "")
        self._everything.setVisible(len(own) == 1)

    def _about(self) -> int:
        """The brand that everything there is about, 0 for none."""
        if self.about is not None:
            return int(self.about.answer)
        own_place = self._form is not None and self._form.own_place
        return self._brands[0].id if own_place and len(self._brands) == 1 else 0

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
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._instead)
        buttons.addStretch(1)
        for button in (self._close, self._test, self._add):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._fields)
        column.addLayout(told)
        column.addWidget(self._result)
        column.addWidget(self._everything)
        column.addWidget(self._unseen)
        column.addLayout(buttons)


def _plain(role: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    set_role(label, role)
    return label
