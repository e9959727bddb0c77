"""A day of forty sources through the real service, faster than time: limits kept, nothing lost. Then a
day of forty others, all of them busy, at six hosts with limits alone; and a day of forty that are read with
twenty-six accounts, whose tokens end and are renewed, and two of which cost money.

The networks are played on loopback: each shows a growing stream of posts with known marks in its own
pages, and breaks one answer in twenty (hanging, reset, asked too often, 500, a web page, cut off).
The clock moves when the engine has nothing under way, as fast as the machine bears.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.day.account_profile import with_accounts
from tests.bench.day.profile import crowded, forty, limits_of
from tests.bench.day.run import Day, live, most_in_window
from tests.bench.day.streams import Plan
from tests.bench.figure import Beside, Figure, Target

HOURS, FAULTS = 24.0, 0.05
NONE = Target("value", "at most", 0)
WITHIN = Target("ratio", "at most", 1)
USUAL = Target("ratio", "at most", 1)
LATEST = Target("value", "at most", 8 * 60)  # the longest wait after one fault is six hours
# A check of Google Business is seven requests, once an hour: three that fail in a row make nine hours.
LATEST_WITH_ACCOUNTS = Target("value", "at most", 12 * 60)


def measure() -> Iterator[Figure]:
    yield from lived("day", forty())
    yield from lived("crowded day", crowded())
    yield from lived("account day", with_accounts())


def lived(name: str, plans: list[Plan]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        day = live(Path(folder), plans, HOURS, FAULTS)
    how = f"{len(plans)} sources, {HOURS:g} h, {FAULTS:.0%} faults ({sum(day.broken.values())})"
    for remark in (*day.not_listening, *day.lost[:50], *day.doubled[:50], *day.holes):
        print(remark, file=sys.stderr)
    yield Figure(f"{name}: speed", day.speed, "x", how=how)
    yield from requests(name, day)
    lost = f"of {day.named}, {how}"
    yield Figure(f"{name}: mentions lost", len(day.lost), "", None, NONE, lost)
    yield Figure(f"{name}: mentions doubled", len(day.doubled), "", None, NONE, how)
    yield Figure(f"{name}: sources not listening", len(day.not_listening), "", None, NONE, how)
    yield Figure(f"{name}: sources with a gap", len(day.holes), "", None, NONE, how)
    yield from money(name, day)
    if name != "crowded day":
        yield from delays(name, day)


def requests(name: str, day: Day) -> Iterator[Figure]:
    """The fullest window of each published limit."""
    for host, asked in sorted(day.asked.items()):
        for limit in limits_of(host):
            times = [at for at, path in asked if limit.counts(path)]
            beside = Beside(limit.told, limit.requests)
            most = most_in_window(times, limit.seconds)
            how = f"most in any {limit.seconds} s; {len(times)} that day"
            yield Figure(f"{name}: requests to {host}{limit.path}", most, "", beside, WITHIN, how)


def money(name: str, day: Day) -> Iterator[Figure]:
    """What reading has cost, in US dollars: never above the cap, never less than the network took."""
    for account, (billed, spent, cap) in sorted(day.money.items()):
        of = f"{name}: spent by {account}"
        how = f"{day.ended} tokens ended that day"
        yield Figure(of, spent / 1e6, "$", Beside("its monthly cap", cap / 1e6), WITHIN, how)
        taken = Beside("what we counted as spent", spent / 1e6)
        yield Figure(f"{name}: taken from {account}", billed / 1e6, "$", taken, WITHIN)


def delays(name: str, day: Day) -> Iterator[Figure]:
    """From publication to mention, faults and queues included."""
    for kind, seconds in sorted(day.delays.items()):
        interval = Beside("its interval", day.intervals[kind] / 60)
        middle, longest = statistics.median(seconds) / 60, max(seconds) / 60
        how = f"{len(seconds)} mentions"
        yield Figure(f"{name}: median delay of {kind}", middle, "min", interval, USUAL, how)
        latest = LATEST if name == "day" else LATEST_WITH_ACCOUNTS
        yield Figure(f"{name}: longest delay of {kind}", longest, "min", interval, latest, how)
