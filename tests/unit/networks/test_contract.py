"""What every network with accounts must do, whichever it is: asked over a real server, with a stand-in each.

A new network is found by the registry; one that sends needs its line in tests/support/answerable.py. That
answers of the wrong shape do no harm is in test_odd_answers.py; each network's own words are in its own tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.errors import SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import Sending
from monitor.model.post import Post
from monitor.networks.base import Network, NoAnswer, NotLoggedIn, Refused, Sent, Way
from monitor.networks.registry import networks
from tests.support import loopback as routes
from tests.support.answerable import SENDING, WatchedServer, answerable
from tests.support.loopback import Reply, Request
from tests.support.networks import RedirectedClient
from tests.unit.networks.conftest import Make

WORDS = "Bonjour, nous regardons cela de près."
PAGE = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Check</body></html>"
HTML = {"Content-Type": "text/html"}
_META = b'{"error": {"message": "Session has expired", "type": "OAuthException", "code": 190}}'
ENDED = {"facebook": Reply(400, {}, _META), "instagram": Reply(400, {}, _META)}
"""How a network says that the login has ended, where it does not say it with 401."""
OPEN = frozenset({"id", "host", "api", "channel", "client_id", "server", "pds", "did", "ends"})
"""What of a login's secret may be seen."""

NOBODY_KNOWS = {
    "lost": routes.reset(),
    "cut off": routes.truncated(b'{"id": "1"'),
    "nonsense": routes.nonsense(),
    "500": Reply(500, {"Content-Type": "application/json"}, b'{"error": "oops"}'),
    "502": Reply(502, HTML, PAGE),
    "503": Reply(503, {"Retry-After": "120"}),
    "a page": Reply(200, HTML, PAGE),
    "nothing": Reply(200),
    "half": Reply(200, {"Content-Type": "application/json"}, b'{"id": "1", "te'),
}
HOSTILE = (
    "",
    " ",
    "\x00\x1f",
    "\ud800 seul",
    "\u202e\u200b",
    "é" * 20_000,
    "👩‍👩‍👧‍👦" * 200,
    "@" * 500,
    "#a " * 100,
    "https://" + "a" * 5000,
    "{}[]<>&%\"'\\",
)
TARGETS = (
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "1" * 5000,
    "[" * 5000,
    '{"to": null}',
    '{"to": ["x"], "acct": {}, "answered": "yes"}',
    '{"to": "\\ud800", "acct": "\\u202e@x", "spoiler": 7}',
    json.dumps({"to": "x" * 10_000, "acct": "y" * 100_000, "server": 5, "spoiler": "z" * 9000}),
)


class World:
    """One network, logged in, with one thing to answer. `changing` are the requests that change something,
    `instead` answers them, `unread` answers the others."""

    def __init__(self, name: str, server: WatchedServer, now: datetime, make: Make) -> None:
        there = answerable(name, server, lambda: now, 1)
        self.network: Network = networks()[name]
        self.login = there.login
        self.http: HttpClient = RedirectedClient(server)
        self.now = now
        self.sending: Sending = make(WORDS, there.reply_tos[0])
        self.changing: list[Request] = []
        self.instead: Reply | None = None
        self.unread: Reply | None = None
        server.before = self._before
        server.reading = lambda _request: self.unread

    def _before(self, request: Request) -> Reply | None:
        self.changing.append(request)
        return self.instead

    def send(self) -> Sent:
        return self.network.send(self.login, self.sending, self.http, self.now, CancelToken())

    def find(self, **changed: object) -> Sent | None:
        sending = replace(self.sending, **changed)  # type: ignore[arg-type] # the test's own
        return self.network.find(self.login, sending, self.http, self.now, CancelToken())

    def renew(self) -> Login:
        return self.network.renew(self.login, self.http, self.now, CancelToken(), refused=True)

    def leave(self) -> None:
        self.network.leave(self.login, self.http, CancelToken())

    def said(self, attempt: Callable[[], object]) -> VigieError:
        """What it raised, which says what to do and tells no secret."""
        with pytest.raises(VigieError) as caught:
            attempt()
        error = caught.value
        assert str(error.title)
        assert str(error.hint)
        shown = f"{error} {error!r} {error.args} {error.title} {error.message} {error.hint}"
        for key, value in self.login.secret.items():
            assert key in OPEN or value not in shown
        assert "<" not in str(error.title)
        return error


@pytest.fixture(params=SENDING)
def world(request: pytest.FixtureRequest, now: datetime, make: Make) -> Iterator[World]:
    with WatchedServer() as server:
        world = World(str(request.param), server, now, make)
        yield world
        world.http.close()


@pytest.fixture(params=sorted(networks()))
def network(request: pytest.FixtureRequest) -> Network:
    return networks()[str(request.param)]


# -- what is said of it ---------------------------------------------------------------------------
def test_every_network_that_sends_is_stood_in_for() -> None:
    assert set(SENDING) == {name for name, known in networks().items() if known.info.sends}


def test_its_form_is_complete(network: Network) -> None:
    info = network.info
    assert networks()[info.network] is network
    assert info.network.isascii()
    assert info.network.isalpha()
    assert str(info.label)
    assert str(info.how)
    assert info.questions
    keys = [question.key for question in info.questions]
    assert len(set(keys)) == len(keys)
    assert all(str(question.label) for question in info.questions)
    assert any(question.required for question in info.questions)
    if info.way is Way.SECRET:
        assert any(question.secret and question.required for question in info.questions)
    for question in info.questions:
        assert not (question.secret and question.default)
    assert all(seconds > 0 and "/" not in host for host, seconds in info.spacing.items())


