"""Adding a source that reads with the person's account: logging in on the way, choosing among several."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.model.brand import Brand
from monitor.model.source_form import FormField, KindForm
from monitor.text import text
from tests.gui.test_network_form import TRIAL, press
from tests.support.fake_service import FakeService
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.sources import SourcesView
from ui.widgets.choice_row import ChoiceRow

ANN = Account(1, "mastodon", "social.example", "ann@social.example")
LEA = Account(2, "mastodon", "autre.example", "lea@autre.example")
LOGIN = AccountForm(
    "mastodon", text("Mastodon"), False, (FormField("server", text("Server")),), text("How.")
)
BOARD = KindForm("board", text("A board"), (FormField("words", text("Name")),))


def search(*accounts: Account) -> KindForm:
    choice = FormField("account", text("Account"), choices=tuple(one.label for one in accounts))
    words = FormField("words", text("Name"), default="Café Lumen", words=True)
    return KindForm(
        "search", text("A search"), (choice, words), needs_account=True, network="mastodon"
    )


@pytest.fixture
def view(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme
) -> Iterator[SourcesView]:
    fake_service.forms = (search(), BOARD)
    fake_service.trial = TRIAL
    fake_service.account_forms = (LOGIN,)
    view = SourcesView(fake_bridge, theme)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    qtbot.waitUntil(view.add.networks.isVisible)
    yield view
    view.close()


def choose_search(view: SourcesView) -> None:
    view.add.networks._own.actions()[0].trigger()


def learn(view: SourcesView, fake_service: FakeService, *accounts: Account) -> None:
    fake_service.stored_accounts = list(accounts)
    fake_service.forms = (search(*accounts), BOARD)
    view.add._learn(fake_service.forms)


def log_in(view: SourcesView, fake_service: FakeService, *accounts: Account) -> None:
    """As the last of these accounts."""
    fake_service.stored_accounts = list(accounts)
    fake_service.forms = (search(*accounts), BOARD)
    view.add.login.rows[0].set_answer("social.example")
    view.add.login.log_in()


def test_they_stand_in_a_menu_of_their_own(view: SourcesView) -> None:
    assert view.add.networks.names == ("A board",)
    assert view.add.networks.own_names == ("A search",)


def test_without_an_account_one_logs_in_first(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    choose_search(view)
    qtbot.waitUntil(view.add.login.isVisible)
    assert view.add.is_open
    assert not view.add.form.kind
    log_in(view, fake_service, ANN)
    qtbot.waitUntil(lambda: view.add.form.kind == "search")
    assert not view.add.login.isVisible()
    account = view.add.form.account
    assert account is not None
    assert account.answer == "ann@social.example"
    assert [row.answer for row in view.add.form.rows] == ["Café Lumen"]
    press(view.add.form, "Test")
    qtbot.waitUntil(lambda: bool(fake_service.tried))
    kind, answers = fake_service.tried[0]
    assert (kind, answers["account"]) == ("search", "ann@social.example")


def test_a_pasted_page_for_accounts_leads_to_the_login(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.recognised = ("search", {"words": "Lumen Nantes", "account": "somebody"})
    view.add.address.field.setText("https://social.example/lumen")
    view.add.address.look()
    qtbot.waitUntil(view.add.login.isVisible)
    assert view.add.address.words == "A search: read with an account of yours."
    assert fake_service.asked_addresses == []
    log_in(view, fake_service, ANN)
    qtbot.waitUntil(lambda: view.add.form.kind == "search")
    account = view.add.form.account
    assert account is not None
    assert account.answer == "ann@social.example"
    assert [row.answer for row in view.add.form.rows] == ["Lumen Nantes"]
    QTest.keyClick(view.add.form, Qt.Key.Key_Escape)
    assert not view.add.address.words


def test_a_login_given_up_opens_nothing_later(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    choose_search(view)
    qtbot.waitUntil(view.add.login.isVisible)
    QTest.keyClick(view.add.login, Qt.Key.Key_Escape)
    assert not view.add.is_open
    learn(view, fake_service, ANN)
    assert not view.add.form.kind


def test_one_chooses_among_several_or_logs_in_with_one_more(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    learn(view, fake_service, ANN)
    choose_search(view)
    account = view.add.form.account
    assert account is not None
    shown = [account.list.itemText(index) for index in range(account.list.count())]
    assert shown == ["ann@social.example", "Another account…"]
    account.list.setFocus()
    QTest.keyClick(account.list, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.add.form.rows[0].edit
    account.list.setCurrentIndex(1)
    account.list.activated.emit(1)
    assert account.answer == "ann@social.example"
    qtbot.waitUntil(view.add.login.isVisible)
    log_in(view, fake_service, ANN, LEA)
    qtbot.waitUntil(lambda: view.add.form.kind == "search")
    account = view.add.form.account
    assert account is not None
    assert account.answer == "lea@autre.example"


def test_a_choice_ends_what_a_test_told(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    learn(view, fake_service, ANN, LEA)
    choose_search(view)
    form = view.add.form
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    account = form.account
    assert account is not None
    account.list.setCurrentIndex(1)
    account.list.activated.emit(1)
    assert not form.result.isVisible()
    press(form, "Add")
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    added = fake_service.statuses[0].source
    assert added.fields == {"account": "lea@autre.example", "words": "Café Lumen"}


def test_another_network_takes_the_place_of_the_login(view: SourcesView, qtbot: QtBot) -> None:
    choose_search(view)
    qtbot.waitUntil(view.add.login.isVisible)
    view.add.networks.chosen.emit(BOARD)
    assert not view.add.login.isVisible()
    assert view.add.form.kind == "board"
    assert view.add.form.account is None


def test_an_own_place_says_whose_it_is(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    reviews = KindForm("reviews", text("Reviews"), (), own_place=True)
    form = view.add.form
    form.set_brands((Brand(3, "Café Lumen"),))
    form.open(reviews)
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert "Everything there counts as a mention of “Café Lumen”, named or not." in shown
    assert not form.findChildren(ChoiceRow)
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    assert fake_service.tried_about == [3]
    form.set_brands((Brand(3, "Café Lumen"), Brand(4, "Thé Lumen")))
    form.open(reviews)
    about = form.about
    assert isinstance(about, ChoiceRow)
    about.set_answer(4)
    press(form, "Add")
    qtbot.waitUntil(lambda: bool(fake_service.statuses))
    assert fake_service.statuses[0].source.about == 4
    form.open(BOARD)
    assert form.about is None
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert not any("named or not" in words for words in shown)


def test_a_kind_is_opened_from_elsewhere_with_its_account(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.forms = (search(LEA, ANN), BOARD)
    view.add.open_kind("search", ANN.label)
    qtbot.waitUntil(lambda: view.add.form.kind == "search")
    account = view.add.form.account
    assert account is not None
    assert account.answer == ANN.label
