"""When a source is due next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.engine.schedule import (
    HOST_WAIT,
    LONGEST,
    NOT_FOUND_DEAD,
    WAKE_SPREAD,
    after_failure,
    after_jump,
    after_success,
    believable_due,
    clock_jump,
    host_rest_until,
    interval_seconds,
)
from monitor.errors import Action, SourceError
from monitor.model.source import SourceState
from monitor.text import text
from tests.unit.engine.fake_clock import START

NOW = START
DICE = st.floats(0, 1)


def error(
    action: Action = Action.RETRY,
    status: int = 500,
    wait: timedelta | None = None,
    whole_host: bool = False,
) -> SourceError:
    retry_at = None if wait is None else NOW + wait
    return SourceError(
        text("a"),
        text("b"),
        text("c"),
        action=action,
        status=status,
        retry_at=retry_at,
        whole_host=whole_host,
    )


def test_the_persons_wish_counts_but_not_under_the_minimum() -> None:
    assert interval_seconds(0, 900, 300) == 900
    assert interval_seconds(60, 900, 300) == 300
    assert interval_seconds(3600, 900, 300) == 3600
    assert interval_seconds(10**15, 900, 300) == 7 * 86_400


def test_a_due_time_written_by_a_clock_that_was_ahead_is_now() -> None:
    assert believable_due(NOW + timedelta(days=8), NOW) == NOW + timedelta(days=8)
    assert believable_due(NOW + timedelta(days=4000), NOW) == NOW
    assert believable_due(NOW - timedelta(days=1), NOW) == NOW - timedelta(days=1)


@given(DICE)
def test_a_success_is_followed_by_the_interval_with_a_tenth_of_jitter(dice: float) -> None:
    due = after_success(NOW, 1000, None, dice).due
    assert due is not None
    assert timedelta(seconds=900) <= due - NOW <= timedelta(seconds=1100)


def test_the_server_can_delay_but_not_hasten_and_by_a_day_at_most() -> None:
    later = after_success(NOW, 600, NOW + timedelta(hours=2), 0.5)
    sooner = after_success(NOW, 600, NOW + timedelta(seconds=1), 0.5)
    never = after_success(NOW, 600, NOW + timedelta(days=400), 0.5)
    assert later.due == NOW + timedelta(hours=2)
    assert sooner.due == NOW + timedelta(seconds=600)
    assert never.due == NOW + LONGEST
    assert later.state is SourceState.LISTENING
    assert later.failures == 0


def test_failures_back_off_from_a_quarter_of_an_hour_to_a_day() -> None:
    waits = []
    for failures in range(10):
        due = after_failure(NOW, 3600, failures, error(), 0.5).due
        assert due is not None
        waits.append((due - NOW) / timedelta(minutes=1))
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]


def test_a_source_of_every_minute_is_tried_again_after_a_minute() -> None:
    due = after_failure(NOW, 60, 0, error(), 0.5).due
    assert due == NOW + timedelta(seconds=60)


@given(st.integers(0, 10_000), DICE, st.sampled_from([0, 403, 404, 500, 503]))
def test_no_failure_waits_for_ever_or_not_at_all(failures: int, dice: float, status: int) -> None:
    plan = after_failure(NOW, 900, failures, error(status=status), dice)
    if plan.due is not None:
        assert timedelta(0) < plan.due - NOW <= LONGEST * 1.1


def test_not_found_waits_an_hour_six_a_day_and_dies_after_two_weeks() -> None:
    plans = [after_failure(NOW, 900, n, error(status=404), 0.5) for n in range(NOT_FOUND_DEAD)]
    hours = [(plan.due - NOW) / timedelta(hours=1) for plan in plans if plan.due is not None]
    assert hours[:4] == [1, 6, 24, 24]
    assert sum(hours) >= 13 * 24
    assert plans[-1].state is SourceState.NEEDS_YOU
    assert plans[-1].due is None


def test_forbidden_waits_six_hours() -> None:
    assert after_failure(NOW, 900, 0, error(status=403), 0.5).due == NOW + timedelta(hours=6)


def test_retry_after_is_obeyed_exactly_but_not_for_ever() -> None:
    obeyed = after_failure(NOW, 900, 0, error(status=429, wait=timedelta(hours=30)), 0.0)
    absurd = after_failure(NOW, 900, 0, error(status=429, wait=timedelta(days=4000)), 0.0)
    past = after_failure(NOW, 900, 0, error(status=429, wait=-timedelta(days=1)), 0.0)
    assert obeyed.due == NOW + timedelta(hours=30)
    assert absurd.due == NOW + timedelta(days=7)
    assert past.due == NOW


@pytest.mark.parametrize(
    ("action", "state"),
    [(Action.DISABLE, SourceState.GONE), (Action.PAUSE, SourceState.NEEDS_YOU)],
)
def test_what_needs_a_person_is_not_polled(action: Action, state: SourceState) -> None:
    plan = after_failure(NOW, 900, 3, error(action=action), 0.5)
    assert (plan.state, plan.due, plan.failures) == (state, None, 4)


def test_a_whole_host_rests_as_long_as_it_asks_or_ten_minutes() -> None:
    assert host_rest_until(NOW, 0, error()) is None
    assert host_rest_until(NOW, 0, error(whole_host=True)) == NOW + HOST_WAIT
    asked = error(whole_host=True, wait=timedelta(hours=1))
    assert host_rest_until(NOW, 3, asked) == NOW + timedelta(hours=1)


def test_a_host_that_does_not_say_how_long_is_left_alone_longer_each_time() -> None:
    told = error(whole_host=True)
    rests = [host_rest_until(NOW, failures, told) for failures in (0, 1, 2, 3, 50)]
    assert rests == [NOW + timedelta(minutes=wait) for wait in (10, 20, 40, 60, 60)]
    assert [
        after_failure(NOW, 1800, failures, told, 0.5).due for failures in (0, 1, 2, 3, 50)
    ] == rests


def test_clocks_that_agree_did_not_jump() -> None:
    assert clock_jump(15.0, 15.0, 15.0) == 0.0
    assert clock_jump(16.0, 15.5, 15.0) == 0.0


def test_a_sleep_is_seen_whether_the_steady_clock_slept_or_not() -> None:
    assert clock_jump(3600.0, 15.0, 15.0) == 3585.0
    assert clock_jump(3600.0, 3600.0, 15.0) == 3585.0


def test_a_clock_set_back_is_seen() -> None:
    assert clock_jump(-3585.0, 15.0, 15.0) == -3600.0


@given(DICE)
def test_after_a_sleep_what_is_overdue_is_spread_over_two_minutes(dice: float) -> None:
    due = after_jump(NOW - timedelta(hours=3), NOW, 3 * 3600, dice)
    assert timedelta(0) <= due - NOW <= timedelta(seconds=WAKE_SPREAD)


def test_after_a_sleep_what_is_not_due_keeps_its_time() -> None:
    due = NOW + timedelta(hours=1)
    assert after_jump(due, NOW, 3600, 0.5) == due


def test_when_the_clock_goes_back_the_wait_stays_as_long_as_it_was() -> None:
    due = NOW + timedelta(hours=5)
    assert after_jump(due, NOW, -4 * 3600, 0.5) == NOW + timedelta(hours=1)
