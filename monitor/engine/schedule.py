"""Decides when a source is due next. Pure: the clock and the dice are given. No I/O.

The steps are those of three mature feed readers (see docs/decisions): back-off 15 minutes to a
day, a slower ladder for 404, the server's own wish always heard but never beyond a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.errors import Action, SourceError
from monitor.model.source import SourceState

JITTER = 0.1
LONGEST = timedelta(hours=24)
FIRST_BACK_OFF = timedelta(minutes=15)
NOT_FOUND_STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
NOT_FOUND_DEAD = 16  # 1 h + 6 h + 13 × 24 h: two weeks without the page
FORBIDDEN_WAIT = timedelta(hours=6)
HOST_WAIT = timedelta(minutes=10)
"""How long a whole host rests after 429 or 503 without Retry-After; twice as long each time it says so
again, up to LONGEST_HOST_WAIT."""

LONGEST_HOST_WAIT = timedelta(hours=1)

CLAMPED_RETRY_AFTER = timedelta(days=7)
"""A Retry-After is a server's own words, so it may exceed a day, but not bury a source for good."""

LONGEST_INTERVAL = timedelta(days=7)

WAKE_SPREAD = 120.0
"""Seconds over which overdue sources are spread after a sleep."""


@dataclass(frozen=True, slots=True)
class NextTry:
    """What happens to a source after a poll. `due` None: not polled until a person acts."""

    state: SourceState
    due: datetime | None
    failures: int


def interval_seconds(wanted: int, default: int, minimum: int) -> int:
    """The person's wish, or the kind's default, never under the kind's minimum; a week at most."""
    return min(max(wanted or default, minimum), round(LONGEST_INTERVAL.total_seconds()))


def after_success(
    now: datetime, interval: int, wait_until: datetime | None, dice: float
) -> NextTry:
    """`dice` is uniform in 0..1. The server's wish can only delay, and by a day at most."""
    due = now + _jittered(timedelta(seconds=interval), dice)
    if wait_until is not None:
        due = max(due, min(wait_until, now + LONGEST))
    return NextTry(SourceState.LISTENING, due, 0)


def after_failure(
    now: datetime, interval: int, failures: int, error: SourceError, dice: float
) -> NextTry:
    """`failures` is the count before this one. Never sooner than the ordinary interval's start."""
    failures += 1
    if error.action is Action.DISABLE:
        return NextTry(SourceState.GONE, None, failures)
    if error.action is Action.PAUSE:
        return NextTry(SourceState.NEEDS_YOU, None, failures)
    if error.status == 404 and failures >= NOT_FOUND_DEAD:
        return NextTry(SourceState.NEEDS_YOU, None, failures)
    if error.retry_at is not None:
        due = min(max(error.retry_at, now), now + CLAMPED_RETRY_AFTER)
        return NextTry(SourceState.WAITING, due, failures)
    if error.whole_host:
        return NextTry(SourceState.WAITING, now + _host_wait(failures), failures)
    due = now + _jittered(_back_off(failures, interval, error.status), dice)
    return NextTry(SourceState.WAITING, due, failures)


def _back_off(failures: int, interval: int, status: int) -> timedelta:
    if status == 404:
        return NOT_FOUND_STEPS[min(failures, len(NOT_FOUND_STEPS)) - 1]
    if status == 403:
        return FORBIDDEN_WAIT
    # A source someone checks every minute is not left alone for 15 after one lost packet.
    first = min(FIRST_BACK_OFF, timedelta(seconds=interval))
    doubled: int = 2 ** min(failures - 1, 20)
    return min(first * doubled, LONGEST)


def _jittered(wait: timedelta, dice: float) -> timedelta:
    return wait * (1 - JITTER + 2 * JITTER * dice)


def host_rest_until(now: datetime, failures: int, error: SourceError) -> datetime | None:
    """Until when every source of this host must wait; None when the others may go on. `failures` is the
    count before this one, of the source that was told."""
    if not error.whole_host:
        return None
    if error.retry_at is None:
        return now + _host_wait(failures + 1)
    return min(max(error.retry_at, now), now + CLAMPED_RETRY_AFTER)


def _host_wait(failures: int) -> timedelta:
    doubled: int = 2 ** min(failures - 1, 10)
    return min(HOST_WAIT * doubled, LONGEST_HOST_WAIT)


def believable_due(stored: datetime, now: datetime) -> datetime:
    """The due time as stored; now when it is further away than any wait we give, because the clock was
    ahead when it was written."""
    return now if stored - now > 2 * CLAMPED_RETRY_AFTER else stored


def clock_jump(wall_passed: float, steady_passed: float, asked: float) -> float:
    """Seconds by which the wall clock jumped between two looks; 0.0 when it did not.

    On Linux and macOS the steady clock stands still during sleep, on Windows it runs on: so a
    look that comes much later than it was `asked` for is a sleep too.
    """
    jump = wall_passed - steady_passed
    if abs(jump) > TOLERANCE:
        return jump
    late = steady_passed - asked
    return late if late > TOLERANCE else 0.0


TOLERANCE = 30.0
"""Seconds: clocks are corrected by less, and a busy machine wakes a thread sooner."""


def after_jump(due: datetime, now: datetime, jump: float, dice: float) -> datetime:
    """The due time after the clock jumped: overdue sources spread, waits kept when it went back."""
    if jump < 0:
        due += timedelta(seconds=jump)
    if due <= now:
        return now + timedelta(seconds=WAKE_SPREAD * dice)
    return due
