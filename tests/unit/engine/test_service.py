"""The engine from a feed on loopback to a mention read back, with its real threads."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.engine.agenda import POLITE, Pacing
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.events import (
    AlertsRaised,
    CheckProgress,
    MentionsChanged,
    SourcesChanged,
)
from monitor.model.mention import MentionFilter, View
from monitor.model.source import Source, SourceState
from monitor.sources.base import FetchResult
from monitor.sources.feed import FeedSource
from monitor.text import text
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, Reply, Request, conditional, too_many
from tests.unit.engine.conftest import WAIT, Start
from tests.unit.engine.fake_clock import FakeClock

NOTE = text("This server does not search.")


def test_a_feed_becomes_mentions_and_only_what_is_new_alerts(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", BAD), ("2", GOOD)]))
    running = start(by_itself=True)
    running.watch()
    source = running.listen(url)
    first = running.heard.wait_for(MentionsChanged)
    assert running.heard.of(AlertsRaised) == []
    (mention,) = running.mentions()
    assert first.new_ids == (mention.id,)
    assert mention.flagged
    assert mention.post.text == BAD
    assert mention.source_name == "A feed"

    server.add("/feed", rss([("3", BAD + " Again!"), ("1", BAD), ("2", GOOD)]))
    running.check(source.id)
    raised = running.heard.wait_for(AlertsRaised)
    assert len(raised.mention_ids) == 1
    assert raised.mention_ids[0] != mention.id
    assert running.service.counts().result(WAIT).alerts_unseen == 1


def test_unchanged_feeds_cost_no_second_reading(start: Start, server: LoopbackServer) -> None:
    url = server.add("/feed", conditional(rss([("1", BAD)])))
    running = start()
    running.watch()
    source = running.listen(url)
    running.check(source.id)
    report = running.check(source.id)
    assert report.polls[0].applied is not None
    assert report.polls[0].applied.new_posts == 0
    assert "if-none-match" in server.asked("/feed")[1].headers
    assert len(running.mentions()) == 1


def test_an_edit_changes_the_mention_and_alerts_nobody(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", "Café Lumen opens a shop.")]))
    running = start()
    running.watch()
    source = running.listen(url)
    running.check(source.id)
    server.add("/feed", rss([("1", BAD)]))
    running.check(source.id)
    (mention,) = running.mentions()
    assert mention.edited
    assert mention.flagged
    assert running.heard.of(AlertsRaised) == []


def test_a_deleted_post_is_told_and_leaves_to_answer(
    start: Start, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.add("/feed", rss([("1", BAD)]))
    running = start()
    running.watch()
    source = running.listen(url)
    running.check(source.id)
    (mention,) = running.mentions()
    read = FeedSource.read

    def read_deleted(self: FeedSource, *asked: Any) -> FetchResult:
        return replace(
            read(self, *asked), withdrawn=(mention.post.native_id,), hole=True, note=NOTE
        )

    monkeypatch.setattr(FeedSource, "read", read_deleted)
    running.check(source.id)
    told = running.heard.wait_for(MentionsChanged, lambda event: bool(event.changed_ids))
    assert told.changed_ids == (mention.id,)
    assert running.mentions()[0].withdrawn
    assert running.mentions(MentionFilter(View.TO_ANSWER)) == ()
    status = running.status(source.id)
    assert status.note == NOTE
    assert status.gap_since is not None


def test_a_burst_is_one_event(start: Start, server: LoopbackServer) -> None:
    running = start()
    running.watch()
    urls = [server.add(f"/{n}", rss([(f"old{n}", GOOD)])) for n in range(4)]
    sources = [running.listen(url) for url in urls]
    running.check()
    for n in range(4):
        server.add(f"/{n}", rss([(f"new{n}", f"{BAD} {n}"), (f"old{n}", GOOD)]))
    running.check(*(source.id for source in sources))
    raised = running.heard.wait_for(AlertsRaised)
    assert len(raised.mention_ids) == 4


def test_alerts_of_a_program_that_ended_are_told_at_the_next_start(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", GOOD)]))
    headless = start()
    headless.watch()
    source = headless.listen(url)
    headless.check(source.id)
    server.add("/feed", rss([("2", BAD), ("1", GOOD)]))
    headless.check(source.id)
    headless.service.stop()
    window = start(by_itself=True)
    assert len(window.heard.wait_for(AlertsRaised).mention_ids) == 1
    window.service.stop()
    again = start(by_itself=True)
    again.check()
    assert again.heard.of(AlertsRaised) == []


def test_alerts_wait_until_somebody_listens(
    start: Start, server: LoopbackServer, tmp_path: Path
) -> None:
    """The window attaches to an engine that runs already, and leaves before it stops."""
    headless = start()
    headless.watch()
    source = headless.listen(server.add("/feed", rss([("1", GOOD)])))
    headless.check(source.id)
    server.add("/feed", rss([("2", BAD), ("1", GOOD)]))
    headless.check(source.id)
    headless.service.stop()
    deaf = Service(Profile(tmp_path / "profile"), pacing=lambda host: POLITE)
    deaf.start()
    deaf._listening._announcer.tell_alerts(idle=True)
    deaf.stop()
    window = start(by_itself=True)
    assert len(window.heard.wait_for(AlertsRaised).mention_ids) == 1


def test_a_failing_source_says_why_and_the_others_go_on(
    start: Start, server: LoopbackServer
) -> None:
    running = start()
    running.watch()
    bad = running.listen(server.add("/bad", Reply(status=500)))
    gone = running.listen(server.add("/gone", Reply(status=410)))
    good = running.listen(server.add("/good", rss([("1", BAD)])))
    report = running.check()
    failed = {poll.source_id for poll in report.polls if poll.error}
    assert failed == {bad.id, gone.id}
    assert running.status(bad.id).state is SourceState.WAITING
    assert running.status(bad.id).failures == 1
    assert running.status(gone.id).state is SourceState.GONE
    assert running.status(good.id).state is SourceState.LISTENING
    assert len(running.mentions()) == 1


def test_a_bug_in_a_source_stops_that_source_only(
    start: Start, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.sources.feed import FeedSource

    fetch = FeedSource.fetch

    def broken(self: FeedSource, source: Source, *rest: object) -> object:
        if source.address.endswith("/bug"):
            raise KeyError("a bug")
        return fetch(self, source, *rest)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(FeedSource, "fetch", broken)
    running = start()
    running.watch()
    bug = running.listen(server.add("/bug", rss([])))
    running.listen(server.add("/good", rss([("1", BAD)])))
    running.check()
    status = running.status(bug.id)
    assert status.state is SourceState.WAITING
    assert "mistake" in str(status.error)
    assert len(running.mentions()) == 1


def test_an_unknown_kind_needs_the_person(start: Start) -> None:
    running = start()
    added = running.service.add_source(
        Source(id=0, kind="of-the-future", address="https://example.org/", name="")
    ).result(WAIT)
    running.check(added.id)
    assert running.status(added.id).state is SourceState.NEEDS_YOU


def test_a_host_that_says_wait_is_left_alone_by_all_its_sources(
    start: Start, server: LoopbackServer
) -> None:
    running = start(pacing=lambda host: Pacing(in_flight=1, spacing=0.0))
    paths = [f"/{n}" for n in range(5)]
    for path in paths:
        running.listen(server.add(path, too_many("3600")))
    report = running.check()
    assert len(server.requests) == 1
    assert len(report.put_off) == 4
    again = running.check()
    assert len(server.requests) == 1
    assert len(again.put_off) == 5


def test_one_request_at_a_time_to_one_host(start: Start, server: LoopbackServer) -> None:
    lock = threading.Lock()
    at_once: list[int] = []
    inside = 0

    def route(_request: object) -> Reply:
        nonlocal inside
        with lock:
            inside += 1
            at_once.append(inside)
        body = rss([])
        with lock:
            inside -= 1
        return Reply(body=body, headers={"Content-Type": "application/rss+xml"})

    running = start(pacing=lambda host: Pacing(in_flight=1, spacing=0.0), workers=8)
    for n in range(12):
        running.listen(server.add(f"/{n}", route))
    running.check()
    assert len(at_once) == 12
    assert max(at_once) == 1


def test_pause_polls_nothing_by_itself_but_what_is_asked(
    start: Start, server: LoopbackServer
) -> None:
    running = start(by_itself=True)
    running.service.pause()
    assert running.service.paused
    source = running.listen(server.add("/feed", rss([])))
    other = running.listen(server.add("/other", rss([])))
    assert running.service.next_check() is None
    running.check(source.id)
    assert len(server.asked("/feed")) == 1
    assert server.asked("/other") == []
    running.service.resume()
    running.heard.wait_for(SourcesChanged, lambda event: event.ids == (other.id,))
    assert not running.service.paused


def test_progress_ends_with_everything_done(start: Start, server: LoopbackServer) -> None:
    running = start()
    for n in range(5):
        running.listen(server.add(f"/{n}", rss([])))
    running.check()
    last = running.heard.of(CheckProgress)[-1]
    assert (last.done, last.total) == (5, 5)


def test_only_what_is_due_is_checked(start: Start, server: LoopbackServer) -> None:
    running = start()
    running.listen(server.add("/feed", rss([])))
    assert len(running.service.check(only_due=True).result(WAIT).polls) == 1
    assert running.service.check(only_due=True).result(WAIT).polls == ()


def test_a_removed_source_is_polled_no_more_and_its_mentions_stay(
    start: Start, server: LoopbackServer
) -> None:
    running = start()
    running.watch()
    source = running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check()
    running.service.remove_source(source.id).result(WAIT)
    assert running.check().polls == ()
    assert len(running.mentions()) == 1


def test_a_paused_source_waits_until_it_is_changed_back(
    start: Start, server: LoopbackServer
) -> None:
    running = start()
    source = running.listen(server.add("/feed", rss([])), paused=True)
    assert running.check().polls == ()
    listening = Source(id=source.id, kind="feed", address=source.address, name="")
    running.service.update_source(listening).result(WAIT)
    assert len(running.check().polls) == 1


def test_two_programs_never_poll_one_source_twice_at_once(
    start: Start, server: LoopbackServer
) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def route(_request: object) -> Reply:
        arrived.set()
        go_on.wait(WAIT)
        return Reply(body=rss([("1", BAD)]))

    one = start()
    one.watch()
    source = one.listen(server.add("/feed", route))
    two = start()
    slow = one.service.check([source.id])
    assert arrived.wait(WAIT)
    elsewhere = two.check(source.id)
    assert elsewhere.polls[0].applied is None
    go_on.set()
    slow.result(WAIT)
    assert len(server.asked("/feed")) == 1
    assert len(two.mentions()) == 1


def test_a_clock_set_back_does_not_pass_for_another_program(
    start: Start, server: LoopbackServer
) -> None:
    clock = FakeClock()
    running = start(clock=clock)
    source = running.listen(server.add("/feed", rss([("1", GOOD)])))
    running.check(source.id)
    clock.set_back(86_400)
    running.check(source.id)
    assert len(server.asked("/feed")) == 2


def test_what_another_program_adds_is_noticed(start: Start, server: LoopbackServer) -> None:
    window, command = start(by_itself=True), start()
    command.watch()
    source = command.listen(server.add("/feed", rss([("1", BAD)])))
    window.service._housekeeping._next = None
    window.service._housekeeping.look(datetime.now(UTC))
    window.heard.wait_for(MentionsChanged)
    assert window.status(source.id).state is SourceState.LISTENING
    assert len(window.mentions()) == 1


def test_an_address_corrected_while_the_old_one_is_read_is_read_at_once_as_history(
    start: Start, server: LoopbackServer
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def held(_: Request) -> Reply:
        asked.set()
        go_on.wait(WAIT)
        return Reply(body=rss([("1", GOOD)]))

    running = start(by_itself=True)
    running.watch()
    source = running.listen(server.add("/old", held))
    assert asked.wait(WAIT)
    new = server.add("/new", rss([("2", BAD)]))
    running.service.update_source(replace(source, address=new)).result(WAIT)
    go_on.set()
    running.heard.wait_for(MentionsChanged, lambda event: bool(event.new_ids))
    (mention,) = running.mentions()
    assert mention.post.text == BAD
    assert not mention.has_alert
    assert running.status(source.id).items == 1
