"""Accounts in Settings: listed with their state, added, logged in again, removed."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput
from monitor.model.account import Account, AccountState
from monitor.model.account_form import AccountForm
from monitor.model.events import AccountsChanged
from monitor.model.source_form import FormField, KindForm
from monitor.text import text
from tests.support.fake_service import FakeService
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views import account_login
from ui.views.accounts import AccountList
from ui.widgets.account_row import AccountRow

ANN = Account(1, "mastodon", "social.example", "ann@social.example")
LEA = Account(2, "bluesky", "", "lea.example", state=AccountState.NEEDS_LOGIN)
URL = "https://social.example/oauth/authorize?state=x"
MASTODON = AccountForm(
    "mastodon", text("Mastodon"), True, (FormField("server", text("Server")),), text("How.")
)
BLUESKY = AccountForm(
    "bluesky",
    text("Bluesky"),
    False,
    (FormField("handle", text("Handle")), FormField("password", text("Secret"), secret=True)),
    text("How."),
    steps=(text("Open it."), text("Copy it.")),
    page="https://blue.example/settings/app-passwords",
)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was given."""
    urls: list[str] = []
    monkeypatch.setattr(account_login, "open_in_browser", urls.append)
    return urls


@pytest.fixture
def view(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme, opened: list[str]
) -> AccountList:
    fake_service.account_forms = (BLUESKY, MASTODON)
    fake_service.stored_accounts = [ANN, LEA]
    view = AccountList(fake_bridge, theme)
    qtbot.addWidget(view)
    view.resize(760, 400)
    view.show()
    qtbot.waitUntil(lambda: len(view.menu.actions()) == 2)
    qtbot.waitUntil(lambda: len(view.rows) == 2)
    return view