def test_a_length_is_counted_whatever_is_typed(network: Network) -> None:
    account = Account(1, network.info.network, "server.example", "marque")
    for target in TARGETS:
        post = Post("1", "", "", "", reply_to=target)
        for words in HOSTILE:
            for rules in (None, {}, {"most": 1, "least": 0, "link": 23}):
                first = network.limits(account, post, words, rules)
                assert first == network.limits(account, post, words, rules)
                assert first.used >= 0
                assert first.most >= 0
                for note in first.notes:
                    assert str(note)


def test_who_sends_nothing_asks_nobody(make: Make, now: datetime) -> None:
    http = HttpClient()
    for name in sorted(networks().keys() - set(SENDING)):
        login = Login(Account(1, name, "", "marque"), {})
        sending = make(WORDS, "{}")
        with pytest.raises(Refused):
            networks()[name].send(login, sending, http, now, CancelToken())
        assert networks()[name].find(login, sending, http, now, CancelToken()) is None
    http.close()


# -- sending --------------------------------------------------------------------------------------
def test_a_reply_is_published_by_one_request(world: World) -> None:
    sent = world.send()
    assert sent.native_id
    assert sent.url == "" or sent.url.startswith("https://")
    assert len(world.changing) == 1


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_what_is_no_clear_no_is_unknown(world: World, fault: str) -> None:
    world.instead = NOBODY_KNOWS[fault]
    assert isinstance(world.said(world.send), NoAnswer)
    assert len(world.changing) == 1


@pytest.mark.parametrize(
    ("status", "wanted"), [(401, NotLoggedIn), (429, Refused), (400, Refused), (404, Refused)]
)
@pytest.mark.parametrize("body", [b"", b"{}", PAGE])
def test_a_clear_no_is_told_as_one(
    world: World, status: int, wanted: type[VigieError], body: bytes
) -> None:
    world.instead = Reply(status, {"Content-Type": "application/json"}, body)
    assert isinstance(world.said(world.send), wanted)
    assert len(world.changing) == 1


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_what_fails_before_it_was_sent_is_not_unknown(world: World, fault: str) -> None:
    world.unread = NOBODY_KNOWS[fault]
    try:
        world.send()
    except NoAnswer:
        pytest.fail("nothing had left")
    except VigieError:
        assert world.changing == []
    else:
        assert len(world.changing) == 1  # it asks nothing before


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_cannot_be_read_is_refused_and_not_asked_for(
    world: World, target: str
) -> None:
    world.sending = replace(world.sending, reply_to=target)
    assert isinstance(world.said(world.send), Refused)
    assert world.changing == []


# -- finding --------------------------------------------------------------------------------------
def test_a_published_reply_is_found_and_nothing_is_sent(world: World) -> None:
    sent = world.send()
    found = world.find()
    assert found is not None
    assert found.native_id == sent.native_id
    assert len(world.changing) == 1


def test_a_reply_whose_answer_was_lost_is_found(world: World) -> None:
    sent = world.send()  # and nobody was told
    soon = world.find(attempted_at=world.now - timedelta(seconds=5))
    assert soon is not None
    assert soon.native_id == sent.native_id


def test_what_is_not_there_is_believed_only_later(world: World) -> None:
    assert world.find() is None
    with pytest.raises(NoAnswer):
        world.find(attempted_at=world.now - timedelta(seconds=5))
    assert world.changing == []


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_who_cannot_be_asked_says_nothing_about_a_reply(world: World, fault: str) -> None:
    world.send()
    world.unread = NOBODY_KNOWS[fault]
    assert isinstance(world.said(world.find), NoAnswer)
    assert len(world.changing) == 1


@pytest.mark.parametrize("status", [429, 403])
@pytest.mark.parametrize("body", [b"", PAGE])
def test_a_refusal_says_nothing_about_a_reply(world: World, status: int, body: bytes) -> None:
    world.unread = Reply(status, HTML, body)
    assert isinstance(world.said(world.find), NoAnswer | NotLoggedIn)


def test_a_login_that_ended_is_said_when_it_is_looked_for(world: World) -> None:
    name = world.network.info.network
    world.unread = ENDED.get(name, Reply(401, {"Content-Type": "application/json"}, b"{}"))
    assert isinstance(world.said(world.find), NotLoggedIn)


# -- the login ------------------------------------------------------------------------------------
def test_a_login_may_be_renewed_because_it_was_refused(world: World) -> None:
    fresh = world.renew()
    assert (fresh.account.network, fresh.account.label, fresh.account.id) == (
        world.login.account.network,
        world.login.account.label,
        world.login.account.id,
    )
    assert fresh.secret.keys() == world.login.secret.keys()
    assert all(value not in repr(fresh) for key, value in fresh.secret.items() if key not in OPEN)


@pytest.mark.parametrize("fault", NOBODY_KNOWS)
def test_no_fault_of_the_network_ends_a_login(world: World, fault: str) -> None:
    world.instead = world.unread = NOBODY_KNOWS[fault]
    try:
        kept = world.renew()
    except VigieError:
        assert isinstance(world.said(world.renew), SourceError)
    else:
        assert kept == world.login


@pytest.mark.parametrize("fault", [*NOBODY_KNOWS, "401"])
def test_leaving_never_fails(world: World, fault: str) -> None:
    world.instead = world.unread = NOBODY_KNOWS.get(fault, Reply(401))
    world.leave()


def test_a_login_tells_nothing(world: World) -> None:
    for key, value in world.login.secret.items():
        assert key in OPEN or value not in f"{world.login!r} {world.login}"
