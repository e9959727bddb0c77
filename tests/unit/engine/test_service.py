"""The engine from a feed on loopback to a mention read back, with its real threads."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.agenda import Pacing
from monitor.errors import BadInput, Cancelled
from monitor.infra.settings import Settings
from monitor.model.brand import Brand
from monitor.model.events import (
    AlertsRaised,
    CheckProgress,
    MentionsChanged,
    Problem,
    SourcesChanged,
)
from monitor.model.mention import Correction, MentionFilter, TriageState, View
from monitor.model.source import Source, SourceState
from monitor.model.verdict import Tone
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, Reply, conditional, too_many
from tests.unit.engine.conftest import WAIT, Start


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


def test_a_new_brand_is_found_in_what_is_stored_and_alerts_nobody(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", BAD)]))
    running = start()
    source = running.listen(url)
    running.check(source.id)
    assert running.mentions() == ()
    brand = running.watch()
    assert [mention.brand_id for mention in running.mentions()] == [brand.id]
    running.check(source.id)
    assert len(running.mentions()) == 1
    assert running.heard.of(AlertsRaised) == []


def test_a_changed_brand_loses_what_it_no_longer_finds(
    start: Start, server: LoopbackServer
) -> None:
    film = "Café Lumen, the film: a terrible scam of a comedy."
    url = server.add("/feed", rss([("1", BAD), ("2", film), ("3", film + " Again.")]))
    running = start()
    brand = running.watch()
    running.listen(url)
    running.check()
    assert len(running.mentions()) == 3
    answered = next(m.id for m in running.mentions() if m.post.native_id == "3")
    running.service.mark_answered(answered).result(WAIT)

    running.service.save_brand(replace(brand, must_not_near=("film",))).result(WAIT)
    running.service.rematching().result(WAIT)
    assert {m.post.native_id for m in running.mentions()} == {"1", "3"}

    running.service.save_brand(brand).result(WAIT)
    running.service.rematching().result(WAIT)
    assert {m.post.native_id for m in running.mentions()} == {"1", "2", "3"}


def test_a_search_cut_short_by_the_end_goes_on_at_the_next_start(
    start: Start, server: LoopbackServer
) -> None:
    running = start()
    running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check()
    running.service._cancel.cancel()
    running.service.save_brand(Brand(id=0, name="Café Lumen")).result(WAIT)
    with pytest.raises(Cancelled):
        running.service.rematching().result(WAIT)
    running.service.stop()
    again = start()
    again.service.rematching().result(WAIT)
    assert len(again.mentions()) == 1
    again.service.stop()
    third = start()
    assert third.service.rematching().result(WAIT) == 0


def test_a_removed_brand_takes_its_mentions_along(start: Start, server: LoopbackServer) -> None:
    running = start()
    brand = running.watch()
    source = running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check(source.id)
    running.service.remove_brand(brand.id).result(WAIT)
    assert running.mentions() == ()
    assert running.service.brands().result(WAIT) == ()


def test_a_name_that_cannot_be_looked_for_is_refused(start: Start) -> None:
    running = start()
    with pytest.raises(BadInput):
        running.watch("x")
    assert running.service.brands().result(WAIT) == ()


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


def test_what_another_program_adds_is_noticed(start: Start, server: LoopbackServer) -> None:
    window, command = start(by_itself=True), start()
    command.watch()
    source = command.listen(server.add("/feed", rss([("1", BAD)])))
    window.service._housekeeping._next = None
    window.service._housekeeping.look(datetime.now(UTC))
    window.heard.wait_for(MentionsChanged)
    assert window.status(source.id).state is SourceState.LISTENING
    assert len(window.mentions()) == 1


def test_snoozed_mentions_wake_up(start: Start, server: LoopbackServer) -> None:
    running = start(by_itself=True)
    running.watch()
    running.listen(server.add("/feed", rss([("1", BAD)])))
    mention_id = running.heard.wait_for(MentionsChanged).new_ids[0]
    past = datetime.now(UTC) - timedelta(minutes=1)
    running.service.set_state([mention_id], TriageState.WAITING, past).result(WAIT)
    assert running.mentions()[0].state is TriageState.WAITING
    running.heard.events.clear()
    running.service._housekeeping._next = None
    running.service._housekeeping.look(datetime.now(UTC))
    running.heard.wait_for(MentionsChanged, lambda event: mention_id in event.changed_ids)
    assert running.mentions()[0].state is TriageState.OPEN


def test_triage_corrections_and_drafts(start: Start, server: LoopbackServer) -> None:
    running = start()
    running.watch()
    source = running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check(source.id)
    (mention,) = running.mentions()
    service = running.service
    service.mark_seen([mention.id]).result(WAIT)
    service.correct(mention.id, Correction.POSITIVE).result(WAIT)
    draft = service.save_draft(mention.id, "Hello", "en", "fault").result(WAIT)
    assert draft.text == "Hello"
    detail = service.detail(mention.id).result(WAIT)
    assert detail is not None
    assert detail.draft == draft
    assert detail.mention.tone is Tone.POSITIVE
    assert detail.mention.seen
    assert len(running.mentions(MentionFilter(view=View.DRAFTS))) == 1
    service.mark_answered(mention.id).result(WAIT)
    assert running.mentions()[0].state is TriageState.ANSWERED


def test_opml_goes_out_and_comes_back(start: Start, server: LoopbackServer, tmp_path: Path) -> None:
    running = start()
    running.listen("https://one.example/feed", folder="Press / Regional")
    running.listen("https://two.example/feed")
    file = tmp_path / "feeds.opml"
    assert running.service.export_opml(file).result(WAIT) == 2
    other = start(folder="other")
    report = other.service.import_opml(file).result(WAIT)
    assert (report.added, report.known, report.unusable) == (2, 0, ())
    again = other.service.import_opml(file).result(WAIT)
    assert (again.added, again.known) == (0, 2)
    folders = {one.source.folder for one in other.service.sources().result(WAIT)}
    assert folders == {"Press / Regional", ""}


def test_a_missing_opml_file_is_told_in_words(start: Start, tmp_path: Path) -> None:
    running = start()
    with pytest.raises(BadInput):
        running.service.import_opml(tmp_path / "none.opml").result(WAIT)
    with pytest.raises(BadInput):
        running.service.export_opml(tmp_path / "no" / "folder.opml").result(WAIT)


def test_discovery_finds_the_feed_on_a_page(start: Start, server: LoopbackServer) -> None:
    feed = server.add("/feed", rss([("1", GOOD)], title="News"))
    page = server.add(
        "/", f'<html><link rel="alternate" type="application/rss+xml" href="{feed}"></html>'
    )
    running = start()
    (found,) = running.service.discover(page).result(WAIT)
    assert (found.address, found.title, found.items) == (feed, "News", 1)


def test_templates_are_filled_for_a_mention(start: Start, server: LoopbackServer) -> None:
    running = start()
    running.watch()
    source = running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check(source.id)
    (mention,) = running.mentions()
    running.service.use_settings(Settings(sender_name="Ada", signature="Ada, Café Lumen"))
    template = running.service.suggest_template(mention)
    assert template is not None
    filled = running.service.fill_template(template, mention)
    assert "Café Lumen" in filled
    assert "{" not in filled
    assert running.service.reply_templates("fr")[0].language == "fr"
    assert running.service.reply_templates("xx")[0].language == "en"


def test_after_the_end_everything_is_refused_in_words(start: Start) -> None:
    running = start()
    running.service.stop()
    with pytest.raises(Cancelled):
        running.service.counts().result(WAIT)
    running.service.stop()


def test_a_store_that_cannot_write_is_told_once(
    start: Start, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.store.border import disk_full
    from monitor.store.writer import Writer

    def full(*_: object) -> None:
        raise disk_full("vigie.sqlite3")

    running = start()
    sources = [running.listen(server.add(f"/{n}", rss([]))) for n in range(3)]
    monkeypatch.setattr(Writer, "apply", full)
    report = running.check()
    assert all(poll.problem is not None for poll in report.polls)
    assert len(running.heard.of(Problem)) == 1
    monkeypatch.undo()
    assert all(poll.applied for poll in running.check().polls)
    assert running.status(sources[0].id).state is SourceState.LISTENING
