"""A mention that the person answered at the network itself says so, and where the reply is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.model.mention import OwnAnswer, TriageState
from monitor.model.post import Author
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.post_words import answered_sentence
from ui.theme import Theme
from ui.translations import install
from ui.views.detail import DetailView

SHOWN = 5000
NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
LUMEN = Author("Café Lumen", "lumen@social.example")
WHERE = "https://social.example/@lumen/1"


def said(answer: OwnAnswer) -> str:
    return answered_sentence(answer, answer.at + timedelta(minutes=2))


def test_as_whom_where_and_when_is_said() -> None:
    place = "Answered 2 min ago from @lumen@social.example on social.example, not through Vigie."
    assert said(OwnAnswer(LUMEN, WHERE, NOW)) == place
    nowhere = OwnAnswer(Author("Café Lumen"), "javascript:alert(1)", NOW)
    assert said(nowhere) == "Answered 2 min ago from Café Lumen, not through Vigie."


def test_in_french_too(qapp: QApplication) -> None:
    install(qapp, "fr")
    try:
        words = said(OwnAnswer(LUMEN, WHERE, NOW)).replace("\u00a0", " ")
        assert words.startswith("Répondu il y a 2 min depuis @lumen@social.example sur social")
    finally:
        install(qapp, "en")


def test_the_detail_says_it_once_the_source_told_us(
    qtbot: QtBot,
    bridge: Bridge,
    theme: Theme,
    engine: SampleEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = engine.list()[:2]
    view = DetailView(bridge, theme)
    qtbot.addWidget(view)
    view.show()
    view.show_id(first.id)
    qtbot.waitUntil(lambda: view.mention is not None, timeout=SHOWN)
    assert view.answered.isHidden()

    engine.answer_elsewhere(first.id, WHERE)
    qtbot.waitUntil(view.answered.isVisible, timeout=SHOWN)
    assert "from @lumen@social.example on social.example" in view.answered.words
    assert engine.mention(first.id).state is TriageState.ANSWERED
    opened: list[str] = []
    monkeypatch.setattr("ui.views.detail.open_in_browser", opened.append)
    view.answered._action.click()
    assert opened == [WHERE]

    view.answered.hide()  # read, and closed
    engine.service.mark_seen((first.id,)).result(10)
    qtbot.waitUntil(lambda: bool(view.mention and view.mention.seen), timeout=SHOWN)
    assert view.answered.isHidden()
    view.show_id(second.id)
    qtbot.waitUntil(lambda: bool(view.mention and view.mention.id == second.id), timeout=SHOWN)
    assert view.answered.isHidden()
    view.show_id(first.id)
    qtbot.waitUntil(view.answered.isVisible, timeout=SHOWN)
    engine.service.set_state((first.id,), TriageState.OPEN).result(10)
    qtbot.waitUntil(view.answered.isHidden, timeout=SHOWN)
