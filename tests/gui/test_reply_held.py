"""While a reply waits, and once it is published: the field shows what goes out, and nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor.model.mention import Draft, MentionDetail
from monitor.model.outgoing import SendingState
from monitor.text import text
from tests.gui.test_reply_sending import SendingService, audited, panel, sent, service, show
from tests.support.fake_service import mention_of
from ui.views.reply import ReplyPanel

__all__ = ["panel", "service"]
WORDS = "Bonjour, on regarde."
PAGE = "https://bsky.example/1"


def publish(qtbot: QtBot, panel: ReplyPanel, service: SendingService, url: str = PAGE) -> None:
    sent(qtbot, panel, service)
    service.becomes(SendingState.SENT, sent_at=datetime.now(UTC), url=url)
    qtbot.waitUntil(lambda: panel.sending.bar.words.startswith("Published"))


def test_a_waiting_reply_cannot_be_changed_and_says_how_it_could(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    assert panel.editor.isReadOnly()
    assert panel.editor.property("role") == "locked"
    assert not panel.template.isEnabled()
    assert not panel.language.isEnabled()
    QTest.keyClicks(panel.editor, "oops")
    assert panel.editor.toPlainText() == WORDS
    assert "Cancel to change it" in panel.sending.bar.words
    assert panel.sending.bar._action.text() == "Cancel sending (Z)"
    assert "Draft" not in panel._told.text()
    service.becomes(SendingState.CANCELLED)
    qtbot.waitUntil(lambda: not panel.editor.isReadOnly())
    assert panel.editor.property("role") == "bare"
    assert panel.template.isEnabled()
    assert panel.editor.toPlainText() == WORDS


def test_a_published_reply_is_shown_as_it_was_published(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    sent(qtbot, panel, service)
    published = "Bonjour [prénom], on regarde."
    service.becomes(SendingState.SENT, sent_at=datetime.now(UTC), text=published)
    qtbot.waitUntil(lambda: panel.editor.toPlainText() == published)
    assert panel.editor.isReadOnly()
    assert "Draft" not in panel._told.text()
    assert "fill" not in panel.says
    panel.flush()
    panel.show_detail(None)
    draft = Draft(1, "edited, never published", "fr", "", datetime.now(UTC) - timedelta(hours=1))
    mention = mention_of(1, "En panne")
    post = dataclasses.replace(mention.post, reply_to="{}")
    panel.show_detail(MentionDetail(dataclasses.replace(mention, post=post), (), 0, (), draft))
    qtbot.waitUntil(lambda: panel.editor.toPlainText() == published)


def test_another_reply_to_the_same_is_asked_for(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    publish(qtbot, panel, service)
    assert panel.again.isVisible()
    panel.again.click()
    assert not panel.editor.isReadOnly()
    assert panel.editor.toPlainText() == ""
    assert not panel.again.isVisible()
    panel.editor.setPlainText("Et encore ceci.")
    assert panel.sending.button.isEnabled()


def test_where_the_network_keeps_one_reply_the_words_stay_to_be_changed(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    service.again = text("Yours takes its place.")
    publish(qtbot, panel, service)
    panel.again.click()
    assert panel.editor.toPlainText() == WORDS


def test_a_draft_written_after_the_published_reply_stays(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    publish(qtbot, panel, service)
    panel.show_detail(None)
    draft = Draft(1, "Second", "fr", "", datetime.now(UTC) + timedelta(hours=1))
    mention = mention_of(1, "En panne")
    post = dataclasses.replace(mention.post, reply_to="{}")
    panel.show_detail(MentionDetail(dataclasses.replace(mention, post=post), (), 0, (), draft))
    qtbot.waitUntil(lambda: panel.sending.bar.words.startswith("Published"))
    assert panel.editor.toPlainText() == "Second"
    assert not panel.editor.isReadOnly()


def test_the_confirmation_says_as_whom_and_opens_the_page(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.views.reply_sending.open_in_browser", opened.append)
    publish(qtbot, panel, service)
    assert panel.sending.bar.words.startswith("Published as @marque.bsky.social")
    action = panel.sending.bar._action
    assert action.text() == "Open it"
    action.click()  # was meant for "Cancel sending"
    assert opened == []
    qtbot.waitUntil(action.isEnabled)
    action.click()
    assert opened == [PAGE]
    assert panel.sending.bar.isVisible()


def test_without_a_page_the_confirmation_leads_to_what_was_sent(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    publish(qtbot, panel, service, url="")
    action = panel.sending.bar._action
    assert action.text() == "What was sent"
    qtbot.waitUntil(action.isEnabled)
    with qtbot.waitSignal(panel.sending.list_asked):
        action.click()


BLANKS = "Bonjour 🙂, appelez [numéro] ou ____ {nom}."


def test_a_reply_with_blanks_is_not_sent_and_the_first_blank_is_chosen(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    panel.editor.setPlainText(BLANKS)
    panel.answer()
    assert service.sent == []
    assert panel.editor.textCursor().selectedText() == "[numéro]"
    assert "[numéro], ____, {nom}" in panel.notice.words
    panel.answer()
    assert service.sent == []
    panel.notice._action.click()
    assert [one.text for one in service.sent] == [BLANKS]


def test_filling_the_blanks_is_enough(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService
) -> None:
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    panel.editor.setPlainText("Appelez [numéro] ([ici](https://lumen.example)).")
    panel.sending.button.click()
    assert service.sent == []
    panel.editor.insertPlainText("le SAV")
    assert not panel.notice.isVisible()
    panel.sending.button.click()
    assert len(service.sent) == 1


def test_the_proposed_draft_is_a_button_away(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "_template_text", lambda: "Bonjour Léa")
    show(panel)
    qtbot.waitUntil(lambda: panel.sending.account is not None)
    assert panel.use.isVisible()
    assert panel.use.text() == "Use this draft"
    assert panel.use.key == "R"
    assert panel._told.text() == "0 / 300"
    assert "Nothing is written" in panel.sending.button.toolTip()
    panel.editor.setFocus()
    QTest.keyClick(panel.editor, Qt.Key.Key_Tab)
    assert panel.focusWidget() is panel.use
    QTest.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    assert panel.editor.toPlainText() == "Bonjour Léa"
    assert not panel.use.isVisible()
    assert "Publishes the reply" in panel.sending.button.toolTip()
    panel.editor.setPlainText("a" * 301)
    assert "too long" in panel.sending.button.toolTip()


def test_what_was_sent_leads_to_its_page(
    qtbot: QtBot, panel: ReplyPanel, service: SendingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.views.sent_list.open_in_browser", opened.append)
    publish(qtbot, panel, service)
    failed = dataclasses.replace(service.sent[0], id=2, state=SendingState.FAILED, url="")
    service.sent.append(failed)
    shown = audited(qtbot, service)
    qtbot.waitUntil(lambda: shown.table.rowCount() == 2)
    assert shown.page.isEnabled()
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    assert opened == [PAGE]
    shown.table.doubleClicked.emit(shown.table.model().index(0, 2))
    shown.page.click()
    assert opened == [PAGE] * 3
    shown.table.setCurrentCell(1, 0)
    assert not shown.page.isEnabled()
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    assert len(opened) == 3
