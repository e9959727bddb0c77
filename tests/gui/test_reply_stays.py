"""The mention one answers stays on screen when its row leaves the list; Z takes the reply back."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput
from monitor.model.events import SendingsChanged
from monitor.model.mention import TriageState, View
from monitor.model.outgoing import Sending, SendingState
from monitor.text import text
from tests.support.sample_engine import SampleEngine
from ui.shortcuts import Command
from ui.views.main_window import MainWindow
from ui.views.sent_list import SentList

WAIT = 5000


def waiting(mention_id: int, seconds: float = 15) -> Sending:
    now = datetime.now(UTC)
    due = now + timedelta(seconds=seconds)
    return Sending(7, mention_id, 3, "key", "Bonjour", "fr", "{}", SendingState.WAITING, due, now)


def clicked(window: MainWindow, sending: Sending) -> None:
    mention = window.inbox.detail.mention
    assert mention is not None
    window.inbox.detail.reply.sending._queued(mention, sending)


def leaves(qtbot: QtBot, window: MainWindow, engine: SampleEngine, mention_id: int) -> None:
    engine.answer_elsewhere(mention_id)
    gone = window.inbox.list.model
    qtbot.waitUntil(lambda: gone.row_of(mention_id) < 0, timeout=WAIT)
    qtbot.wait(50)


def first_two(engine: SampleEngine) -> list[int]:
    return [mention.id for mention in engine.list(View.TO_ANSWER)][:2]


def shown(window: MainWindow) -> int:
    mention = window.inbox.detail.mention
    return mention.id if mention is not None else 0


def test_what_is_typed_never_lands_in_the_next_mention(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = first_two(engine)
    editor = window.inbox.detail.reply.editor
    editor.setFocus()
    QTest.keyClicks(editor, "Bonj")
    leaves(qtbot, window, engine, first)
    assert (shown(window), editor.hasFocus()) == (first, True)
    QTest.keyClicks(editor, "our")
    assert editor.toPlainText() == "Bonjour"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert window.inbox.list.table.hasFocus()
    assert editor.toPlainText() == ""


def test_the_answered_mention_stays_until_one_moves_on(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = first_two(engine)
    clicked(window, waiting(first))
    leaves(qtbot, window, engine, first)
    assert shown(window) == first
    assert not window.inbox.list.table.currentIndex().isValid()
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)


def test_an_arrow_moves_on_as_well(qtbot: QtBot, window: MainWindow, engine: SampleEngine) -> None:
    first, second = first_two(engine)
    clicked(window, waiting(first))
    leaves(qtbot, window, engine, first)
    QTest.keyClick(window.inbox.list.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_J])
def test_one_moves_on_from_the_last_one_too(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, key: Qt.Key
) -> None:
    first, *others = [mention.id for mention in engine.list(View.TO_ANSWER)]
    clicked(window, waiting(first))
    inbox = window.inbox
    (inbox.detail.reply.editor if key == Qt.Key.Key_Escape else inbox.detail.body).setFocus()
    engine.service.set_state((first, *others), TriageState.DONE).result(10)
    qtbot.waitUntil(lambda: inbox.list.model.rowCount() == 0, timeout=WAIT)
    qtbot.wait(50)
    assert shown(window) == first
    QTest.keyClick(inbox.focusWidget(), key)
    qtbot.waitUntil(lambda: shown(window) == 0, timeout=WAIT)
    assert not inbox.detail.reply.has_focus
    engine.service.set_state((first,), TriageState.OPEN).result(10)
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)


def test_back_in_the_list_it_is_chosen_again(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, _ = first_two(engine)
    clicked(window, waiting(first))
    leaves(qtbot, window, engine, first)
    engine.service.set_state((first,), TriageState.OPEN).result(10)
    table = window.inbox.list.table
    qtbot.waitUntil(lambda: table.currentIndex().isValid(), timeout=WAIT)
    assert (table.current_id, shown(window)) == (first, first)


def test_another_view_moves_on(qtbot: QtBot, window: MainWindow, engine: SampleEngine) -> None:
    first, second = first_two(engine)
    editor = window.inbox.detail.reply.editor
    editor.setFocus()
    leaves(qtbot, window, engine, first)
    window.go(View.TO_ANSWER, None)
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert not editor.hasFocus()


def test_the_focus_never_stays_in_the_composer_of_another(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    _, second = first_two(engine)
    window.inbox.detail.reply.editor.setFocus()
    window.show_mention(second)  # from a notification
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert window.inbox.list.table.hasFocus()


@pytest.fixture
def taken(engine: SampleEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the sendings that were asked back."""
    asked: list[int] = []

    def take_back(sending_id: int) -> Future[bool]:
        asked.append(sending_id)
        answer: Future[bool] = Future()
        answer.set_result(True)
        return answer

    monkeypatch.setattr(engine.service, "take_back", take_back)
    return asked


