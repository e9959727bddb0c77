"""A reply from the click to the page, in the window, with the real engine and its outbox."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor.model.account import Account, Login
from monitor.model.events import MentionsChanged
from monitor.model.mention import TriageState
from monitor.model.outgoing import Sending
from monitor.model.source import Source
from monitor.networks.base import Sent
from tests.gui.test_reply_stays import first_two, shown
from tests.store.samples import analysed, found, outcome, post
from tests.support.sample_engine import SampleEngine
from ui.views.main_window import MainWindow

WAIT = 10_000
HANDLE = "marque@mastodon.example"
REPLY_TO = json.dumps({"server": "autre.example", "id": "1", "acct": "lea@autre.example"})
PAGE = "https://mastodon.example/@marque/1"


class Publishing:
    """A network that publishes at once what it is given."""

    def __init__(self) -> None:
        self.published: list[str] = []

    def rules(self, *_: object) -> dict[str, int]:
        return {}

    def send(self, _login: Login, sending: Sending, *_: object) -> Sent:
        self.published.append(sending.text)
        return Sent("1", PAGE)


@pytest.fixture
def network(engine: SampleEngine, monkeypatch: pytest.MonkeyPatch) -> Publishing:
    """Its account is logged in, and the newest mention can be answered from it."""
    store, now, network = engine.service._store, datetime.now(UTC), Publishing()
    source = Source(0, "mastodon-tag", "https://autre.example/api/v1/timelines/tag/x", "")
    kept = store.write(lambda writer: writer.add_source(source)).result(10)
    told = outcome(kept.id, analysed(post(1, reply_to=REPLY_TO, published=now), found(1)))
    applied = store.write(lambda writer: writer.apply(told)).result(10)
    own = Account(1, "mastodon", "mastodon.example", HANDLE)
    store.write(lambda writer: writer.add_account(replace(own, id=0), now)).result(10)
    outbox: Any = engine.service._outbox
    monkeypatch.setattr(outbox, "_undo_seconds", lambda: 1.5)
    monkeypatch.setattr(outbox, "_login_of", lambda *_: Login(own, {"token": "t"}))
    monkeypatch.setattr(outbox, "_network_of", lambda _: network)
    outbox.start()
    engine.service._bus.publish(MentionsChanged(new_ids=applied.new_mentions))
    return network


def test_from_the_click_to_the_page(
    qtbot: QtBot, network: Publishing, window: MainWindow, engine: SampleEngine
) -> None:
    first, second = first_two(engine)
    reply, table = window.inbox.detail.reply, window.inbox.list.table
    table.seek(first)
    qtbot.waitUntil(lambda: shown(window) == first, timeout=WAIT)
    qtbot.waitUntil(lambda: reply.sending.account is not None, timeout=WAIT)
    reply.editor.setFocus()
    QTest.keyClicks(reply.editor, "Bonjour")
    QTest.keyClick(reply.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(reply.editor, " exact")  # typed on: neither written nor a command
    qtbot.waitUntil(lambda: reply.sending.waiting, timeout=WAIT)
    QTest.keyClicks(reply.editor, " exact")
    qtbot.waitUntil(lambda: window.inbox.list.model.row_of(first) < 0, timeout=WAIT)
    qtbot.waitUntil(lambda: reply.sending.published is not None, timeout=WAIT)
    QTest.keyClicks(reply.editor, " exact")
    assert network.published == ["Bonjour"]
    assert (shown(window), reply.editor.toPlainText()) == (first, "Bonjour")
    assert reply.sending.bar.words.startswith(f"Published as @{HANDLE}")
    assert engine.mention(first).state is TriageState.ANSWERED
    assert engine.mention(second).state is TriageState.OPEN
    QTest.keyClick(reply.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(window) == second, timeout=WAIT)
    assert table.hasFocus()
    detail = engine.service.detail(second).result(10)
    assert detail is not None
    assert detail.draft is None
