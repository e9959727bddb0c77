"""Trying a source out: what is told of it, what a refusal says, and that nothing is stored."""

from __future__ import annotations

from concurrent.futures import CancelledError

import pytest

from monitor.engine.agenda import Pacing
from monitor.errors import BadInput, SourceError
from monitor.sources.registry import kinds
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, hang, too_many
from tests.unit.engine.conftest import WAIT, Start


def test_a_trial_tells_what_would_come_and_stores_nothing(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", BAD), ("2", GOOD), ("3", BAD + " Again.")]))
    running = start()
    running.watch()
    trial = running.service.test_source("feed", {"address": url}).result(WAIT)
    assert (trial.address, trial.name) == (url, "A feed")
    assert trial.newest is not None
    assert trial.newest.text == BAD
    assert (trial.posts, trial.naming) == (3, 2)
    assert trial.missing == (kinds()["feed"].info.unseen,)
    assert running.service.sources().result(WAIT) == ()
    assert running.mentions() == ()


def test_where_nothing_is_yet_that_is_said(start: Start, server: LoopbackServer) -> None:
    url = server.add("/feed", rss([]))
    trial = start().service.test_source("feed", {"address": url}).result(WAIT)
    assert trial.newest is None
    assert (trial.posts, trial.naming) == (0, 0)
    assert "Nothing was found there yet" in str(trial.missing[0])


def test_the_forms_fault_is_told_without_the_network(start: Start, server: LoopbackServer) -> None:
    future = start().service.test_source("feed", {"address": "not an address"})
    with pytest.raises(BadInput):
        future.result(WAIT)
    assert server.requests == []


def test_a_refusal_says_that_nothing_was_added(start: Start, server: LoopbackServer) -> None:
    future = start().service.test_source("feed", {"address": server.url("/nowhere")})
    with pytest.raises(SourceError) as told:
        future.result(WAIT)
    assert told.value.status == 404
    assert str(told.value.message) == "Nothing was added."


def test_a_network_that_wants_to_be_left_alone_is_told(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", too_many("120"))
    with pytest.raises(SourceError) as told:
        start().service.test_source("feed", {"address": url}).result(WAIT)
    assert told.value.whole_host


def test_a_trial_can_be_given_up(start: Start, server: LoopbackServer) -> None:
    url = server.add("/feed", hang())
    future = start().service.test_source("feed", {"address": url})
    assert future.cancel()
    with pytest.raises(CancelledError):
        future.result(WAIT)


def test_a_second_trial_at_a_slow_host_says_when(start: Start, server: LoopbackServer) -> None:
    url = server.add("/feed", rss([("1", GOOD)]))
    service = start(pacing=lambda host: Pacing(spacing=60.0)).service
    service.test_source("feed", {"address": url}).result(WAIT)
    with pytest.raises(SourceError) as told:
        service.test_source("feed", {"address": url}).result(WAIT)
    assert "127.0.0.1" in str(told.value.title)
    assert len(server.asked("/feed")) == 1


def test_a_source_that_waits_for_its_host_says_so(start: Start, server: LoopbackServer) -> None:
    urls = [server.add(f"/{number}", rss([(str(number), GOOD)])) for number in range(3)]
    running = start(pacing=lambda host: Pacing(spacing=60.0))
    sources = [running.listen(url) for url in urls]
    first = running.service.check([sources[0].id])
    first.result(WAIT)
    running.service.check([source.id for source in sources[1:]])
    told = {one.source.id: one.turn for one in running.service.sources().result(WAIT)}
    turns = [told[source.id] for source in sources]
    assert turns[0] is None
    assert turns[1] is not None
    assert turns[2] is not None
    assert turns[1].host == "127.0.0.1"
    assert (turns[2].at - turns[1].at).total_seconds() == 60.0
