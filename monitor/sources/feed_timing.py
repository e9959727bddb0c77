"""When a server wants to be asked again: Retry-After, max-age, Expires, ttl, skipHours. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor.sources.dates import parse_date
from monitor.sources.feed_cursor import Cursor

LONGEST = timedelta(hours=24)
"""Feeds declare absurd values; a day of silence is the most we grant."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def next_allowed(headers: Mapping[str, str], cursor: Cursor, now: datetime) -> datetime | None:
    """The latest of the server's wishes, at most LONGEST ahead; None without any."""
    wishes = [
        wish
        for wish in (
            retry_after(headers, now),
            _after_max_age(headers, now),
            now + timedelta(seconds=min(cursor.ttl, 86_400)) if cursor.ttl else None,
        )
        if wish is not None and wish > now
    ]
    start = max(wishes, default=now)
    open_at = _outside_skipped(start, cursor)
    return min(open_at, now + LONGEST) if wishes or open_at > now else None


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Retry-After as seconds or as a date, at most LONGEST ahead; None when absent or in the past."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return now + min(timedelta(seconds=int(value[:9])), LONGEST)
    wish = parse_date(value)
    return min(wish, now + LONGEST) if wish and wish > now else None


def _after_max_age(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """max-age wins over Expires (RFC 9111, 5.3)."""
    if found := _MAX_AGE.search(headers.get("cache-control", "")):
        age = headers.get("age", "")
        seconds = int(found[1]) - (int(age) if age.isdecimal() and len(age) < 9 else 0)
        return now + min(timedelta(seconds=max(0, seconds)), LONGEST)
    expires, date = parse_date(headers.get("expires", "")), parse_date(headers.get("date", ""))
    if expires is None:
        return None
    # The server's own clock where it tells it: ours or its may be wrong.
    return now + min(expires - (date or now), LONGEST)


def _outside_skipped(start: datetime, cursor: Cursor) -> datetime:
    """The first moment at or after `start` that skipHours and skipDays leave open; `start` itself
    when they exclude a whole day or more."""
    moment = start
    for _ in range(24):
        if moment.hour not in cursor.skip_hours and moment.weekday() not in cursor.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return start
