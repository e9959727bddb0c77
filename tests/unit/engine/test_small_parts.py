"""Bus, alert bursts, checks, connection threads: the small parts with one job each."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from functools import partial

import pytest

from monitor.engine.alert_burst import LONGEST_WAIT, AlertBurst
from monitor.engine.background import in_background
from monitor.engine.bus import Bus
from monitor.engine.checks import Checks, PollReport
from monitor.engine.connection_thread import ConnectionThread
from monitor.errors import Cancelled
from monitor.infra.cancel import CancelToken
from monitor.model.events import BrandsChanged, CheckProgress, Event
from monitor.model.poll import Applied

NOTHING = Applied((), (), (), 0)


# -- bus ------------------------------------------------------------------------------------
def test_a_listener_that_raises_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus = Bus()
    heard: list[Event] = []

    def broken(event: Event) -> None:
        raise ValueError("a bug")

    bus.subscribe(broken)
    bus.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        bus.publish(BrandsChanged())
    assert heard == [BrandsChanged()]
    assert "a bug" in caplog.text


def test_who_unsubscribed_hears_nothing() -> None:
    bus = Bus()
    heard: list[Event] = []
    unsubscribe = bus.subscribe(heard.append)
    unsubscribe()
    unsubscribe()
    bus.publish(BrandsChanged())
    assert heard == []


# -- alert bursts ---------------------------------------------------------------------------
def test_a_burst_is_told_once_when_all_is_quiet() -> None:
    burst = AlertBurst()
    burst.add((1, 2), 0.0)
    burst.add((2, 3), 1.0)
    assert burst.take(2.0, idle=False) == ()
    assert burst.take(2.0, idle=True) == (1, 2, 3)
    assert burst.take(3.0, idle=True) == ()


def test_a_long_check_does_not_hold_an_alert_back() -> None:
    burst = AlertBurst()
    burst.add((1,), 5.0)
    burst.add((2,), 5.0 + LONGEST_WAIT - 1)
    assert burst.take(5.0 + LONGEST_WAIT, idle=False) == (1, 2)


def test_the_wait_begins_with_the_first_alert_of_a_burst() -> None:
    burst = AlertBurst()
    burst.add((), 0.0)
    burst.add((1,), 100.0)
    assert burst.take(101.0, idle=False) == ()


# -- checks ---------------------------------------------------------------------------------
def test_progress_counts_from_the_first_to_the_last() -> None:
    checks = Checks()
    assert checks.idle
    checks.started([1, 2])
    assert checks.progress() == CheckProgress(0, 2)
    checks.landed(PollReport(1, NOTHING))
    checks.started([3])
    assert checks.progress() == CheckProgress(1, 3)
    checks.landed(PollReport(2, NOTHING))
    checks.landed(PollReport(3, NOTHING))
    assert checks.progress() == CheckProgress(3, 3)
    assert checks.idle


def test_who_asked_is_answered_when_the_last_one_landed() -> None:
    checks = Checks()
    checks.started([1, 2])
    future = checks.ask([1, 2], put_off=[9])
    checks.landed(PollReport(1, NOTHING))
    assert not future.done()
    checks.dropped([2])
    report = future.result(timeout=0)
    assert [poll.source_id for poll in report.polls] == [1]
    assert report.put_off == (9, 2)


def test_asking_for_nothing_is_answered_at_once() -> None:
    assert Checks().ask([], put_off=[]).result(timeout=0).polls == ()


# -- connection threads ---------------------------------------------------------------------
def test_jobs_run_in_order_in_one_thread_and_all_before_the_end() -> None:
    thread: ConnectionThread[list[int]] = ConnectionThread("t", list, list.clear)
    thread.start()

    def note(number: int, done: list[int]) -> int:
        done.append(number)
        return threading.get_ident()

    futures = [thread.submit(partial(note, number)) for number in range(50)]
    copy = thread.submit(list)
    assert thread.stop(5.0)
    assert copy.result() == list(range(50))
    assert len({future.result() for future in futures}) == 1


def test_what_a_job_raises_is_in_its_future_and_the_thread_goes_on() -> None:
    thread: ConnectionThread[None] = ConnectionThread("t", lambda: None, lambda _: None)
    thread.start()
    failed = thread.submit(lambda _: 1 // 0)
    assert isinstance(failed.exception(timeout=5), ZeroDivisionError)
    assert thread.submit(lambda _: 7).result(timeout=5) == 7
    thread.stop(5.0)


def test_after_the_end_a_job_is_refused_in_words() -> None:
    thread: ConnectionThread[None] = ConnectionThread("t", lambda: None, lambda _: None)
    thread.start()
    thread.stop(5.0)
    with pytest.raises(Cancelled):
        thread.submit(lambda _: None).result(timeout=5)


def test_what_opening_raises_is_raised_by_start() -> None:
    def fail() -> None:
        raise OSError("no disk")

    thread: ConnectionThread[None] = ConnectionThread("t", fail, lambda _: None)
    with pytest.raises(OSError, match="no disk"):
        thread.start()


# -- background jobs ------------------------------------------------------------------------
def test_cancelling_a_background_job_sets_its_token() -> None:
    seen: Future[bool] = Future()

    def job(cancel: CancelToken) -> None:
        seen.set_result(cancel.wait(30))

    tokens: set[CancelToken] = set()
    future = in_background("job", job, tokens)
    assert future.cancel()
    assert seen.result(timeout=30)
    assert tokens == set()


def test_a_background_job_gives_its_result_or_its_error() -> None:
    assert in_background("job", lambda _: 3, set()).result(timeout=30) == 3

    def give_up(cancel: CancelToken) -> None:
        cancel.cancel()
        cancel.check()

    failed = in_background("job", give_up, set())
    assert isinstance(failed.exception(timeout=30), Cancelled)
