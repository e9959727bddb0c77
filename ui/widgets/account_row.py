"""One account: whose it is, how its login does, what it can listen to, logging in again, removing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.model.account import Account, AccountState
from ui.theme import set_role
from ui.widgets.elided_label import ElidedLabel

MILLION = 1_000_000
CAPS = (10, 20, 50, 100, 200)
"""Replies a day one can choose from."""


class AccountRow(QWidget):
    """`network` is its name for people. Logging in again is offered when it is needed. Its parts stand
    below each other, so that all of them are read in full where the window is narrow. `cap_chosen`
    carries the most replies to send from it in a day; it is asked only where one `sends`."""

    cap_chosen = Signal(int)

    def __init__(
        self, account: Account, network: str, *, sends: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        who = ElidedLabel(account.handle)
        set_role(who, "strong")
        where = QLabel(network, textFormat=Qt.TextFormat.PlainText)
        set_role(where, "muted")
        self.state = QLabel(self._state_words(account), textFormat=Qt.TextFormat.PlainText)
        set_role(self.state, "muted" if account.state is AccountState.READY else "error")
        self.cap = QComboBox()
        self.cap.setAccessibleName(
            self.tr("Most replies a day from {account}").format(account=account.handle)
        )
        for number in sorted({*CAPS, account.daily_cap}):
            self.cap.addItem(self.tr("%n replies a day", None, number), number)
        self.cap.setCurrentIndex(self.cap.findData(account.daily_cap))
        self.cap.activated.connect(lambda _: self.cap_chosen.emit(int(self.cap.currentData())))
        self.cap.setVisible(sends)
        self.listen = QPushButton(self.tr("Listen with it"))
        self.listen.setAccessibleName(
            self.tr("Listen with {account}").format(account=account.handle)
        )
        self.listen.hide()
        self.again = QPushButton(self.tr("Log in again"))
        self.again.setAccessibleName(
            self.tr("Log in again: {account}").format(account=account.handle)
        )
        self.again.setVisible(account.state is not AccountState.READY)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove {account}").format(account=account.handle))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(where)
        below.addWidget(self.state)
        below.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self.cap, self.listen, self.again, self.remove):
            buttons.addWidget(part)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(who)
        column.addLayout(below)
        column.addSpacing(4)
        column.addLayout(buttons)

    def offer(self, kinds: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """What one can listen to with it: names for people, and what a choice does."""
        menu = QMenu(self.listen)
        for name, choose in kinds:
            menu.addAction(name.replace("&", "&&"), choose)
        self.listen.setMenu(menu)
        self.listen.setVisible(bool(kinds))

    def _state_words(self, account: Account) -> str:
        words = self._login_words(account)
        if not account.monthly_cap:
            return words
        dollars = QLocale().toString(account.monthly_cap / MILLION, "f", 2)
        cap = self.tr("at most {dollars} US dollars a month").format(dollars=dollars)
        return f"{words}, {cap}"

    def _login_words(self, account: Account) -> str:
        if account.state is AccountState.NEEDS_LOGIN:
            return self.tr("needs you to log in")
        if account.state is AccountState.READY:
            return self.tr("ready")
        if account.expires_at is None:
            return self.tr("its login ends soon")
        end = account.expires_at.astimezone()
        day = QLocale().toString(
            QDate(end.year, end.month, end.day), QLocale.FormatType.ShortFormat
        )
        return self.tr("its login ends on {day}").format(day=day)
