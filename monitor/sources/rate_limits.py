"""What the X-RateLimit headers of an answer say of when to ask again. Pure and total.

The reset is a date (Mastodon), seconds since 1970 (GitHub) or seconds from now (others).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from monitor.sources.dates import parse_date
from monitor.sources.feed_timing import LONGEST, retry_after

_A_YEAR = 366 * 86_400  # a greater number is no distance but a time


def held_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """For a refusal: Retry-After, else the reset; None where the network says neither."""
    return retry_after(headers, now) or _reset(headers, now)


def used_up_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """For an answer: the reset when nothing is left of the share, None as long as something is."""
    left = headers.get("x-ratelimit-remaining", "").strip()
    return _reset(headers, now) if left and left.strip("0") == "" else None


def _reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    value = headers.get("x-ratelimit-reset", "").strip()
    if value.isascii() and value.isdigit():
        seconds = int(value[:12])
        wish = (
            now + timedelta(seconds=seconds)
            if seconds < _A_YEAR
            else datetime.fromtimestamp(min(seconds, 32_503_680_000), UTC)
        )
    else:
        wish = parse_date(value) or now
    return min(wish, now + LONGEST) if wish > now else None