def test_z_takes_the_waiting_reply_back(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, taken: list[int]
) -> None:
    first, _ = first_two(engine)
    clicked(window, waiting(first))
    QTest.keyClicks(window.inbox.list.table, "z")
    assert taken == [7]
    QTest.keyClicks(window.inbox.list.table, "z")
    assert taken == [7]


def test_z_in_the_locked_field_too_and_other_letters_do_nothing(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, taken: list[int]
) -> None:
    first, _ = first_two(engine)
    editor = window.inbox.detail.reply.editor
    clicked(window, waiting(first))
    editor.setFocus()
    QTest.keyClicks(editor, "exjo ")
    QApplication.processEvents()
    assert engine.mention(first).state is TriageState.OPEN
    assert shown(window) == first
    QTest.keyClicks(editor, "z")
    assert taken == [7]


def test_z_takes_it_back_from_the_next_mention_as_well(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, taken: list[int]
) -> None:
    first, second = first_two(engine)
    clicked(window, waiting(first))
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    QTest.keyClicks(window.inbox.list.table, "z")
    assert taken == [7]
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)
    assert "the reply to Léa Martin" in window.inbox.list.notice.words


def test_who_moves_on_before_it_is_queued_can_take_it_back_too(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, taken: list[int]
) -> None:
    first, second = first_two(engine)
    mention = window.inbox.detail.mention
    assert mention is not None
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    window.inbox.detail.reply.sending._queued(mention, waiting(first))
    assert not window.inbox.detail.reply.held
    QTest.keyClicks(window.inbox.list.table, "z")
    assert taken == [7]
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)


def test_who_moves_on_before_it_is_refused_hears_of_it(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    _, second = first_two(engine)
    mention = window.inbox.detail.mention
    assert mention is not None
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    sending = window.inbox.detail.reply.sending
    sending._not_queued(mention, BadInput(text("Too many today."), text(""), text("")))
    qtbot.waitUntil(lambda: "Too many today." in window.problem.words, timeout=WAIT)
    sending._still_unknown(mention, BadInput(text("Not yet."), text(""), text("")))
    sending._was_taken_back(mention, taken=False)
    assert not sending.bar.isVisible()


def test_what_is_typed_while_another_mention_comes_is_kept(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = first_two(engine)
    editor = window.inbox.detail.reply.editor
    editor.setFocus()
    QTest.keyClicks(editor, "Bonj")
    window.show_mention(second)  # from a notification
    QTest.keyClicks(editor, "our")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert editor.toPlainText() == ""
    window.show_mention(first)
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)
    assert editor.toPlainText() == "Bonjour"


def test_what_is_on_its_way_is_no_step_any_more(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, taken: list[int]
) -> None:
    first, second = first_two(engine)
    clicked(window, waiting(first, seconds=-1))
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    QTest.keyClicks(window.inbox.list.table, "z")
    assert taken == []
    assert window.inbox.list.notice.words == "Nothing to take back"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SendingState.SENT, "The reply to Léa Martin is published."),
        (SendingState.FAILED, "The reply to Léa Martin was not sent. Too long."),
        (SendingState.UNKNOWN, "Nobody knows whether the reply to Léa Martin was published."),
    ],
)
def test_whoever_moved_on_hears_how_it_ended(
    qtbot: QtBot,
    window: MainWindow,
    engine: SampleEngine,
    monkeypatch: pytest.MonkeyPatch,
    state: SendingState,
    words: str,
) -> None:
    first, second = first_two(engine)
    clicked(window, waiting(first))
    QTest.keyClicks(window.inbox.list.table, "j")
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    ended: Future[tuple[Sending, ...]] = Future()
    ended.set_result((replace(waiting(first), state=state, error=text("Too long.")),))
    monkeypatch.setattr(engine.service, "sendings", lambda _: ended)
    engine.service._bus.publish(SendingsChanged((first,)))
    notice = window.inbox.list.notice
    qtbot.waitUntil(lambda: notice.words == words, timeout=WAIT)
    notice._action.click()
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)


def test_the_menu_opens_what_was_sent(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_by_command[Command.SENT].trigger()
    listed = window.findChildren(SentList)
    assert len(listed) == 1
    listed[0].close()
    window.inbox.detail.reply.sending.list_asked.emit()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(SentList)))
    for one in window.findChildren(SentList):
        one.close()


def test_where_no_template_suits_none_is_chosen(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.service, "suggest_template", lambda _mention: None)
    _, second = first_two(engine)
    reply = window.inbox.detail.reply
    window.inbox.list.table.seek(second)
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert reply.template.count() > 1
    assert reply.template.currentIndex() == -1
    reply.begin()
    assert reply.editor.toPlainText() == ""
