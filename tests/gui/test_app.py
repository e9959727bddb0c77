"""The whole program in one process: start, another language, a draft that survives the end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from monitor.engine.service import Service
from monitor.errors import ProfileError
from monitor.infra.paths import Profile
from monitor.infra.settings import Settings, save_settings
from monitor.model.mention import MentionFilter, View
from monitor.text import text
from tests.support.sample_engine import fill
from ui.app import App
from ui.notify import Notice
from ui.translations import install
from ui.tray import Tray
from ui.views.first_start import FirstStartView

WAIT = 15_000


class Started:
    """An App on a profile, and its end."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, profile: Profile) -> None:
        self._qtbot = qtbot
        save_settings(profile.settings, Settings(language="en", theme="light"))
        self.app = App(qapp, profile, demo=False, language="")
        self._ended = False

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            with self._qtbot.waitSignal(self.app._engine.stopped, timeout=WAIT):
                self.app.quit()
            self.app.close()
            self.app.window.deleteLater()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile(tmp_path / "profile")
    profile.create()
    return profile


@pytest.fixture
def empty(qtbot: QtBot, qapp: QApplication, profile: Profile) -> Iterator[Started]:
    started = Started(qtbot, qapp, profile)
    yield started
    started.end()
    install(qapp, "en")


@pytest.fixture
def filled(qtbot: QtBot, qapp: QApplication, profile: Profile) -> Iterator[Started]:
    fill(profile)
    started = Started(qtbot, qapp, profile)
    qtbot.waitUntil(lambda: started.app.window.inbox.detail.mention is not None, timeout=WAIT)
    yield started
    started.end()
    install(qapp, "en")


def test_the_window_is_there_before_the_engine(empty: Started) -> None:
    assert empty.app.window.isVisible()
    assert empty.app.bridge.service is None


def test_who_quits_before_the_first_paint_starts_no_engine(empty: Started) -> None:
    empty.end()
    QCoreApplication.processEvents()
    assert empty.app._engine._starting is None


def test_without_a_brand_it_asks_for_one(qtbot: QtBot, empty: Started) -> None:
    window = empty.app.window
    qtbot.waitUntil(lambda: isinstance(window._outer.currentWidget(), FirstStartView), timeout=WAIT)


def test_a_passing_demonstration_says_that_it_is_one_and_what_to_type(
    empty: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/ui/__main__.py", "--demo"])
    monkeypatch.setattr(sys, "orig_argv", [".venv/bin/python", "-m", "ui", "--demo"])
    empty.app.tell_passing()
    words = empty.app.window.problem.words
    assert words.endswith("start Vigie with: .venv/bin/python -m ui")


def test_another_language_shows_at_once(qtbot: QtBot, filled: Started) -> None:
    app = filled.app
    app._preferences.save(replace(app._preferences.settings, language="fr"))
    qtbot.waitUntil(lambda: app.window.navigation._brands_title.text() == "MARQUES", timeout=WAIT)
    qtbot.waitUntil(lambda: app.window.inbox.detail.mention is not None, timeout=WAIT)
    assert app.window.isVisible()


def test_what_is_typed_last_survives_the_end(filled: Started, profile: Profile) -> None:
    window = filled.app.window
    assert window.inbox.detail.mention is not None
    mention_id = window.inbox.detail.mention.id
    window.inbox.detail.reply.editor.setPlainText("Bonjour Léa")
    filled.end()
    service = Service(profile, by_itself=False)
    service.start()
    try:
        keys = service.keys(MentionFilter(View.DRAFTS), None, 10).result(10)
        assert [key.id for key in keys] == [mention_id]
        detail = service.detail(mention_id).result(10)
        assert detail is not None
        assert detail.draft is not None
        assert detail.draft.text == "Bonjour Léa"
    finally:
        service.stop()


def test_closing_without_a_tray_ends_the_program(qtbot: QtBot, empty: Started) -> None:
    qtbot.waitUntil(lambda: empty.app.bridge.service is not None, timeout=WAIT)
    with qtbot.waitSignal(empty.app._engine.stopped, timeout=WAIT):
        empty.app.window.close()
    empty._ended = True
    empty.app.close()
    assert not empty.app.window.isVisible()


def test_closing_hides_to_the_tray_and_says_so_once(
    qtbot: QtBot, filled: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, said = filled.app, list[Notice]()
    qtbot.waitUntil(lambda: app._notices is not None, timeout=WAIT)
    monkeypatch.setattr(Tray, "available", True)
    monkeypatch.setattr(app._notices, "send", said.append)
    for _ in range(2):
        app.window.close()
        assert not app.window.isVisible()
        app.raise_window()
        assert app.window.isVisible()
    assert [notice.title for notice in said] == ["Vigie keeps listening"]
    assert app._preferences.settings.close_to_tray_said


def test_a_profile_that_cannot_be_used_is_told_in_the_window(qtbot: QtBot, empty: Started) -> None:
    error = ProfileError(text("The disk is full."), text("Nothing is lost."), text("Make room."))
    empty.app.fail(error)
    page = empty.app.window._outer.currentWidget()
    assert page is not None
    labels = [label.text() for label in page.findChildren(QLabel)]
    assert "The disk is full." in labels
    assert "Nothing is lost. Make room." in labels


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_a_polite_kill_ends_the_program(qtbot: QtBot, empty: Started) -> None:
    with qtbot.waitSignal(empty.app._engine.stopped, timeout=WAIT):
        os.kill(os.getpid(), signal.SIGTERM)
    empty._ended = True
    empty.app.close()
