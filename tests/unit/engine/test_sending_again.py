"""What is sent a second time, at every network that sends: nothing twice, and the right state. A real store,
the networks' stand-ins on loopback, and a login that can be refused or out of reach."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.bus import Bus
from monitor.engine.outbox import Outbox
from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.http_errors import unknown_host
from monitor.model.account import Login
from monitor.model.events import Event
from monitor.model.outgoing import Sending, SendingState
from monitor.networks.base import NotLoggedIn
from monitor.networks.registry import networks
from monitor.store.reader import Reader
from monitor.text import text
from tests.support.answerable import SENDING, WatchedServer, answerable
from tests.support.loopback import Reply, Request
from tests.support.networks import RedirectedClient
from tests.support.sending_world import make_profile

WAIT = 60.0
WORDS = "Bonjour, nous regardons cela de près."
OTHER = "Bonjour, c'est réparé depuis hier soir."
ENDED = NotLoggedIn(text("The login ended."), text("Nothing."), text("Log in again."))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).replace(microsecond=0)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


class World:
    def __init__(self, network: str, folder: Path, server: WatchedServer) -> None:
        self.server = server
        self.clock = Clock()
        self.there = answerable(network, server, self.clock.now, 2)
        self.failing: Exception | None = None
        self.fresh: Login | None = None
        self.lost: list[int] = []
        self.refused: list[Login] = []
        self.published = 0
        server.after = self._count
        self._network = networks()[network]
        self._changed = threading.Condition()
        database = make_profile(folder, self.there.reply_tos, self.there.login)
        self.store = StoreThreads(database, folder / "backups")
        self.store.start()
        bus = Bus()
        bus.subscribe(self._hear)
        self.outbox = Outbox(
            self.store,
            bus,
            self.clock,
            lambda: RedirectedClient(server),
            self._login_of,
            self.lost.append,
            lambda _name: self._network,
            lambda: 0,
        )
        self.outbox.start()

    def stop(self) -> None:
        self.outbox.stop(WAIT)
        self.store.stop(WAIT)

    def click(self, words: str = WORDS) -> Sending:
        """What became of it."""
        (mention,) = self.store.read(lambda reader: reader.mentions((1,))).result()
        queued = self.outbox.queue(1, 1, words, "fr", mention.post.reply_to).result(WAIT)
        under_way = (SendingState.WAITING, SendingState.SENDING)
        with self._changed:
            assert self._changed.wait_for(lambda: self.now(queued).state not in under_way, WAIT)
        return self.now(queued)

    def now(self, sending: Sending) -> Sending:
        known = self.store.read(lambda reader: Reader.sending(reader, sending.id)).result()
        assert known is not None
        return known

    def lose_the_answer(self) -> Sending:
        """It is published, and nobody hears so."""
        after = self.server.after

        def cut(request: Request, reply: Reply) -> None:
            after(request, reply)
            raise OSError("cut")

        self.server.after = cut
        sending = self.click()
        self.server.after = after
        assert (sending.state, self.published) == (SendingState.UNKNOWN, 1)
        return sending

    def _login_of(
        self,
        _account_id: int,
        _http: HttpClient,
        _cancel: CancelToken,
        refused: Login | None = None,
    ) -> Login:
        if refused is not None:
            self.refused.append(refused)
        if self.failing is not None:
            raise self.failing
        if refused is not None and self.fresh is not None:
            return self.fresh
        return self.there.login

    def _hear(self, _event: Event) -> None:
        with self._changed:
            self._changed.notify_all()

    def _count(self, _request: Request, reply: Reply) -> None:
        self.published += reply.status in (200, 201)


Begin = Callable[[str], World]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    made: list[World] = []
    with WatchedServer() as server:

        def start(network: str) -> World:
            made.append(World(network, tmp_path, server))
            return made[-1]

        yield start
        for world in made:
            world.stop()


@pytest.mark.parametrize("network", SENDING)
def test_what_nobody_knows_stays_unknown_while_it_cannot_be_asked(
    begin: Begin, network: str
) -> None:
    """Were it "not sent", other words would go out beside it."""
    world = begin(network)
    sending = world.lose_the_answer()
    world.failing = unknown_host("network.example")
    again = world.click()
    assert (again.id, again.state) == (sending.id, SendingState.UNKNOWN)
    assert "was not found" in str(again.error)
    assert "Look again" in str(again.hint)
    world.failing = ENDED
    assert world.click().state is SendingState.UNKNOWN
    world.failing = None
    world.clock.at += timedelta(minutes=2)
    other = world.click(OTHER)
    assert (other.state, world.now(sending).state) == (SendingState.FAILED, SendingState.SENT)
    assert world.published == 1


@pytest.mark.parametrize("network", SENDING)
def test_a_reply_of_hours_ago_is_found_after_a_look_that_failed(begin: Begin, network: str) -> None:
    world = begin(network)
    sending = world.lose_the_answer()
    world.clock.at += timedelta(hours=3)
    world.server.reading = lambda _request: Reply(503, {}, b"down")
    assert world.click().state is SendingState.UNKNOWN
    world.server.reading = lambda _request: None
    world.clock.at += timedelta(minutes=2)
    found = world.outbox.look_again(sending.id).result(WAIT)
    assert (found.state, world.published) == (SendingState.SENT, 1)


@pytest.mark.parametrize("network", SENDING)
def test_what_surely_failed_is_sent_again_at_once(begin: Begin, network: str) -> None:
    world = begin(network)
    world.failing = unknown_host("network.example")
    failed = world.click()
    assert failed.state is SendingState.FAILED
    assert "by itself" not in str(failed.hint)  # a source is tried again, a reply is not
    world.failing = None
    world.server.before = lambda _request: Reply(429, {}, b'{"error": "slow down"}')
    refused = world.click()
    assert (refused.id, refused.state) == (failed.id, SendingState.FAILED)
    world.server.before = lambda _request: None
    world.clock.at += timedelta(seconds=20)
    sent = world.click()
    assert (sent.id, sent.state, world.published) == (failed.id, SendingState.SENT, 1)


def test_a_login_that_the_clock_calls_good_is_renewed_once(begin: Begin) -> None:
    world = begin("googleplay")
    good = world.there.login
    ended = Login(good.account, {**good.secret, "token": "ended"})
    world.there, world.fresh = replace(world.there, login=ended), good
    assert world.click().state is SendingState.SENT
    assert (world.lost, world.refused, world.published) == ([], [ended], 1)


def test_a_login_refused_while_looking_says_so_of_the_account(begin: Begin) -> None:
    world = begin("lemmy")
    sending = world.lose_the_answer()
    world.server.reading = lambda _request: Reply(401, {}, b'{"error": "not_logged_in"}')
    with pytest.raises(NotLoggedIn):
        world.outbox.look_again(sending.id).result(WAIT)
    assert world.lost == [1]
    assert world.refused == [world.there.login]
    assert world.now(sending).state is SendingState.UNKNOWN


def test_a_look_that_cannot_be_asked_promises_nothing(begin: Begin) -> None:
    world = begin("lemmy")
    sending = world.lose_the_answer()
    world.failing = unknown_host("lemmy.example")
    with pytest.raises(SourceError) as told:
        world.outbox.look_again(sending.id).result(WAIT)
    assert "by itself" not in str(told.value.hint)


def test_rules_that_cannot_be_read_do_not_end_the_outbox(begin: Begin) -> None:
    world = begin("lemmy")
    world.failing = KeyError("odd")
    world.outbox.learn_rules(1)
    with pytest.raises(BadInput):
        world.outbox.look_again(99).result(WAIT)  # the rules were asked for by now
    world.failing = None
    assert world.click().state is SendingState.SENT
    assert world.outbox.rules_of(1) == {}
