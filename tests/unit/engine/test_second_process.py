"""The second process thinks what this one would, and nothing depends on it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.analysis.analyser import Analyser
from monitor.engine import second_process
from monitor.engine.finder import NOBODY, Finder, Watched
from monitor.engine.second_process import Gone, SecondProcess, own_command
from monitor.engine.thinking import Job, Thinker, think
from monitor.errors import Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpResponse
from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.post import Author
from monitor.model.source import Source, SourceState
from monitor.model.voices import voices_of
from monitor.store.prepare import prepare
from monitor.store.records import PollingState
from tests.support.loopback import LoopbackServer
from tests.unit.engine.conftest import Start
from tests.unit.engine.fake_clock import START
from tests.unit.sources.recorded.mastodon_tag import RECORDED, page, status

WAIT = 60.0
FEED = """<rss version="2.0"><channel><title>Feed {n}</title>
<item><guid>{n}</guid><title>Café Lumen is terrible, case {n}</title><description>My refund was refused.</description></item>
</channel></rss>"""
FINDER = Finder((Brand(1, "Café Lumen"),), Analyser())


def job(number: int, body: str = FEED) -> Job:
    source = Source(number, "feed", f"https://example.org/{number}", "")
    state = PollingState(source, "", 0, 0, SourceState.NEW, None)
    answer = HttpResponse(200, source.address, "", {}, body.format(n=number).encode())
    return Job(state, (answer,), START, 900, 0.5)


class NothingKnown:
    """A store in which nothing is stored yet."""

    def known_hashes(self, source_id: int, native_ids: object) -> dict[str, str]:
        return {}

    def usual_languages(self, source_id: int, authors: object) -> dict[Author, str]:
        return {}


NOTHING_KNOWN = NothingKnown()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "vigie.sqlite3"
    prepare(path, tmp_path)
    return path


@pytest.fixture
def second(database: Path) -> Iterator[SecondProcess]:
    process = SecondProcess(lambda: own_command(database))
    yield process
    process.stop()


def started(second: SecondProcess) -> SecondProcess:
    second.start()
    second.ask(job(1), FINDER.watched)  # waits for the greeting too
    return second


def ended(second: SecondProcess) -> None:
    """Wait until it is known that it ended."""
    while (child := second._child) is not None:
        child.join()


def is_ready(second: SecondProcess) -> bool:
    return second.ready


def process_id(second: SecondProcess) -> int:
    child = second._child
    assert child is not None
    return child._process.pid


def thinker(second: SecondProcess, cancel: CancelToken | None = None) -> Thinker:
    return Thinker(NOTHING_KNOWN, second, cancel or CancelToken())


def test_it_thinks_what_this_process_would(second: SecondProcess) -> None:
    started(second)
    for number in range(20):
        there = second.ask(job(number), FINDER.watched)
        assert there == think(job(number), FINDER, NOTHING_KNOWN)
        assert len(there.posts[0].mentions) == 1


def test_it_hears_of_other_brands(second: SecondProcess) -> None:
    started(second)
    assert second.ask(job(1), FINDER.watched).posts[0].mentions
    assert not second.ask(job(1), Watched((Brand(2, "Moka"),), NOBODY)).posts[0].mentions
    assert second.ask(job(1), FINDER.watched).posts[0].mentions


def test_many_ask_at_once_and_each_gets_its_answer(second: SecondProcess) -> None:
    started(second)
    asking = thinker(second)
    answers: dict[int, int] = {}

    def ask(number: int) -> None:
        answers[number] = asking.outcome(job(number), FINDER).source_id

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert answers == {number: number for number in range(40)}


def test_a_refusal_is_told_by_this_process(second: SecondProcess) -> None:
    started(second)
    with pytest.raises(SourceError):
        thinker(second).outcome(job(1, "<html><body>No feed here</body></html>"), FINDER)
    assert thinker(second).outcome(job(2), FINDER).source_id == 2


def test_killed_it_is_not_missed_and_comes_back(second: SecondProcess) -> None:
    started(second)
    os.kill(process_id(second), signal.SIGTERM)
    assert thinker(second).outcome(job(3), FINDER) == think(job(3), FINDER, NOTHING_KNOWN)
    ended(second)
    with pytest.raises(Gone):
        second.ask(job(3), FINDER.watched)
    assert started(second).ask(job(4), FINDER.watched).source_id == 4


def test_one_that_cannot_start_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    second = SecondProcess(lambda: [str(Path("no") / "such" / "program")])
    second.start()
    assert not is_ready(second)
    assert thinker(second).outcome(job(5), FINDER).source_id == 5
    assert "no second process" in caplog.text


def test_one_that_always_dies_is_given_up() -> None:
    starts = []

    def command() -> list[str]:
        starts.append(1)
        return [sys.executable, "-c", "raise SystemExit(1)"]

    second = SecondProcess(command)
    for _ in range(5):
        second.start()
        ended(second)
    assert len(starts) == second_process.MOST_DEATHS


def test_idle_it_ends_by_itself_and_leaves_nothing(
    second: SecondProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = started(second)._child
    assert child is not None
    second.rest()
    assert is_ready(second)
    monkeypatch.setattr(second_process, "IDLE", 0.0)
    second.rest()
    child.join()
    assert not is_ready(second)
    assert child._process.returncode == 0
    assert started(second).ask(job(6), FINDER.watched).source_id == 6


def test_stopped_it_is_gone_at_once_and_stays_away(second: SecondProcess) -> None:
    child = started(second)._child
    assert child is not None
    cancel = CancelToken()
    cancel.cancel()
    second.stop()
    assert child._process.returncode is not None
    second.start()
    assert not is_ready(second)
    with pytest.raises(Cancelled):
        thinker(second, cancel).outcome(job(7), FINDER)


def test_not_modified_needs_neither_turn_nor_process(second: SecondProcess) -> None:
    cursor = '{"v":1,"etag":"x","modified":"","since":null,"body_hash":"","ttl":0,"skip_hours":[],"skip_days":[],"moving":null}'
    asked = job(8)
    state = replace(asked.state, cursor=cursor)
    same = replace(asked, state=state, answers=(HttpResponse(304, "", "", {}, b""),))
    found = thinker(second).outcome(same, FINDER)
    assert found.posts == ()
    assert found.next_due is not None
    assert found.next_due > START + timedelta(minutes=10)
    assert not is_ready(second)


def test_a_crowd_is_thought_for_and_stored_once(start: Start, server: LoopbackServer) -> None:
    running = start(workers=16)
    running.watch()
    sources = [
        running.listen(server.add(f"/{number}", FEED.format(n=number).encode()))
        for number in range(60)
    ]
    for _ in range(2):
        report = running.check()
        assert not [poll for poll in report.polls if poll.error or poll.problem]
    assert len(running.mentions()) == len(sources)


def test_it_knows_our_own_posts(second: SecondProcess) -> None:
    started(second)
    address = RECORDED.address
    state = PollingState(Source(1, "mastodon-tag", address, ""), "", 0, 0, SourceState.NEW, None)
    body = page(status(1, content="<p>Café Lumen is terrible.</p>"))
    asked = Job(state, (HttpResponse(200, address, "", {}, body),), START, 900, 0.5)
    voices = voices_of((Account(1, "mastodon", "autre.example", "ana"),))
    known = Finder((Brand(1, "Café Lumen"),), Analyser(), voices)
    (ours,) = second.ask(asked, known.watched).posts
    assert (ours.own, ours.mentions) == (True, ())
    (theirs,) = second.ask(asked, FINDER.watched).posts
    assert (theirs.own, len(theirs.mentions)) == (False, 1)
