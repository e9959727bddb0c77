"""The accounts in Settings: one row each with its state, and the login of one being added."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.model.events import AccountsChanged, Event
from monitor.model.source_form import KindForm
from monitor.text import Text
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.account_login import AccountLogin
from ui.widgets.account_row import AccountRow
from ui.widgets.notice_bar import Kind, NoticeBar


class AccountList(QWidget):
    """Follows the engine's events. A removal is asked for twice: a login cannot be given back.
    `listen_asked` carries a kind of source and the label of the account it is to read with."""

    listen_asked = Signal(str, str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.accounts: tuple[Account, ...] = ()
        self.rows: list[AccountRow] = []
        self._forms: dict[str, AccountForm] = {}
        self._kinds: tuple[KindForm, ...] = ()
        self.login = AccountLogin(bridge, theme)
        self.notice = NoticeBar(theme)
        self.menu = QMenu(self)
        self.add = QPushButton(self.tr("Add an account"))
        self.add.setMenu(self.menu)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._list)
        column.addWidget(self.login)
        column.addWidget(self.notice)
        column.addLayout(below)
        self.login.entered.connect(self._entered)
        self.login.closed.connect(self.add.show)
        bridge.happened.connect(self._hear)

    def refresh(self) -> None:
        self._bridge.ask(self._bridge.accounts(), self._show)
        self._bridge.ask(self._bridge.source_kinds(), self._know_kinds)

    def new(self, form: AccountForm) -> None:
        """Log in at this network."""
        self.notice.hide()
        self.add.hide()
        self.login.open(form)

    def log_in_again(self, account: Account) -> None:
        form = self._forms.get(account.network)
        if form is not None:
            self.notice.hide()
            self.add.hide()
            self.login.open(form, {"server": account.server, "handle": account.handle})

    def remove(self, account: Account) -> None:
        """Ask what it means, then do it."""
        self.notice.tell(
            self.tr(
                "Remove {account}? Its permission is taken back at the network, and sources that read "
                "with it stop. Mentions and sent replies stay."
            ).format(account=account.handle),
            Kind.WARNING,
            action=self.tr("Remove"),
            do=partial(self._remove, account),
        )

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        if not self._forms:
            self._bridge.ask(self._bridge.network_forms(), self._offer)
        super().showEvent(event)

    def _remove(self, account: Account) -> None:
        asked = self._bridge.remove_account(account.id)
        self._bridge.ask(asked, partial(self._removed, account), self._failed)

    def _set_cap(self, account: Account, cap: int) -> None:
        asked = self._bridge.set_daily_cap(account.id, cap)
        self._bridge.ask(asked, lambda _: self.refresh(), self._failed)

    def _removed(self, account: Account, note: Text | None) -> None:
        words = self.tr("{account} was removed.").format(account=account.handle)
        if note is None:
            self.notice.tell(words)
        else:
            self.notice.tell(f"{words} {self._bridge.say(note)}", Kind.WARNING)
        self.refresh()

    def _failed(self, error: VigieError) -> None:
        say = self._bridge.say
        self.notice.tell(f"{say(error.title)} {say(error.message)} {say(error.hint)}", Kind.ERROR)

    def _entered(self, account: Account) -> None:
        self.notice.tell(self.tr("Logged in as {account}.").format(account=account.handle))
        self.refresh()

    def _hear(self, event: Event) -> None:
        if isinstance(event, AccountsChanged) and self.isVisible():
            self.refresh()

    def _offer(self, forms: tuple[AccountForm, ...]) -> None:
        self._forms = {form.network: form for form in forms}
        self.menu.clear()
        for form in forms:
            self.menu.addAction(self._bridge.say(form.label), partial(self.new, form))
        self._show(self.accounts)

    def _know_kinds(self, forms: tuple[KindForm, ...]) -> None:
        self._kinds = tuple(form for form in forms if form.needs_account)
        for row, account in zip(self.rows, self.accounts, strict=True):
            row.offer(self._listens(account))

    def _listens(self, account: Account) -> list[tuple[str, Callable[[], None]]]:
        return [
            (
                self._bridge.say(form.label),
                partial(self.listen_asked.emit, form.kind, account.label),
            )
            for form in self._kinds
            if form.network == account.network
            and any(account.label in (field.choices or ()) for field in form.fields)
        ]

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self.accounts = accounts
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for account in accounts:
            form = self._forms.get(account.network)
            network = self._bridge.say(form.label) if form else account.network
            row = AccountRow(account, network, sends=form is not None and form.sends)
            row.cap_chosen.connect(partial(self._set_cap, account))
            row.again.clicked.connect(partial(self.log_in_again, account))
            row.remove.clicked.connect(partial(self.remove, account))
            row.offer(self._listens(account))
            self._list.addWidget(row)
            self.rows.append(row)
