"""What a person does, through the service: triage, drafts, files, discovery, the end. Real threads and store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import BadInput, Cancelled
from monitor.infra.settings import Settings
from monitor.model.events import (
    MentionsChanged,
    Problem,
)
from monitor.model.mention import Correction, MentionFilter, TriageState, View
from monitor.model.source import SourceState
from monitor.model.verdict import Tone
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer
from tests.unit.engine.conftest import WAIT, Start


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


def test_what_a_source_is_about_comes_back_with_the_list(start: Start, tmp_path: Path) -> None:
    running = start()
    first = running.watch("Moka & Co")
    brand = running.watch("Café Lumen")
    assert brand.id != first.id
    running.listen("https://one.example/feed", about=brand.id)
    file = tmp_path / "feeds.opml"
    running.service.export_opml(file).result(WAIT)
    other = start(folder="other")
    there = other.watch("CAFÉ LUMEN")
    other.service.import_opml(file).result(WAIT)
    (status,) = other.service.sources().result(WAIT)
    assert status.source.about == there.id
    stranger = start(folder="stranger")
    stranger.service.import_opml(file).result(WAIT)
    (status,) = stranger.service.sources().result(WAIT)
    assert status.source.about == 0


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
