"""What the RateLimit headers of an answer say of when to ask again. Pure and total.

The reset is a date (Mastodon), seconds since 1970 (GitHub, Bluesky) or seconds from now (others).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from monitor.sources.dates import parse_date
from monitor.sources.feed_timing import LONGEST, retry_after

_LARGEST_SKEW = timedelta(days=2)  # what lies further apart is no clock but a recording
_A_YEAR = 366 * 86_400  # a greater number is no distance but a time


def held_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """For a refusal: Retry-After, else the reset; None where the network says neither."""
    return retry_after(headers, now) or _reset(headers, now)


def used_up_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """For an answer: the reset when nothing is left of the share, None as long as something is."""
    left = _told(headers, "remaining")
    return _reset(headers, now) if left and left.replace(".", "", 1).strip("0") == "" else None


def _reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    value = _told(headers, "reset")
    if value.isascii() and value.isdigit():
        seconds = int(value[:12])
        wish = (
            now + timedelta(seconds=seconds)
            if seconds < _A_YEAR
            else datetime.fromtimestamp(min(seconds, 32_503_680_000), UTC) + _slow(headers, now)
        )
    else:
        found = parse_date(value)
        wish = found + _slow(headers, now) if found else now
    return min(wish, now + LONGEST) if wish > now else None


def _told(headers: Mapping[str, str], name: str) -> str:
    """Some write the names without the X (Bluesky)."""
    return (headers.get(f"x-ratelimit-{name}") or headers.get(f"ratelimit-{name}") or "").strip()


def _slow(headers: Mapping[str, str], now: datetime) -> timedelta:
    """By how much our clock is ahead of the server's, where it tells its time: a reset is by its clock."""
    there = parse_date(headers.get("date", ""))
    ahead = now - there if there else timedelta()
    return ahead if abs(ahead) <= _LARGEST_SKEW else timedelta()