def test_each_says_how_its_login_does(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    assert [row.state.text() for row in view.rows] == ["ready", "needs you to log in"]
    assert [row.again.isVisibleTo(view) for row in view.rows] == [False, True]
    end = datetime(2026, 8, 1, 12, tzinfo=UTC)
    ending = Account(3, "x", "", "pat", state=AccountState.ENDING, expires_at=end)
    fake_service.stored_accounts = [ending]
    fake_service.tell(AccountsChanged())
    qtbot.waitUntil(lambda: len(view.rows) == 1)
    assert view.rows[0].state.text().startswith("its login ends on ")


def test_a_browser_login_waits_shows_the_address_and_is_given_up(
    view: AccountList, fake_service: FakeService, opened: list[str], qtbot: QtBot
) -> None:
    view.menu.actions()[1].trigger()
    assert not view.login.go.isEnabled()
    view.login.rows[0].set_answer("social.example")
    view.login.rows[0].changed.emit()
    fake_service.hold = True
    view.login.go.click()
    assert fake_service.logins == [("mastodon", {"server": "social.example"})]
    fake_service.openers[0](URL)
    qtbot.waitUntil(lambda: opened == [URL])
    assert view.login.address.text() == URL
    view.login.copy.click()
    assert QGuiApplication.clipboard().text() == URL
    view.login.cancel.click()
    assert fake_service.held[0].cancelled()
    assert not view.login.waiting
    assert not view.login.address.isVisible()
    fake_service.openers[0](URL)
    view.login.cancel.click()
    assert not view.login.isVisible()
    assert view.add.isVisible()


def test_a_login_that_is_done_closes_the_form(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.rows[1].again.click()
    assert view.login.rows[0].answer == "lea.example"
    secret = view.login.rows[1].edit
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    secret.setText("s3cret")
    view.login.rows[1].changed.emit()
    view.login.go.click()
    qtbot.waitUntil(lambda: view.notice.words == "Logged in as lea.example.")
    assert fake_service.logins == [("bluesky", {"handle": "lea.example", "password": "s3cret"})]
    assert not view.login.isVisible()
    assert view.login.rows == []


def test_the_steps_and_the_network_s_own_page_are_shown(
    view: AccountList, opened: list[str]
) -> None:
    view.menu.actions()[0].trigger()
    assert view.login.steps.words == ("Open it.", "Copy it.")
    assert view.login.page.text() == "Where do I find this? At blue.example"
    assert opened == []
    view.login.page.click()
    assert opened == ["https://blue.example/settings/app-passwords"]
    view.login.give_up()
    view.menu.actions()[1].trigger()
    assert not view.login.steps.isVisible()
    assert not view.login.page.isVisible()


def test_a_refusal_stays_in_the_form(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.menu.actions()[1].trigger()
    view.login.rows[0].set_answer("nowhere")
    view.login.rows[0].changed.emit()
    fake_service.fail_with = BadInput(text("No."), text("Kept."), text("Again."))
    view.login.go.click()
    qtbot.waitUntil(lambda: view.login.words == "No. Kept. Again.")
    assert view.login.rows[0].answer == "nowhere"
    assert view.login.go.isEnabled()


def test_a_removal_is_asked_for_first(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.rows[0].remove.click()
    assert "ann@social.example" in view.notice.words
    assert fake_service.stored_accounts == [ANN, LEA]
    button = next(b for b in view.notice.findChildren(QPushButton) if b.text() == "Remove")
    button.click()
    qtbot.waitUntil(lambda: view.notice.words == "ann@social.example was removed.")
    assert fake_service.stored_accounts == [LEA]


def test_it_says_what_one_can_listen_to_with_it(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme, opened: list[str]
) -> None:
    fake_service.account_forms = (BLUESKY, MASTODON)
    fake_service.stored_accounts = [ANN, LEA]
    fake_service.forms = (
        KindForm("feed", text("A feed"), ()),
        KindForm(
            "mastodon-search",
            text("Search"),
            (FormField("account", text("Account"), choices=(ANN.label,)),),
            needs_account=True,
            network="mastodon",
        ),
    )
    view = AccountList(fake_bridge, theme)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: len(view.rows) == 2 and view.rows[0].listen.isVisible())
    assert not view.rows[1].listen.isVisible()
    asked: list[tuple[str, str]] = []
    view.listen_asked.connect(lambda kind, account: asked.append((kind, account)))
    menu = view.rows[0].listen.menu()
    assert [action.text() for action in menu.actions()] == ["Search"]
    menu.actions()[0].trigger()
    assert asked == [("mastodon-search", "ann@social.example")]


def test_a_cap_on_what_reading_costs_is_shown(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.stored_accounts = [Account(3, "x", "", "pat", monthly_cap=10_000_000)]
    fake_service.tell(AccountsChanged())
    qtbot.waitUntil(lambda: len(view.rows) == 1)
    assert view.rows[0].state.text() == "ready, at most 10.00 US dollars a month"


def test_the_most_replies_a_day_are_chosen(
    view: AccountList, fake_service: FakeService, qtbot: QtBot
) -> None:
    cap = view.rows[0].cap
    assert cap.isVisible()
    assert cap.currentText() == "50 replies a day"
    cap.setCurrentIndex(cap.findData(20))
    cap.activated.emit(cap.currentIndex())
    qtbot.waitUntil(lambda: fake_service.stored_accounts[0].daily_cap == 20)
    qtbot.waitUntil(lambda: view.rows[0].cap.currentData() == 20)
    fake_service.account_forms = (dataclasses.replace(MASTODON, sends=False), BLUESKY)
    view._offer(fake_service.account_forms)
    assert not view.rows[0].cap.isVisible()


def test_escape_closes_the_login_and_nothing_else(view: AccountList, qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    elsewhere: list[bool] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
    shortcut.activated.connect(lambda: elsewhere.append(True))
    view.menu.actions()[0].trigger()
    view.login.rows[0].edit.setFocus()
    QTest.keyClick(view.login.rows[0].edit, Qt.Key.Key_Escape)
    assert not view.login.isVisible()
    assert elsewhere == []
    view.add.setFocus()
    QTest.keyClick(view.add, Qt.Key.Key_Escape)
    assert elsewhere == [True]


def test_a_row_with_all_its_buttons_fits_a_narrow_window(qtbot: QtBot, theme: Theme) -> None:
    theme.dress()
    row = AccountRow(LEA, "Bluesky", sends=True)
    qtbot.addWidget(row)
    row.offer([("Search", lambda: None)])
    row.show()
    assert not row.again.isHidden()
    assert row.minimumSizeHint().width() <= 530
