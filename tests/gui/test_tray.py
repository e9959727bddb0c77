"""The tray: what its menu asks for, and how it says its state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from ui.tray import Tray


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    tray = Tray()
    yield tray
    tray.close()


def action(tray: Tray, words: str) -> QAction:
    return next(action for action in tray.menu.actions() if action.text() == words)


def test_the_tip_says_how_many_wait(tray: Tray) -> None:
    tray.set_count(7)
    assert tray.icon.toolTip() == "Vigie: 7 to answer"
    tray.set_paused(True)
    assert tray.icon.toolTip() == "Vigie: 7 to answer (paused)"


@pytest.mark.parametrize(
    ("words", "signal"),
    [("Open Vigie", "open_asked"), ("Check now", "check_asked"), ("Quit", "quit_asked")],
)
def test_the_menu_asks(qtbot: QtBot, tray: Tray, words: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(tray, signal)):
        action(tray, words).trigger()


def test_pause_turns_into_resume(qtbot: QtBot, tray: Tray) -> None:
    with qtbot.waitSignal(tray.pause_asked) as asked:
        action(tray, "Pause listening").trigger()
    assert asked.args == [True]
    tray.set_paused(True)
    with qtbot.waitSignal(tray.pause_asked) as asked:
        action(tray, "Resume listening").trigger()
    assert asked.args == [False]


def test_a_click_opens_the_window(qtbot: QtBot, tray: Tray) -> None:
    with qtbot.waitSignal(tray.open_asked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
