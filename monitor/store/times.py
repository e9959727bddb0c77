"""Times in the database: whole microseconds since 1970 in UTC, as integers. Pure.

Integers sort and index alike in SQLite and PostgreSQL, keep every digit Python has, and no driver
gets to guess a time zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND
LATEST_SECOND = 2**33 - 1
"""In the year 2242; `search` packs the second of a mention into 33 bits."""


def to_micros(moment: datetime) -> int:
    """The stored form of an aware datetime."""
    return (moment - EPOCH) // MICROSECOND


def maybe_to_micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)


def from_micros(stored: int) -> datetime:
    return EPOCH + timedelta(microseconds=stored)


def maybe_from_micros(stored: int | None) -> datetime | None:
    return None if stored is None else from_micros(stored)


def list_time(moment: datetime) -> int:
    """The stored `at` of a mention: a whole second between 1970 and 2242, so that it fits `search`."""
    second = to_micros(moment) // SECOND
    return min(max(second, 0), LATEST_SECOND) * SECOND
