"""Servers that hang, drip, never end, fail or lie delay neither the other sources nor the quit."""

from __future__ import annotations

import threading
import time

import pytest

from monitor.engine.agenda import Pacing
from monitor.model.events import SourcesChanged
from monitor.model.source import SourceState
from tests.support import loopback
from tests.support.feed_text import BAD, rss
from tests.support.loopback import LoopbackServer, Reply, Route
from tests.unit.engine.conftest import WAIT, Running, Start

STUCK = {
    "hang": loopback.hang(),
    "slow headers": loopback.slow_headers(),
    "drip": loopback.drip(),
}
WRONG = {
    "truncated": loopback.truncated(),
    "reset": loopback.reset(),
    "nonsense": loopback.nonsense(),
    "bomb": loopback.gzip_bomb(64),
    "endless": loopback.endless(),
    "login page": Reply(body=b"<html><form action='/login'></form></html>"),
    "xml bomb": Reply(
        body=b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><rss><channel><title>&j;</title></channel></rss>"
    ),
}


def strangers(_host: str) -> Pacing:
    """Every source as if on a host of its own: only Linux has many loopback addresses."""
    return Pacing(in_flight=100, spacing=0.0)


def listen_to(running: Running, server: LoopbackServer, route: Route | Reply, number: int) -> int:
    return running.listen(server.add(f"/stuck/{number}", route)).id


@pytest.mark.parametrize("way", STUCK)
def test_more_stuck_servers_than_workers_do_not_delay_the_others(
    start: Start, server: LoopbackServer, way: str
) -> None:
    """Six of them hold six threads; the two workers they leave no place for go on all the same."""
    running = start(workers=4, pacing=strangers)
    running.watch()
    stuck = [listen_to(running, server, STUCK[way], number) for number in range(6)]
    arrived = running.service.check(stuck)
    good = running.listen(server.add("/good", rss([("1", BAD)])))
    running.check(good.id)
    assert len(running.mentions()) == 1
    assert not arrived.done()


@pytest.mark.parametrize("way", STUCK)
def test_stuck_servers_do_not_hold_the_quit(start: Start, server: LoopbackServer, way: str) -> None:
    arrived = threading.Semaphore(0)

    def route(_request: object) -> Reply:
        arrived.release()
        return STUCK[way]

    running = start(workers=2, pacing=strangers)
    stuck = [listen_to(running, server, route, number) for number in range(2)]
    waiting = running.service.check(stuck)
    assert all(arrived.acquire(timeout=WAIT) for _ in stuck)
    began = time.monotonic()
    running.service.stop(timeout=3.0)
    # Not a measure of speed: the servers would hold on for ever, the client for 30 seconds.
    assert time.monotonic() - began < 15
    assert waiting.done()
    fetching = [t for t in threading.enumerate() if t.name.startswith("fetch-") and t.is_alive()]
    for thread in fetching:
        thread.join(WAIT)
        assert not thread.is_alive()


def test_lying_servers_are_told_one_by_one_and_the_others_go_on(
    start: Start, server: LoopbackServer
) -> None:
    running = start(pacing=lambda host: Pacing(in_flight=2, spacing=0.0))
    running.watch()
    wrong = {
        name: running.listen(server.add(f"/{number}", reply)).id
        for number, (name, reply) in enumerate(WRONG.items())
    }
    good = running.listen(server.add("/good", rss([("1", BAD)])))
    running.check(*wrong.values(), good.id)
    assert len(running.mentions()) == 1
    for name, source_id in wrong.items():
        status = running.status(source_id)
        if name != "xml bomb":  # that one may also be read as an empty feed
            assert status.state is not SourceState.LISTENING, name
            assert str(status.error), name
            assert str(status.hint), name


def test_a_source_removed_while_it_is_read_brings_nothing(
    start: Start, server: LoopbackServer
) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def route(_request: object) -> Reply:
        arrived.set()
        go_on.wait(WAIT)
        return Reply(body=rss([("1", BAD)]))

    running = start()
    running.watch()
    source = running.listen(server.add("/feed", route))
    checking = running.service.check([source.id])
    assert arrived.wait(WAIT)
    running.service.remove_source(source.id).result(WAIT)
    go_on.set()
    checking.result(WAIT)
    assert running.mentions() == ()
    assert running.check().polls == ()


def test_a_brand_saved_while_a_source_is_read_misses_nothing(
    start: Start, server: LoopbackServer
) -> None:
    """The post was fetched and matched before the brand existed, and is stored after it."""
    arrived, go_on = threading.Event(), threading.Event()

    def route(_request: object) -> Reply:
        arrived.set()
        go_on.wait(WAIT)
        return Reply(body=rss([("1", BAD)]))

    running = start()
    source = running.listen(server.add("/feed", route))
    checking = running.service.check([source.id])
    assert arrived.wait(WAIT)
    running.watch()
    go_on.set()
    checking.result(WAIT)
    assert len(running.mentions()) == 1


def test_known_failing_sources_never_fill_the_pool(start: Start, server: LoopbackServer) -> None:
    running = start(workers=4, pacing=strangers)
    failing = [listen_to(running, server, Reply(status=500), number) for number in range(8)]
    running.check(*failing)
    for number in range(8):
        server.add(f"/stuck/{number}", loopback.hang())
    asked = len(server.requests)
    running.service.check(failing)
    good = running.listen(server.add("/good", rss([("1", BAD)])))
    running.check(good.id)
    running.heard.wait_for(SourcesChanged, lambda event: event.ids == (good.id,))
    stuck_now = len(server.requests) - asked - 1
    assert stuck_now <= 2
