"""From the mention a source brings to the reply that it brings back, at three networks unlike each other:
taken back, sent without an answer, the program ended, looked for. Real threads, store, HTTP and sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.account_secrets import AccountSecrets
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.account import Account, Login
from monitor.model.events import MentionsChanged, SendingsChanged
from monitor.model.mention import Mention, TriageState
from monitor.model.outgoing import Sending, SendingState
from monitor.networks import googlebusiness
from monitor.sources.base import ACCOUNT
from tests.support import facebook_server, google_auth, googlereviews_server, lemmy_server
from tests.support.answerable import WatchedServer
from tests.support.loopback import Reply, Request
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import FAST, WAIT, Running

BAD = "Café Lumen, accueil déplorable, jamais remboursée."
SORRY = "Bonjour, Café Lumen vous présente ses excuses et vous rembourse."
OTHER = "Bonjour, c'est arrangé, merci de votre patience."
START = datetime(2026, 8, 1, 12, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


@dataclass(frozen=True, slots=True)
class Place:
    """Whose account answers there, and the source that listens."""

    login: Login
    kind: str
    fields: Mapping[str, str]


def facebook(server: WatchedServer, clock: Clock) -> Place:
    class Ticking(facebook_server.FacebookServer):
        @property
        def now(self) -> datetime:
            return clock.now()

        @now.setter
        def now(self, _given: datetime) -> None:
            """What it is made with."""

    page = Ticking(server, clock.now())
    post = page.post("Nouveau café", clock.now() - timedelta(days=1))
    page.comment(post, BAD, clock.now() - timedelta(hours=2))
    secret = {"token": facebook_server.TOKEN, "id": facebook_server.PAGE}
    account = Account(
        0,
        "facebook",
        "",
        "cafelumen",
        name="Café Lumen",
        url=f"https://www.facebook.com/{facebook_server.PAGE}",
    )
    login = Login(account, {**secret, "host": "graph.facebook.com"})
    return Place(login, "facebook-page", {ACCOUNT: "cafelumen"})


def lemmy(server: WatchedServer, clock: Clock) -> Place:
    there = lemmy_server.LemmyServer(server)
    there.clock = clock.now
    there.jwts.add("jwt-SECRET")
    there.add_comment(BAD)

    def search(_request: Request) -> Reply:
        found = [there._view(one) for one in reversed(there.comments)]
        return lemmy_server.said({"comments": found, "posts": []})

    server.add(f"/{there.host}/api/v3/search", search)
    handle, url = f"{there.name}@{there.host}", f"https://{there.host}/u/{there.name}"
    account = Account(0, "lemmy", there.host, handle, url=url)
    login = Login(account, {"jwt": "jwt-SECRET", "api": there.api, "id": "7"})
    return Place(login, "lemmy", {"words": "Café Lumen", "server": there.host})


def google_business(server: WatchedServer, clock: Clock) -> Place:
    business = googlereviews_server.BusinessServer(server)
    business.add_review("Ab1", 1, comment=BAD)
    refresh, scope = "1//refresh-SECRET", googlebusiness.SCOPE
    business.auth.refreshing[refresh] = (scope,)
    secret = {
        "client_id": google_auth.CLIENT_ID,
        "client_secret": google_auth.CLIENT_SECRET,
        "token": business.auth.new_token(scope),
        "refresh": refresh,
        "ends": (clock.now() + timedelta(days=1)).isoformat(),
    }
    page = "https://business.google.com/reviews"
    account = Account(0, "googlebusiness", "", "Léa Martin (1)", url=page, scopes=(scope,))
    return Place(Login(account, secret), "googlebusiness-reviews", {ACCOUNT: "Léa Martin (1)"})


class World:
    def __init__(self, folder: Path, server: WatchedServer, place: Place, clock: Clock) -> None:
        self.server, self.place, self.clock = server, place, clock
        self._folder = folder
        self.published = 0
        server.after = self._count
        self.running = self._start()
        self.account = self._log_in()
        self.running.watch()
        source = self.running.service.source_of(place.kind, place.fields)
        self.source = self.running.service.add_source(source).result(WAIT).id

    def _start(self) -> Running:
        service = Service(
            Profile(self._folder / "p"),
            clock=self.clock,
            by_itself=False,
            pacing=lambda _host: FAST,
            make_client=Networks(self.server).client,
        )
        running = Running(service)
        service._outbox.start()  # as the window's service does
        return running

    def start_again(self) -> None:
        self.running.service.stop()
        self.running = self._start()

    def _log_in(self) -> int:
        store, account = self.running.service._store, self.place.login.account
        kept, _ = store.write(lambda w: w.add_account(account, START)).result(WAIT)
        AccountSecrets().keep(Login(kept, self.place.login.secret))
        store.write(self.running.service._own.reload).result(WAIT)
        return kept.id

    def _count(self, _request: Request, reply: Reply) -> None:
        self.published += reply.status in (200, 201)

    def read(self) -> Mention:
        """The one mention there is, as the source brings it now."""
        self.clock.at += timedelta(hours=1)
        report = self.running.check(self.source)
        status = self.running.status(self.source)
        assert status.error is None, (report, str(status.error))
        (mention,) = self.running.mentions()
        return mention

    def click(self, mention: Mention, words: str) -> Sending:
        service = self.running.service
        (account,) = service.reply_accounts(mention.id).result(WAIT)
        assert account.id == self.account
        return service.send_reply(mention.id, account.id, words, "fr").result(WAIT)

    def when_due(self, mention: Mention) -> Sending:
        """The newest reply, once the time to take it back is over."""
        self.clock.at += timedelta(seconds=60)
        heard = self.running.heard
        heard.events.clear()
        self.running.service._outbox._jobs.put(lambda _client: None)  # look at the clock
        under_way = (SendingState.WAITING, SendingState.SENDING)
        heard.wait_for(SendingsChanged, lambda _: self.newest(mention).state not in under_way)
        return self.newest(mention)

    def newest(self, mention: Mention) -> Sending:
        return self.running.service.sendings(mention.id).result(WAIT)[0]


Begin = Callable[[Callable[[WatchedServer, Clock], Place]], World]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    worlds: list[World] = []
    with WatchedServer() as server, memory_keyring():

        def start(make: Callable[[WatchedServer, Clock], Place]) -> World:
            clock = Clock()
            worlds.append(World(tmp_path, server, make(server, clock), clock))
            return worlds[-1]

        yield start
        for world in worlds:
            world.running.service.stop()


@pytest.mark.parametrize("make", [facebook, lemmy, google_business])
def test_a_reply_from_the_mention_to_its_own_return(
    begin: Begin, make: Callable[[WatchedServer, Clock], Place]
) -> None:
    world = begin(make)
    mention = world.read()
    assert mention.state is TriageState.OPEN
    target = mention.post.reply_to
    assert json.loads(target)

    taken = world.click(mention, SORRY)
    assert world.running.service.take_back(taken.id).result(WAIT)
    assert world.published == 0

    after = world.server.after

    def cut(request: Request, reply: Reply) -> None:
        after(request, reply)
        raise OSError("cut")

    world.server.after = cut
    world.click(mention, SORRY)
    lost = world.when_due(mention)
    world.server.after = after
    assert (lost.state, world.published) == (SendingState.UNKNOWN, 1)

    world.start_again()
    assert world.newest(mention).state is SendingState.UNKNOWN
    assert world.published == 1  # not by itself

    answered = world.read()  # our own reply comes back before anybody looked again
    assert (answered.id, answered.state) == (mention.id, TriageState.ANSWERED)

    found = world.running.service.look_again(lost.id).result(WAIT)
    assert (found.state, world.published) == (SendingState.SENT, 1)
    world.running.heard.events.clear()
    answered_again = world.read()
    assert answered_again.state is TriageState.ANSWERED
    assert not world.running.heard.of(MentionsChanged)
    states = [one.sending.state for one in world.running.service.audit(9).result(WAIT)]
    assert states == [SendingState.SENT, SendingState.CANCELLED]

    again = world.click(answered_again, OTHER)
    assert world.when_due(mention).state is SendingState.SENT
    assert (again.id != lost.id, world.published) == (True, 2)
