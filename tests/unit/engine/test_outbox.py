"""The outbox with a real store and a Mastodon server on loopback."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.bus import Bus
from monitor.engine.outbox import Outbox
from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput
from monitor.infra.clock import SystemClock
from monitor.infra.http import HttpClient
from monitor.model.events import Event, MentionsChanged, SendingsChanged
from monitor.model.mention import TriageState
from monitor.model.outgoing import Sending, SendingState
from monitor.networks.base import NoAnswer
from monitor.store.reader import Reader
from tests.support.answerable import SENDING
from tests.support.kill_while_sending import kill_while_sending
from tests.support.loopback import LoopbackServer, Reply, reset
from tests.support.mastodon_statuses import MastodonStatuses, told
from tests.support.networks import Networks
from tests.support.sending_world import make_profile, outbox_for

WAIT = 60.0
HOST = "mastodon.example"


class Ahead(SystemClock):
    """Jumps when told."""

    by = timedelta()

    def now(self) -> datetime:
        return super().now() + self.by


class World:
    def __init__(self, folder: Path, loopback: LoopbackServer) -> None:
        self.server = MastodonStatuses(loopback)
        self.clock = Ahead()
        self.events: list[Event] = []
        self._changed = threading.Condition()
        self._folder = folder
        self.loopback = loopback
        self.database = make_profile(folder, [self.server.add_parent(n) for n in (10, 11)])
        self.store = StoreThreads(self.database, folder / "backups")
        self.store.start()
        self.outbox = self._make()

    def _make(self) -> Outbox:
        bus = Bus()
        bus.subscribe(self._hear)
        client: HttpClient = Networks(self.loopback).client()
        return outbox_for(self.store, bus, self.clock, client)

    def start(self) -> None:
        self.outbox.start()

    def start_again(self) -> None:
        self.outbox.stop(WAIT)
        self.outbox = self._make()
        self.outbox.start()

    def stop(self) -> None:
        self.outbox.stop(WAIT)
        self.store.stop(WAIT)

    def _hear(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def click(self, words: str = "Bonjour", mention_id: int = 1) -> Sending:
        (mention,) = self.store.read(lambda reader: reader.mentions((mention_id,))).result()
        queued = self.outbox.queue(mention_id, 1, words, "fr", mention.post.reply_to)
        return queued.result(WAIT)

    def now(self, sending: Sending) -> Sending:
        known = self.store.read(lambda reader: Reader.sending(reader, sending.id)).result()
        assert known is not None
        return known

    def until(self, sending: Sending, fits: Callable[[Sending], bool]) -> Sending:
        with self._changed:
            assert self._changed.wait_for(lambda: fits(self.now(sending)), WAIT), self.now(sending)
        return self.now(sending)

    def ended(self, sending: Sending) -> Sending:
        under_way = (SendingState.WAITING, SendingState.SENDING)
        return self.until(sending, lambda one: one.state not in under_way)


@pytest.fixture
def world(tmp_path: Path, loopback: LoopbackServer) -> Iterator[World]:
    made = World(tmp_path, loopback)
    yield made
    made.stop()


def test_a_click_becomes_a_published_reply(world: World) -> None:
    world.start()
    sent = world.ended(world.click("Bonjour"))
    assert sent.state is SendingState.SENT
    assert sent.url == f"https://{HOST}/@marque/1000"
    assert sent.clicked_by
    (mention,) = world.store.read(lambda reader: reader.mentions((1,))).result()
    assert mention.state is TriageState.ANSWERED
    assert MentionsChanged(changed_ids=(1,)) in world.events
    assert SendingsChanged((1,)) in world.events


def test_what_was_taken_back_never_leaves(world: World) -> None:
    sending = world.click()  # the thread does not run yet
    assert world.outbox.take_back(sending.id).result(WAIT)
    world.start()
    world.ended(world.click("Autre", mention_id=2))
    assert world.now(sending).state is SendingState.CANCELLED
    assert len(world.server.published) == 1


def test_a_reply_that_waited_when_the_program_ended_is_sent_at_the_next_start(world: World) -> None:
    sending = world.click()
    world.start()
    assert world.ended(sending).state is SendingState.SENT


def test_a_reply_being_sent_when_the_program_ended_is_unknown_and_stays(world: World) -> None:
    sending = world.click()
    now = world.clock.now()
    world.store.write(lambda writer: writer.claim_sending(sending.id, now)).result()
    world.start()
    world.ended(world.click("Autre", mention_id=2))
    assert world.now(sending).state is SendingState.UNKNOWN
    assert len(world.server.published) == 1


def test_an_answer_that_is_lost_is_unknown_then_found(world: World) -> None:
    world.server.published_one = _break
    world.start()
    sending = world.ended(world.click())
    assert sending.state is SendingState.UNKNOWN
    assert "Look again" in str(sending.hint)
    found = world.outbox.look_again(sending.id).result(WAIT)
    assert (found.state, found.url) == (SendingState.SENT, f"https://{HOST}/@marque/1000")
    assert len(world.server.published) == 1


def test_what_never_arrived_is_surely_not_there_and_may_be_sent_anew(world: World) -> None:
    world.server.before = lambda _request: reset()
    world.start()
    sending = world.ended(world.click())
    assert sending.state is SendingState.UNKNOWN
    with pytest.raises(NoAnswer, match="too early"):
        world.outbox.look_again(sending.id).result(WAIT)
    world.clock.by = timedelta(minutes=2)
    known = world.outbox.look_again(sending.id).result(WAIT)
    assert (known.state, "surely not there" in str(known.error)) == (SendingState.FAILED, True)
    world.server.before = lambda _request: None
    again = world.click()
    assert again.id == sending.id
    assert world.ended(again).state is SendingState.SENT


def test_other_words_after_an_unknown_wait_until_that_is_known(world: World) -> None:
    world.server.published_one = _break
    world.start()
    first = world.ended(world.click())
    world.server.published_one = lambda: None
    second = world.ended(world.click("Autrement dit"))
    assert second.state is SendingState.FAILED
    assert "published after all" in str(second.error)
    assert world.now(first).state is SendingState.SENT
    assert len(world.server.published) == 1


def test_the_same_words_after_an_unknown_are_found_instead_of_sent(world: World) -> None:
    world.server.forgetful = True
    world.server.published_one = _break
    world.start()
    sending = world.ended(world.click())
    world.server.published_one = lambda: None
    assert world.ended(world.click()).state is SendingState.SENT
    assert world.now(sending).url == f"https://{HOST}/@marque/1000"
    assert len(world.server.published) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (422, "Validation failed: Text character limit of 500 exceeded"),
        (401, "The access token is invalid"),
        (429, "Too many requests"),
    ],
)
def test_a_refusal_is_told_in_the_networks_words(world: World, status: int, words: str) -> None:
    world.server.before = lambda _request: told({"error": words}, status)
    world.start()
    failed = world.ended(world.click())
    assert failed.state is SendingState.FAILED
    assert words in str(failed.error)
    assert str(failed.hint)
    assert world.server.published == []


def test_a_network_out_of_reach_is_no_unknown(world: World, loopback: LoopbackServer) -> None:
    loopback.add(f"/{HOST}/api/v2/search", Reply(503, {}, b"down"))
    world.start()
    assert world.ended(world.click()).state is SendingState.FAILED


def test_the_program_may_end_in_the_middle_of_a_request(world: World) -> None:
    asked = threading.Event()
    world.server.published_one = asked.set
    world.server.lose_answers = True
    world.start()
    sending = world.click()
    assert asked.wait(WAIT)
    world.server.lose_answers = False
    world.start_again()
    assert world.now(sending).state is SendingState.UNKNOWN
    assert world.outbox.look_again(sending.id).result(WAIT).state is SendingState.SENT


def test_a_second_click_while_one_is_under_way_sends_nothing(world: World) -> None:
    world.click()
    with pytest.raises(BadInput):
        world.click("Encore")


def test_the_servers_own_length_is_learnt_once(world: World) -> None:
    world.server.most = 5000
    world.start()
    world.outbox.learn_rules(1)
    world.ended(world.click())  # after it in the same thread
    world.outbox.learn_rules(1)
    world.outbox.look_again(1).result(WAIT)
    assert world.outbox.rules_of(1) == {"most": 5000, "link": 23}
    assert len([one for one in world.loopback.requests if "instance" in one.path]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="killing is POSIX")
@pytest.mark.parametrize("network", SENDING)
def test_killed_again_and_again_while_sending_nothing_is_published_twice(
    tmp_path: Path, network: str
) -> None:
    figure = kill_while_sending(network, 3, tmp_path)
    assert (figure.kills, figure.doubled, figure.again) == (3, 0, 0)
    assert figure.published == figure.mentions


def _break() -> None:
    """The reply is published; the connection ends without an answer."""
    raise OSError("cut")
