"""The window driven by its keys, on the real engine: what a step of the day costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from monitor.model.brand import Brand
from monitor.model.mention import Correction, TriageState, View
from monitor.model.verdict import Tone
from tests.support.sample_engine import SampleEngine
from ui.shortcuts import Command
from ui.views.main_window import MainWindow
from ui.views.navigation import Page

WAIT = 5000


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    QTest.keyClicks(window.inbox.list.table, keys)


def current(window: MainWindow) -> int:
    return window.inbox.list.table.current_id


def test_opens_on_what_is_to_answer_with_the_newest_chosen(
    window: MainWindow, engine: SampleEngine
) -> None:
    assert window.inbox.list.filter.view is View.TO_ANSWER
    assert current(window) == engine.list(View.TO_ANSWER)[0].id
    shown = window.inbox.detail.mention
    assert shown is not None
    assert shown.id == current(window)


def test_j_and_k_move(qtbot: QtBot, window: MainWindow, engine: SampleEngine) -> None:
    wanted = [mention.id for mention in engine.list(View.TO_ANSWER)]
    press(qtbot, window, "jj")
    assert current(window) == wanted[2]
    press(qtbot, window, "k")
    assert current(window) == wanted[1]


def test_e_files_and_goes_on_and_z_takes_it_back(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = [mention.id for mention in engine.list(View.TO_ANSWER)][:2]
    press(qtbot, window, "e")
    assert current(window) == second
    qtbot.waitUntil(lambda: engine.mention(first).state is TriageState.DONE, timeout=WAIT)
    qtbot.waitUntil(lambda: window.inbox.list.model.row_of(first) < 0, timeout=WAIT)
    press(qtbot, window, "z")
    qtbot.waitUntil(lambda: engine.mention(first).state is TriageState.OPEN, timeout=WAIT)
    qtbot.waitUntil(lambda: current(window) == first, timeout=WAIT)


@pytest.mark.parametrize(
    ("key", "correction", "tone"),
    [
        ("2", Correction.NEUTRAL, Tone.NEUTRAL),
        ("&", Correction.NEGATIVE, Tone.NEGATIVE),  # the key 1 of a French keyboard
        ("3", Correction.POSITIVE, Tone.POSITIVE),
    ],
)
def test_a_digit_corrects_the_tone_and_z_takes_it_back(
    qtbot: QtBot,
    window: MainWindow,
    engine: SampleEngine,
    key: str,
    correction: Correction,
    tone: Tone,
) -> None:
    mention_id = current(window)
    press(qtbot, window, key)
    qtbot.waitUntil(lambda: engine.mention(mention_id).correction is correction, timeout=WAIT)
    assert engine.mention(mention_id).tone is tone
    press(qtbot, window, "z")
    qtbot.waitUntil(lambda: engine.mention(mention_id).correction is None, timeout=WAIT)


def test_x_takes_the_mention_out_of_the_list(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    mention_id = current(window)
    press(qtbot, window, "x")
    qtbot.waitUntil(lambda: window.inbox.list.model.row_of(mention_id) < 0, timeout=WAIT)
    assert engine.mention(mention_id).correction is Correction.NOT_US


def test_snoozed_mentions_wait(qtbot: QtBot, window: MainWindow, engine: SampleEngine) -> None:
    mention_id = current(window)
    wake_at = datetime.now(UTC) + timedelta(hours=3)
    window.inbox.detail.head.snooze_menu.chosen.emit(wake_at)
    qtbot.waitUntil(lambda: engine.mention(mention_id).state is TriageState.WAITING, timeout=WAIT)
    assert [mention.id for mention in engine.list(View.WAITING)] == [mention_id]


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, of any menu
def test_the_first_time_is_chosen_for_who_snoozes_by_keys(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    mention_id = current(window)
    press(qtbot, window, "s")
    QTest.keyClick(window.inbox.detail.head.snooze_menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: engine.mention(mention_id).state is TriageState.WAITING, timeout=WAIT)


def test_w_opens_all_reasons(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.inbox.detail.why._reasons.isVisible()
    press(qtbot, window, "w")
    assert window.inbox.detail.why._reasons.isVisible()


def test_letters_typed_into_the_search_are_letters(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    press(qtbot, window, "/")
    search = window.inbox.list.search
    qtbot.waitUntil(search.hasFocus, timeout=WAIT)
    QTest.keyClicks(search, "jex1g")
    assert search.text() == "jex1g"
    assert all(mention.state is TriageState.OPEN for mention in engine.list())


def test_g_and_a_letter_lead_to_a_view(qtbot: QtBot, window: MainWindow) -> None:
    for keys, view in (("ga", View.ALL), ("ge", View.DONE), ("gt", View.TO_ANSWER)):
        press(qtbot, window, keys)
        assert window.inbox.list.filter.view is view


def test_a_brand_narrows_whatever_view(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    qtbot.waitUntil(lambda: len(window.navigation._brands) == 3, timeout=WAIT)
    brand = Brand(2, "Lumen Torréfaction")
    window.navigation.brand_asked.emit(brand)
    assert window.inbox.list.filter.brand_id == 2
    assert window.inbox.list.filter.view is View.TO_ANSWER
    window.inbox.list._brand_chip.click()
    assert window.inbox.list.filter.brand_id is None


def test_counts_follow_what_is_done(qtbot: QtBot, window: MainWindow, engine: SampleEngine) -> None:
    to_answer = len(engine.list(View.TO_ANSWER))
    qtbot.waitUntil(lambda: window.windowTitle() == f"Vigie ({to_answer})", timeout=WAIT)
    press(qtbot, window, "e")
    qtbot.waitUntil(lambda: window.windowTitle() == f"Vigie ({to_answer - 1})", timeout=WAIT)


def test_a_notification_leads_to_its_mention(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    praise = engine.list()[3].id
    assert window.inbox.list.model.row_of(praise) < 0
    window.show_mention(praise)
    qtbot.waitUntil(lambda: current(window) == praise, timeout=WAIT)
    shown = window.inbox.detail.mention
    assert shown is not None
    assert shown.id == praise


def test_another_page_and_back(window: MainWindow) -> None:
    window.go_page(Page.SOURCES)
    assert not window.inbox.isVisible()
    window.actions_by_command[Command.ALL].trigger()
    assert window.inbox.isVisible()


def test_a_narrow_window_folds_the_navigation_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(683, 600)
    qtbot.waitUntil(lambda: window.navigation.collapsed)
    assert window.width() == 683
    assert window.inbox.detail.geometry().right() < window.inbox.width()
    window.remember()
    assert window._remembered.value("folded", False, bool) is False
    window.navigation.set_collapsed(False)
    assert window.width() == window._least_unfolded
    window.resize(683, 600)
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: not window.navigation.collapsed)


def test_who_folded_it_has_it_folded_in_a_wide_window_too(window: MainWindow) -> None:
    window.resize(1100, 700)
    window.navigation.set_collapsed(True)
    window.resize(683, 600)
    window.resize(1100, 700)
    assert window.navigation.collapsed


def test_the_columns_are_remembered(window: MainWindow) -> None:
    window.resize(1100, 700)
    window.navigation.set_collapsed(True)
    window.remember()
    assert window._remembered.value("folded", False, bool) is True
    assert window._remembered.contains("columns")


def test_every_button_and_field_has_a_name(window: MainWindow) -> None:
    nameless = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert nameless == []
    for widget in (
        window.inbox.list.search,
        window.inbox.list.table,
        window.inbox.detail.reply.editor,
    ):
        assert widget.accessibleName()


def test_writing_a_reply_is_kept_as_typed(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    mention_id = current(window)
    press(qtbot, window, "r")
    reply = window.inbox.detail.reply
    qtbot.waitUntil(reply.editor.hasFocus, timeout=WAIT)
    assert "Léa" in reply.editor.toPlainText()
    QTest.keyClicks(reply.editor, " 6e")

    def kept() -> bool:
        detail = engine.service.detail(mention_id).result(10)
        return detail is not None and detail.draft is not None and detail.draft.text.endswith(" 6e")

    qtbot.waitUntil(kept, timeout=WAIT)
    assert engine.mention(mention_id).state is TriageState.OPEN


def test_a_draft_is_saved_when_another_mention_is_chosen(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    mention_id = current(window)
    editor = window.inbox.detail.reply.editor
    editor.setPlainText("Bonjour")
    window.inbox.list.table.step(1)
    qtbot.waitUntil(lambda: editor.toPlainText() == "", timeout=WAIT)
    window.inbox.list.table.step(-1)
    qtbot.waitUntil(lambda: editor.toPlainText() == "Bonjour", timeout=WAIT)
    qtbot.waitUntil(lambda: engine.mention(mention_id).has_draft, timeout=WAIT)


def test_a_detail_read_before_the_draft_was_stored_does_not_empty_the_field(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = [mention.id for mention in engine.list(View.TO_ANSWER)][:2]
    before, other = (engine.service.detail(which).result() for which in (first, second))
    reply = window.inbox.detail.reply
    reply.editor.setPlainText("Bonjour")
    reply.flush()
    qtbot.waitUntil(lambda: engine.mention(first).has_draft, timeout=WAIT)
    qtbot.waitUntil(lambda: "Draft saved" in reply._told.text(), timeout=WAIT)
    reply.show_detail(other)
    reply.show_detail(before)
    assert reply.editor.toPlainText() == "Bonjour"


def test_copy_and_open_then_the_person_says_it_is_published(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.views.reply.open_in_browser", opened.append)
    mention_id = current(window)
    reply = window.inbox.detail.reply
    reply.editor.setPlainText("Bonjour Léa")
    QTest.keyClick(reply.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == [engine.mention(mention_id).post.url]
    assert QGuiApplication.clipboard().text() == "Bonjour Léa"
    assert engine.mention(mention_id).state is TriageState.OPEN
    QTest.keyClick(reply.yes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: engine.mention(mention_id).state is TriageState.ANSWERED, timeout=WAIT)


def test_coming_back_from_another_page_the_keys_are_the_lists(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    def types_nothing() -> None:
        focus = window.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, "k")
        assert window.inbox.list.search.text() == ""

    for command in (Command.ALL, Command.LIST):
        window.inbox.list.focus_search()
        window.actions_by_command[Command.SOURCES].trigger()
        window.actions_by_command[command].trigger()
        assert window.inbox.isVisible()
        types_nothing()


def test_keys_typed_faster_than_the_engine_reads_meet_the_right_mentions(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    ids = [mention.id for mention in engine.list(View.TO_ANSWER)]
    press(qtbot, window, "jee")
    qtbot.waitUntil(
        lambda: all(engine.mention(i).state is TriageState.DONE for i in ids[1:3]), timeout=WAIT
    )
    assert engine.mention(ids[0]).state is TriageState.OPEN
    assert engine.mention(ids[3]).state is TriageState.OPEN


def test_the_tab_key_goes_from_the_reply_to_the_status_bar(window: MainWindow) -> None:
    window.complete()
    reply = window.inbox.detail.reply
    following = reply.copy_open.nextInFocusChain()
    while following is not None and following.focusPolicy() == Qt.FocusPolicy.NoFocus:
        following = following.nextInFocusChain()
    assert following is not None
    assert window.status.isAncestorOf(following)


def test_an_empty_reply_is_not_copied_and_says_what_to_do(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.views.reply.open_in_browser", opened.append)
    reply = window.inbox.detail.reply
    reply.copy_and_open()
    assert opened == []
    assert reply.editor.toPlainText()
    assert "A template was put in" in reply.notice.words
    assert reply.notice.isVisible()
    reply.copy_and_open()
    assert len(opened) == 1
    assert not reply.notice.isVisible()
