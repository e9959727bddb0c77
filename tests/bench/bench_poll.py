"""Polling 1,000 loopback feeds of 20 entries with 50 ms latency, beside newsboat and `reader`. Linux.

First, unchanged, and with one new entry each. Every feed has a loopback address of its own, so no
program waits out its politeness towards a host. Ours also stores every post, matches and scores it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.feed_server import feed_url
from tests.bench.figure import Beside, Figure, Target
from tests.bench.peers import poll_with_newsboat, poll_with_reader
from tests.bench.polled import PHASES, Polled, read_phases

FEEDS, ENTRIES, LATENCY_MS, WORKERS = 1000, 20, 50, 16
HOW = (
    f"{FEEDS} feeds x {ENTRIES} entries, {LATENCY_MS} ms, {WORKERS} workers, an address each, "
    "one post in ten names the brand"
)
HALF_OF_NEWSBOAT = Target("ratio", "at most", 0.5)
FIFTH_OF_READER = Target("ratio", "at most", 0.2)
# Handing out and reading 1,000 answers takes its own time on top of waiting for them.
AT_THE_FLOOR = Target("ratio", "at most", 1.15)
SMOOTH = Target("value", "at most", 16)


@contextmanager
def feed_server() -> Iterator[int]:
    """The server in its own process; yields its port."""
    command = [sys.executable, "-m", "tests.bench.feed_server", "--feeds", str(FEEDS)]
    command += ["--entries", str(ENTRIES), "--latency", str(LATENCY_MS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        yield int(server.stdout.readline())
        server.stdin.close()


def poll_with_vigie(addresses: list[str], bump: str) -> dict[str, Polled]:
    with tempfile.TemporaryDirectory() as profile:
        command = [sys.executable, "-m", "tests.bench.poll_vigie", profile, bump, str(WORKERS)]
        done = subprocess.run(
            command, input="\n".join(addresses), stdout=subprocess.PIPE, text=True, check=True
        )
    return read_phases(done.stdout.splitlines())


def measure() -> Iterator[Figure]:
    with feed_server() as port:
        addresses = [feed_url(feed, port) for feed in range(FEEDS)]
        bump = f"http://127.0.0.1:{port}/bump"
        ours = poll_with_vigie(addresses, bump)
        newsboat = poll_with_newsboat(addresses, bump, WORKERS)
        reader = poll_with_reader(addresses, bump, WORKERS)
    for phase in PHASES:
        yield from compare(phase, ours[phase], "newsboat", newsboat.get(phase), HALF_OF_NEWSBOAT)
        yield from compare(phase, ours[phase], "reader", reader.get(phase), FIFTH_OF_READER)
        yield from alone(phase, ours[phase])


def compare(
    phase: str, ours: Polled, name: str, peer: Polled | None, target: Target
) -> Iterator[Figure]:
    """Wall, CPU and memory of one phase beside one peer."""

    # When nothing changed, waiting is the floor for everyone: that is what `alone` compares with.
    wanted = None if phase == "unchanged" else target
    wall, cpu, peak = (
        (Beside(name, peer.wall), Beside(name, peer.cpu), Beside(name, peer.peak))
        if peer
        else (None, None, None)
    )
    yield Figure(f"poll {phase}: wall", ours.wall, "s", wall, wanted, HOW)
    yield Figure(f"poll {phase}: CPU", ours.cpu, "s", cpu, None, HOW)
    yield Figure(f"poll {phase}: peak memory", ours.peak, "MB", peak, None, HOW)


def alone(phase: str, ours: Polled) -> Iterator[Figure]:
    """What has no peer: the latency floor, the interface's smoothness, and how much was stored."""
    floor = Beside("latency floor", FEEDS * LATENCY_MS / 1000 / WORKERS)
    wanted = AT_THE_FLOOR if phase == "unchanged" else None
    yield Figure(f"poll {phase}: wall", ours.wall, "s", floor, wanted, HOW)
    if ours.delay_p99 is not None:
        name = f"poll {phase}: interface delay, 99th percentile"
        yield Figure(name, ours.delay_p99, "ms", None, SMOOTH, HOW)
    yield Figure(f"poll {phase}: mentions stored", ours.entries, "mentions", None, None, HOW)
