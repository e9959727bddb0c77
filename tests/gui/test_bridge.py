"""The bridge: answers in the GUI thread, dead receivers, questions asked too early, merged events."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput, VigieError
from monitor.model.events import (
    AlertsRaised,
    CheckProgress,
    Event,
    MentionsChanged,
    Problem,
    SendingsChanged,
)
from monitor.model.mention import View
from monitor.text import text
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.gathering import merge


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: list[QThread] = []

    def take(self, result: object) -> None:
        self.got.append(result)
        self.threads.append(QThread.currentThread())


def test_an_answer_comes_in_the_gui_thread(qtbot: QtBot, qapp: QApplication) -> None:
    bridge, receiver = Bridge(), Receiver()
    future: Future[int] = Future()
    bridge.ask(future, receiver.take)
    worker = threading.Thread(target=future.set_result, args=(7,))
    worker.start()
    worker.join()
    assert receiver.got == []
    qtbot.waitUntil(lambda: receiver.got == [7])
    assert receiver.threads == [qapp.thread()]


def test_a_receiver_that_is_gone_is_not_called(qtbot: QtBot) -> None:
    bridge, receiver, other = Bridge(), Receiver(), Receiver()
    future: Future[int] = Future()
    bridge.ask(future, receiver.take)
    bridge.ask(future, other.take)
    receiver.deleteLater()
    qtbot.wait(1)
    future.set_result(1)
    qtbot.waitUntil(lambda: other.got == [1])
    assert receiver.got == []


def test_an_error_goes_to_whoever_handles_it_or_to_the_person(qtbot: QtBot) -> None:
    bridge, receiver = Bridge(), Receiver()
    told: list[object] = []
    bridge.happened.connect(told.append)
    error = BadInput(text("No."), text("Nothing was changed."), text("Try again."))
    for on_error in (receiver.take, None):
        future: Future[int] = Future()
        future.set_exception(error)
        bridge.ask(future, receiver.take, on_error)
    qtbot.waitUntil(lambda: bool(told))
    assert receiver.got == [error]
    assert told == [Problem(error.title, error.message, error.hint)]


def test_a_bug_in_the_engine_is_told_in_a_sentence(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[VigieError] = []
    future: Future[int] = Future()
    future.set_exception(ZeroDivisionError())
    bridge.ask(future, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0].title)


def test_what_is_asked_before_the_engine_runs_is_answered_once_it_does(
    qtbot: QtBot, engine: SampleEngine
) -> None:
    bridge, receiver = Bridge(), Receiver()
    bridge.ask(bridge.counts(), receiver.take)
    qtbot.wait(5)
    assert receiver.got == []
    bridge.attach_later(engine.service)
    qtbot.waitUntil(lambda: bool(receiver.got))
    bridge.detach()


def test_after_detaching_nothing_arrives(qtbot: QtBot, engine: SampleEngine) -> None:
    bridge = Bridge()
    bridge.attach(engine.service)
    told: list[Event] = []
    bridge.happened.connect(told.append)
    bridge.detach()
    engine.arrive(1, 1, number=1)
    assert engine.list(View.ALL)
    qtbot.wait(60)
    assert told == []


def test_what_a_server_allows_is_told_beside_what_was_sent() -> None:
    """It names no mention."""
    assert merge([SendingsChanged(), SendingsChanged()]) == [SendingsChanged()]
    burst = [SendingsChanged((1,)), SendingsChanged(), SendingsChanged((2,))]
    assert merge(burst) == [SendingsChanged(), SendingsChanged((1, 2))]


def test_events_of_one_burst_are_told_together() -> None:
    problem = Problem(text("a"), text("b"), text("c"))
    merged = merge(
        [
            MentionsChanged((1,), (5,)),
            CheckProgress(1, 3),
            MentionsChanged((2,), (1, 6)),
            AlertsRaised((1,)),
            problem,
            CheckProgress(2, 3),
            AlertsRaised((2,)),
        ]
    )
    assert merged == [
        MentionsChanged((1, 2), (5, 6)),
        AlertsRaised((1, 2)),
        CheckProgress(2, 3),
        problem,
    ]
