from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.dates import believable, parse_date
from tests.unit.sources.samples import NOW


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Sat, 01 Aug 2026 10:00:00 GMT", "2026-08-01T10:00:00"),
        ("Sat, 1 Aug 2026 10:00 +0200", "2026-08-01T08:00:00"),
        ("01 Aug 26 10:00:00 EST", "2026-08-01T15:00:00"),
        ("Thu, 01 Jan 98 00:00:00 GMT", "1998-01-01T00:00:00"),
        ("Sat, 01 Aug 2026 10:00:00", "2026-08-01T10:00:00"),
        ("Sat, 01 Aug 2026 10:00:00 XYZ", "2026-08-01T10:00:00"),
        ("Sat, 01 Aug 2026 10:00:00 -03:30", "2026-08-01T13:30:00"),
        ("Sat, 01 Aug 2026 10:00:00 GMT+2", "2026-08-01T08:00:00"),
        ("Sat, 01 Aug 2026 24:00:00 GMT", "2026-08-02T00:00:00"),
        ("Sat, 01 Aug 2026 10:00:60 GMT", "2026-08-01T10:01:00"),
        ("sam., 01 août 2026 10:00:00 CEST", "2026-08-01T08:00:00"),
        ("1er juillet 2026 08:30", "2026-07-01T08:30:00"),
        ("Mo, 02 März 2026 10:00:00 +0100", "2026-03-02T09:00:00"),
        ("5 de mayo de 2026", "2026-05-05T00:00:00"),
        ("Sunday, August 2, 2026 3:05 pm PDT", "2026-08-02T22:05:00"),
        ("Sun Aug  2 16:29:06 2026", "2026-08-02T16:29:06"),
        ("2026-08-01T10:00:00Z", "2026-08-01T10:00:00"),
        ("2026-08-01T10:00:00.123+02:00", "2026-08-01T08:00:00"),
        ("2026-08-01t10:00z", "2026-08-01T10:00:00"),
        ("2026-08-01 10:00:00.0", "2026-08-01T10:00:00"),
        ("2026-08-01T10:00:00-0500", "2026-08-01T15:00:00"),
        ("20260801", "2026-08-01T00:00:00"),
        ("2026-08-01", "2026-08-01T00:00:00"),
        ("2026-08", "2026-08-01T00:00:00"),
        ("2026", "2026-01-01T00:00:00"),
        ("Sat, 2026/08/01 10:00:00 EDT", "2026-08-01T14:00:00"),
    ],
)
def test_dates_as_people_write_them(written: str, utc: str) -> None:
    assert parse_date(written) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hier",
        "not a date",
        "2026-13-01",
        "2026-02-30",
        "32 Aug 2026",
        "99:99",
        "0000-00-00",
        "-1",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@given(st.text(max_size=60))
def test_nothing_raises(written: str) -> None:
    parse_date(written)


def test_unbelievable_dates_are_none() -> None:
    assert believable(NOW + timedelta(hours=23), NOW) is not None
    assert believable(NOW + timedelta(hours=25), NOW) is None
    assert believable(datetime(1970, 1, 1, tzinfo=UTC), NOW) is None
    assert believable(None, NOW) is None
