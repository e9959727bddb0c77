"""Adding a source of a network: the menu, the form drawn from its declaration, testing, adding."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.events import SourcesChanged
from monitor.model.post import Author, Post
from monitor.model.source import Source, Turn
from monitor.model.source_form import FormField, KindForm, Trial
from monitor.text import text
from tests.support.fake_service import NOW, FakeService, status_of
from ui.bridge import Bridge
from ui.models.source_table import SECOND_LINE as SECOND
from ui.models.source_table import Column
from ui.theme import Theme
from ui.views.network_form import NetworkForm
from ui.views.sources import SourcesView

UNSEEN = text("Private groups.")
FORUM = KindForm(
    "forum",
    text("Forum & Co"),
    (
        FormField("words", text("Name"), example="Moka", default="Café Lumen", words=True),
        FormField("server", text("Server"), example="forum.example", hint=text("Its address.")),
        FormField("tag", text("Tag"), required=False),
        FormField("token", text("Token"), secret=True, required=False),
    ),
    unseen=UNSEEN,
)
BOARD = KindForm("board", text("A board"), (FormField("words", text("Name")),))
CLOSED = KindForm("closed", text("Closed"), (), needs_account=True)
POST = Post("1", "https://x", "", "It broke again.", Author("Nina"), NOW - timedelta(hours=2))
TRIAL = Trial("https://forum.example/asked", "Forum: Lumen", POST, 9, 2, (text("Slow."), UNSEEN))
WAIT = 20_000


@pytest.fixture
def view(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme
) -> Iterator[SourcesView]:
    fake_service.forms = (FORUM, CLOSED, BOARD)
    fake_service.trial = TRIAL
    fake_service.stored_brands = [Brand(1, "Café Lumen")]
    view = SourcesView(fake_bridge, theme)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    qtbot.waitUntil(view.add.networks.isVisible)
    yield view
    view.close()


@pytest.fixture
def form(view: SourcesView) -> NetworkForm:
    view.add.networks.chosen.emit(FORUM)
    return view.add.form


def press(form: NetworkForm, words: str) -> None:
    button_of(form, words).click()


def button_of(form: NetworkForm, words: str) -> QPushButton:
    return next(b for b in form.findChildren(QPushButton) if b.text() == words)


def answer(form: NetworkForm, key: str, words: str) -> None:
    row = next(row for row in form.rows if row.field.key == key)
    row.edit.selectAll()
    QTest.keyClicks(row.edit, words)


# -- the menu and the form ------------------------------------------------------------------------
def test_the_menu_has_the_networks(view: SourcesView) -> None:
    assert view.add.networks.names == ("A board", "Forum & Co")
    assert view.add.networks.own_names == ("Closed",)


def test_a_choice_opens_the_form_where_something_is_missing(
    view: SourcesView, qtbot: QtBot
) -> None:
    view.add.networks._menu.actions()[1].trigger()
    form = view.add.form
    assert [row.edit.text() for row in form.rows] == ["Café Lumen", "", "", ""]
    assert [row.edit.placeholderText() for row in form.rows] == ["Moka", "forum.example", "", ""]
    names = [row.edit.accessibleName() for row in form.rows]
    assert names == ["Name", "Server", "Tag (optional)", "Token (optional)"]
    hidden = [row.edit.echoMode() is QLineEdit.EchoMode.Password for row in form.rows]
    assert hidden == [False, False, False, True]
    assert form.rows[1].edit.accessibleDescription() == "Its address."
    assert form.accessibleName() == "Add a source: Forum & Co"
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert "What it never shows: Private groups." in shown
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.rows[1].edit)


def test_what_must_be_answered_is_waited_for(form: NetworkForm) -> None:
    test, add = button_of(form, "Test"), button_of(form, "Add")
    assert not test.isEnabled()
    assert not add.isEnabled()
    answer(form, "server", "forum.example")
    assert test.isEnabled()
    assert add.isEnabled()


def test_every_stop_of_the_tab_key_has_a_name_in_order(form: NetworkForm) -> None:
    answer(form, "server", "forum.example")
    form.rows[0].edit.setFocus()
    names = []
    for _ in range(7):
        stop = QApplication.focusWidget()
        assert isinstance(stop, QLineEdit | QPushButton)
        names.append(stop.accessibleName() if isinstance(stop, QLineEdit) else stop.text())
        QTest.keyClick(stop, Qt.Key.Key_Tab)
    fields = ["Name", "Server", "Tag (optional)", "Token (optional)"]
    assert names == [*fields, "Cancel", "Test", "Add"]


def test_another_network_takes_its_place(view: SourcesView, form: NetworkForm) -> None:
    view.add.networks.chosen.emit(BOARD)
    assert form.kind == "board"
    assert len(form.rows) == 1


# -- testing --------------------------------------------------------------------------------------
def test_a_test_shows_the_latest_and_what_is_missing(
    form: NetworkForm, fake_service: FakeService, qtbot: QtBot
) -> None:
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    (asked,) = fake_service.tried
    kind, answers = asked
    assert kind == "forum"
    assert answers == {"words": "Café Lumen", "server": "forum.example", "tag": "", "token": ""}
    assert form.result.words == (
        "9 posts now, 2 about your brands Latest: “It broke again.” Nina · 2 h ago Slow."
    )
    assert button_of(form, "Add").hasFocus()
    assert button_of(form, "Add").accessibleDescription() == form.result.words


def test_enter_in_a_field_tests(form: NetworkForm, fake_service: FakeService, qtbot: QtBot) -> None:
    QTest.keyClick(form.rows[1].edit, Qt.Key.Key_Return)
    assert fake_service.tried == []  # the server is missing
    answer(form, "server", "forum.example")
    QTest.keyClick(form.rows[1].edit, Qt.Key.Key_Return)
    qtbot.waitUntil(form.result.isVisible)


def test_another_answer_unsays_the_result(form: NetworkForm, qtbot: QtBot) -> None:
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    answer(form, "server", "other.example")
    assert not form.result.isVisible()


def test_nothing_there_yet(form: NetworkForm, fake_service: FakeService, qtbot: QtBot) -> None:
    fake_service.trial = Trial("https://x", "", None, 0, 0, (text("Nothing yet."), UNSEEN))
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    assert form.result.words == "Nothing yet."


def test_a_refusal_is_a_sentence_below_the_fields(
    form: NetworkForm, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.fail_with = BadInput(text("No such server."), text("Nothing."), text("Check it."))
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(lambda: form.words == "No such server. Check it.")
    assert not form.testing
    assert form.isVisible()


def test_a_strangers_markup_stays_text(
    form: NetworkForm, fake_service: FakeService, qtbot: QtBot
) -> None:
    hostile = dataclasses.replace(POST, text="<img src=x><b>bold</b>")
    fake_service.trial = dataclasses.replace(TRIAL, newest=hostile)
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    labels = form.result.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert "<img src=x>" in form.result.words


def test_escape_gives_up_the_test_then_closes(
    view: SourcesView, form: NetworkForm, fake_service: FakeService
) -> None:
    answer(form, "server", "forum.example")
    fake_service.hold = True
    press(form, "Test")
    (asked,) = fake_service.held
    assert form.words == "Asking Forum & Co…"
    QTest.keyClick(form.rows[0].edit, Qt.Key.Key_Escape)
    assert asked.cancelled()
    assert form.isVisible()
    QTest.keyClick(form.rows[0].edit, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert view.add.address.field.hasFocus()


# -- adding ---------------------------------------------------------------------------------------
def test_it_is_added_with_the_name_the_test_told(
    view: SourcesView, form: NetworkForm, fake_service: FakeService, qtbot: QtBot
) -> None:
    answer(form, "server", "forum.example")
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible)
    press(form, "Add")
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    (status,) = fake_service.statuses
    assert (status.source.kind, status.source.name) == ("forum", "Forum: Lumen")
    assert status.source.fields["server"] == "forum.example"
    assert not form.isVisible()
    assert (status.source.id,) in fake_service.checked


def test_a_source_that_is_there_already_leaves_the_form_open(
    form: NetworkForm, fake_service: FakeService
) -> None:
    fake_service.fail_with = BadInput(text("It is there."), text("Nothing."), text("Look below."))
    answer(form, "server", "forum.example")
    press(form, "Add")
    assert form.words == "It is there. Look below."
    assert form.isVisible()


def test_a_pasted_address_of_a_network_offers_its_source(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.recognised = ("forum", {"words": "Moka", "server": "forum.example"})
    view.add.address.field.setText("https://forum.example/search?q=Moka")
    view.add.address.look()
    form = view.add.form
    qtbot.waitUntil(form.result.isVisible)
    assert [row.answer for row in form.rows] == ["Moka", "forum.example", "", ""]
    assert fake_service.asked_addresses == []
    press(form, "Look for feeds there instead")
    assert fake_service.asked_addresses == ["https://forum.example/search?q=Moka"]
    assert not form.isVisible()


# -- the table ------------------------------------------------------------------------------------
def test_the_table_says_network_and_turn(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    named = Source(1, "forum", "https://a.example/api", "Lumen there", fields={"words": "Lumen"})
    unnamed = Source(2, "forum", "https://a.example/api?q=M", "", fields={"words": "Moka"})
    turn = Turn("a.example", NOW + timedelta(minutes=5, seconds=30), 60.0)
    fake_service.statuses = [
        status_of(named),
        dataclasses.replace(status_of(unnamed), turn=turn),
    ]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 2)
    model = view.model
    lines = [
        (str(model.index(row, Column.SOURCE).data()), model.data(model.index(row, 0), SECOND))
        for row in range(2)
    ]
    assert lines == [("Lumen there", "Forum & Co"), ("Forum & Co · Moka", "a.example")]
    assert model.data(model.index(1, Column.NEXT), SECOND) == "waits for its turn"
    spoken = str(model.index(1, Column.SOURCE).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Forum & Co · Moka, Listening, It waits for its turn at a.example")
    view.select(2)
    qtbot.waitUntil(lambda: view.panel.title == "Forum & Co · Moka: listening")
    assert view.panel.explanation.startswith(
        "It waits for its turn at a.example, which allows one request every 60 seconds: in "
    )


def test_two_searches_for_one_name_are_told_apart_below_it(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fields = {"words": "Lumen", "server": "a.example"}
    source = Source(1, "forum", "https://a.example/api", "Forum: Lumen · a.example", fields=fields)
    fake_service.statuses = [status_of(source)]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    assert str(view.model.data(view.model.index(0, 0), SECOND)).endswith("a.example")


def test_who_is_added_is_told_by_a_name_one_can_read(view: SourcesView) -> None:
    address = "https://a.example/api?q=Lumen"
    view.add.added.emit(Source(9, "forum", address, "", fields={"words": "Lumen"}))
    assert view.notice.words.startswith("Forum & Co")
    assert view.notice.words.endswith("Lumen is listened to from now on.")


def test_the_table_and_the_panel_make_room_for_the_form(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.statuses = [
        status_of(Source(number, "forum", f"https://a.example/{number}", f"Forum {number}"))
        for number in range(1, 7)
    ]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 6)
    view.select(1)
    assert view.panel.isVisible()
    least = view.table.minimumHeight()
    view.add.networks.chosen.emit(FORUM)
    assert not view.panel.isVisible()
    assert view.table.minimumHeight() < least
    view.add.form.close_form()
    assert view.panel.isVisible()
    assert view.table.minimumHeight() == least


def test_the_browser_opens_the_page_for_people(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    fake_service.statuses = [status_of(Source(1, "forum", "https://a.example/api", "Lumen"))]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    view.select(1)
    view.panel._open.click()
    assert opened == ["https://forum.example/page"]
