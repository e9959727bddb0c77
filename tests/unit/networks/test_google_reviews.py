"""Answering reviews at Google Play and Google Business: one answer a review, found again, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.outgoing import Sending
from monitor.model.post import Post
from monitor.networks import googlebusiness, googleplay
from monitor.networks.base import Network, NoAnswer, NotLoggedIn, Refused
from tests.support.google_auth import GoogleAuth, answer, page, refused
from tests.support.googlereviews_server import (
    BUSINESS,
    PACKAGE,
    PLACE,
    PLAY,
    BusinessServer,
    PlayServer,
)
from tests.support.loopback import LoopbackServer, Reply, nonsense
from tests.support.networks import RedirectedClient
from tests.unit.networks.conftest import Make

REVIEW = "gp:AOqpTOF-1_x"


class Served:
    """One of the two networks with one review, and what was answered to it."""

    def __init__(self, name: str, loopback: LoopbackServer) -> None:
        self.network: Network
        self.server: PlayServer | BusinessServer
        if name == "googleplay":
            self.network, self.server = googleplay.NETWORK, PlayServer(loopback)
            self.server.add_review(REVIEW, 1_785_578_400)
            self.id, scope = REVIEW, googleplay.SCOPE
            self.reply_to = json.dumps({"package": PACKAGE, "review": REVIEW, "answered": False})
            base = f"/{PLAY}/androidpublisher/v3/applications/{PACKAGE}/reviews/{REVIEW}"
            self.asked, self.told = base, f"{base}:reply"
            self.longest = "é" * 350
        else:
            self.network, self.server = googlebusiness.NETWORK, BusinessServer(loopback)
            self.id, scope = self.server.add_review("AbF", 1), googlebusiness.SCOPE
            self.reply_to = json.dumps({"review": self.id, "answered": False})
            self.asked = f"/{BUSINESS}/v4/{self.id}"
            self.told = f"{self.asked}/reply"
            self.longest = "é" * 2048
        self.scope = scope
        self.login = self.login_of(scope)
        self.auth: GoogleAuth = self.server.auth

    def login_of(self, *scopes: str) -> Login:
        account = Account(1, self.network.info.network, "", "me", scopes=scopes)
        return Login(account, {"token": self.server.auth.new_token(*scopes)})

    def answered(self) -> str:
        if isinstance(self.server, PlayServer):
            (review,) = self.server.reviews
            comments = review["comments"][1:]
            return str(comments[0]["developerComment"]["text"]) if comments else ""
        (review,) = self.server.reviews[PLACE]
        return str(review.get("reviewReply", {}).get("comment", ""))

    def forget_review(self) -> None:
        if isinstance(self.server, PlayServer):
            self.server.reviews.clear()
        else:
            self.server.reviews[PLACE].clear()


@pytest.fixture(params=["googleplay", "googlebusiness"])
def served(request: pytest.FixtureRequest, loopback: LoopbackServer) -> Served:
    return Served(request.param, loopback)


@pytest.fixture
def sending(served: Served, make: Make) -> Sending:
    return make("Merci, c’est réparé.", served.reply_to)


@pytest.fixture
def hasty(loopback: LoopbackServer) -> Iterator[HttpClient]:
    """Waits half a second for what it sent."""
    client = RedirectedClient(loopback)
    send = client.send
    client.send = lambda *a, **k: send(*a, **{**k, "deadline": 0.5})  # type: ignore[method-assign]
    yield client
    client.close()


def test_an_answer_is_published_and_a_second_one_replaces_it(
    served: Served, sending: Sending, http: HttpClient, make: Make, now: datetime
) -> None:
    sent = served.network.send(served.login, sending, http, now, CancelToken())
    assert served.answered() == "Merci, c’est réparé."
    assert sent.native_id == f"{served.id}/reply"
    assert sent.url.startswith("https://")
    served.network.send(served.login, sending, http, now, CancelToken())
    assert served.answered() == "Merci, c’est réparé."
    served.network.send(served.login, make("Mieux", served.reply_to), http, now, CancelToken())
    assert served.answered() == "Mieux"


def test_a_lost_answer_is_looked_for_and_found(
    served: Served, sending: Sending, hasty: HttpClient, make: Make, now: datetime
) -> None:
    served.server.lose_answers = True
    assert served.network.find(served.login, sending, hasty, now, CancelToken()) is None
    with pytest.raises(NoAnswer):
        served.network.send(served.login, sending, hasty, now, CancelToken())
    sent = served.network.find(served.login, sending, hasty, now, CancelToken())
    assert sent is not None
    assert sent.native_id == f"{served.id}/reply"
    other = make("Autre", served.reply_to)
    assert served.network.find(served.login, other, hasty, now, CancelToken()) is None
    soon = make("Autre", served.reply_to, attempted_at=now - timedelta(seconds=5))
    with pytest.raises(NoAnswer, match="too early"):
        served.network.find(served.login, soon, hasty, now, CancelToken())


def test_a_review_that_was_deleted(
    served: Served, sending: Sending, http: HttpClient, now: datetime
) -> None:
    served.forget_review()
    with pytest.raises(Refused, match="not there any more"):
        served.network.send(served.login, sending, http, now, CancelToken())
    assert served.network.find(served.login, sending, http, now, CancelToken()) is None


def test_the_length_is_counted_as_the_network_counts(
    served: Served, http: HttpClient, make: Make, now: datetime
) -> None:
    post = Post("x", "", "", "", reply_to=served.reply_to)
    assert served.network.limits(served.login.account, post, served.longest).fits
    assert not served.network.limits(served.login.account, post, served.longest + "x").fits
    long = make(served.longest + "x", served.reply_to)
    with pytest.raises(Refused, match="400"):
        served.network.send(served.login, long, http, now, CancelToken())
    assert not served.network.limits(served.login.account, post, "ok").notes
    answered = {**json.loads(served.reply_to), "answered": True}
    post = Post("x", "", "", "", reply_to=json.dumps(answered))
    (note,) = served.network.limits(served.login.account, post, "ok").notes
    assert "takes its place" in str(note)
    assert not served.network.limits(served.login.account, Post("x", "", "", ""), "ok").notes
    assert served.network.limits(served.login.account, post, "ok").again == note


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refused(403, "PERMISSION_DENIED", "Not verified."), Refused, "Not verified"),
        (refused(429, "RESOURCE_EXHAUSTED", "Quota exceeded."), Refused, "no more replies"),
        (refused(403, "X", "Slow.", "rateLimitExceeded"), Refused, "no more replies"),
        (refused(403, "X", "Spent.", "quotaExceeded"), Refused, "share of today"),
        (refused(403, "X", "Off.", "SERVICE_DISABLED"), Refused, "not switched on"),
        (page(404), Refused, "not there any more"),
        (page(503), NoAnswer, "fault of its own"),
        (page(200), NoAnswer, "something else"),
        (answer({"result": 7, "comment": []}), NoAnswer, "something else"),
        (nonsense(), NoAnswer, "broke off"),
    ],
)
def test_refusals(
    served: Served,
    sending: Sending,
    http: HttpClient,
    loopback: LoopbackServer,
    now: datetime,
    reply: Reply,
    error: type[VigieError],
    words: str,
) -> None:
    loopback.add(served.told, reply)
    with pytest.raises(error, match=words) as caught:
        served.network.send(served.login, sending, http, now, CancelToken())
    assert str(caught.value.hint)
    assert served.login.secret["token"] not in str(caught.value)
    assert len(loopback.asked(served.told)) == 1


@pytest.mark.parametrize("lacking", [False, True])
def test_a_login_that_does_not_do(
    served: Served, sending: Sending, http: HttpClient, now: datetime, *, lacking: bool
) -> None:
    login = served.login_of("openid") if lacking else served.login
    if not lacking:
        served.auth.forget()
    for act in (served.network.send, served.network.find):
        with pytest.raises(NotLoggedIn):
            act(login, sending, http, now, CancelToken())


@pytest.mark.parametrize("reply", [page(500), page(200), nonsense(), answer([])])
def test_a_look_that_gets_no_answer(
    served: Served,
    sending: Sending,
    http: HttpClient,
    loopback: LoopbackServer,
    now: datetime,
    reply: Reply,
) -> None:
    loopback.add(served.asked, reply)
    with pytest.raises(NoAnswer):
        served.network.find(served.login, sending, http, now, CancelToken())


@pytest.mark.parametrize(
    "target",
    ["", "{", "[]", "{}", '{"review": "../../x"}', '{"package": "a.b", "review": "x/../y"}'],
)
def test_a_post_that_says_nothing_usable(
    served: Served, http: HttpClient, make: Make, now: datetime, target: str
) -> None:
    for act in (served.network.send, served.network.find):
        with pytest.raises(Refused, match="cannot be answered"):
            act(served.login, make("Bonjour", target), http, now, CancelToken())


def test_googles_own_session_answers_and_is_refused(
    served: Served, loopback: LoopbackServer
) -> None:
    """The stand-in, asked through google-auth."""
    session = AuthorizedSession(Credentials(token=served.login.secret["token"]))
    url = loopback.url(served.told)
    if isinstance(served.server, PlayServer):
        told = session.post(url, json={"replyText": "<b>Bonjour</b>"}).json()
        assert told["result"]["replyText"] == "<b>Bonjour</b>"
    else:
        assert session.put(url, json={"comment": "Bonjour"}).json()["comment"] == "Bonjour"
    assert served.answered() == "Bonjour"
    stranger = AuthorizedSession(Credentials(token=served.auth.new_token("openid")))
    error = stranger.get(loopback.url(served.asked)).json()["error"]
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
