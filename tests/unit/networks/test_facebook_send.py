"""Answering on a Facebook Page over loopback: replies sent once and found again, refusals, lengths."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.facebook import NETWORK
from tests.support.facebook_server import PAGE, TOKEN, FacebookServer
from tests.support.graph_server import error, told
from tests.support.loopback import LoopbackServer, Reply, Request, reset
from tests.unit.networks.conftest import Make


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> FacebookServer:
    return FacebookServer(loopback, now)


@pytest.fixture
def login(server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)


@pytest.fixture
def comment(server: FacebookServer, now: datetime) -> str:
    post = server.post("Nouveau café", now - timedelta(days=1))
    return server.comment(post, "Service lamentable", now - timedelta(hours=2))


def only_posts(reply: Reply) -> Any:
    return lambda request: reply if request.method == "POST" else None


def test_a_reply_is_put_below_the_comment_and_found_there(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make(
        "Bonjour Léa,\nnous sommes désolés & revenons vers vous 😢.", server.reply_to(comment)
    )
    assert NETWORK.find(login, sending, http, now, cancel) is None
    sent = NETWORK.send(login, sending, http, now, cancel)
    (reply,) = server.comments(comment)
    assert reply["message"] == sending.text
    assert reply["parent"] == {"id": comment}
    assert (sent.native_id, sent.url) == (reply["id"], reply["permalink_url"])
    assert NETWORK.find(login, sending, http, now, cancel) == sent
    assert all("access_token" not in asked for _, _, asked in server.asked)


def test_a_visitors_post_is_answered_too(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    post = server.post("Fermé sans prévenir", now - timedelta(hours=3), by="Bo")
    sent = NETWORK.send(login, make("Désolés", server.reply_to(post)), http, now, cancel)
    assert [one["id"] for one in server.comments(post)] == [sent.native_id]


def test_a_lost_answer_is_unknown_then_found_and_never_sent_twice(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment))
    server.lose_answers = True
    with pytest.raises(NoAnswer):
        NETWORK.send(login, sending, http, now, cancel)
    server.lose_answers = False
    (reply,) = server.comments(comment)
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.native_id == reply["id"]
    assert NETWORK.send(login, sending, http, now, cancel) == found  # refused as a duplicate: 506
    assert len(server.comments(comment)) == 1


def test_the_same_words_of_somebody_else_or_of_long_ago_are_not_ours(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.comment(comment, "Désolés", now, by="Bo")
    old = server.comment(comment, "Désolés", now - timedelta(days=1))
    server.things[old]["from"] = {"id": PAGE, "name": "Café Lumen"}
    sending = make("Désolés", server.reply_to(comment))
    assert NETWORK.find(login, sending, http, now, cancel) is None
    with pytest.raises(Refused, match="published there already"):
        NETWORK.send(login, sending, http, now, cancel)


def test_a_minute_must_pass_and_clocks_may_be_wrong(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment), attempted_at=now)
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, sending, http, now, cancel)
    server.now = now - timedelta(minutes=40)  # as Meta's clock has it
    NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is not None


def test_a_long_talk_is_looked_through_to_the_attempt(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    post = server.post("Nouveau café", now - timedelta(days=9))
    for number in range(250):
        server.comment(post, f"avis {number}", now - timedelta(days=8, minutes=number))
    sending = make("Désolés", server.reply_to(post))
    NETWORK.send(login, sending, http, now, cancel)
    for number in range(150):
        server.comment(post, f"encore {number}", now + timedelta(seconds=number))
    before = server.calls
    assert NETWORK.find(login, sending, http, now, cancel) is not None
    assert server.calls - before == 2
    assert NETWORK.find(login, make("Autre", server.reply_to(post)), http, now, cancel) is None
    assert server.calls - before == 4


def test_a_mention_that_was_deleted_is_gone(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Désolés", server.reply_to(comment))
    server.delete(comment)
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, sending, http, now, cancel)
    with pytest.raises(NoAnswer):  # Meta says the same of what the token may not see
        NETWORK.find(login, sending, http, now, cancel)


@pytest.mark.parametrize(
    "target", ["", "{", "[]", "{}", '{"page":"111"}', '{"page":"111","id":"../me"}', '{"id":"1_2"}']
)
def test_a_post_of_elsewhere_is_not_answered(
    server: FacebookServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    target: str,
) -> None:
    before = server.calls
    with pytest.raises(Refused, match="cannot be answered from here"):
        NETWORK.send(login, make("Désolés", target), http, now, cancel)
    assert server.calls == before


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (error(190, "expired", 463), NotLoggedIn, "expired"),
        (error(190, "x", 492), NotLoggedIn, "no longer runs this Page"),
        (error(190, "checkpoint", 459), NotLoggedIn, "log in there first"),
        (Reply(401), NotLoggedIn, "does not accept"),
        (error(200, "(#200) Permissions error"), NotLoggedIn, "pages_manage_engagement"),
        (
            error(10, "(#10) requires the 'pages_read_engagement' permission"),
            NotLoggedIn,
            "pages_read",
        ),
        (error(200, "(#200) This post takes no comments"), Refused, "takes no comments"),
        (error(100, "(#100) message is too long"), Refused, "too long"),
        (error(368, "The action looked abusive"), Refused, "blocked this account"),
        (error(1, "x", 1390008), Refused, "blocked this account"),
        (error(4, "limit", transient=True), Refused, "no more replies for now"),
        (error(17, "limit", transient=True), Refused, "no more replies for now"),
        (error(32, "limit"), Refused, "no more replies for now"),
        (error(613, "limit"), Refused, "no more replies for now"),
        (error(80001, "limit"), Refused, "no more replies for now"),
        (Reply(429), Refused, "no more replies for now"),
        (error(506, "(#506) Duplicate status message"), Refused, "published there already"),
        (error(1, "An unknown error occurred", status=500), NoAnswer, "fault of its own"),
        (error(2, "Service temporarily unavailable", transient=True), NoAnswer, "fault of its own"),
        (told({"error": {"code": 100, "message": "inside 200"}}), Refused, "inside 200"),
        (told({"success": True}), NoAnswer, "something else"),
        (Reply(200, {}, b"<html>a check for humans</html>"), NoAnswer, "something else"),
        (Reply(502, {}, b"<html>"), NoAnswer, "fault of its own"),
        (Reply(403, {}, b"<html>"), Refused, "403"),
        (Reply(302, {"Location": "https://www.facebook.com/login"}), Refused, "another address"),
        (reset(), NoAnswer, "."),
    ],
)
def test_refusals_are_in_metas_words(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply: Reply,
    kind: type[VigieError],
    words: str,
) -> None:
    server.before = only_posts(reply)
    with pytest.raises(kind, match=words) as caught:
        NETWORK.send(login, make("Désolés", server.reply_to(comment)), http, now, cancel)
    assert str(caught.value.hint)
    posts = [one for one in server.asked if one[0] == "POST"]
    assert len(posts) == 1


@pytest.mark.parametrize(
    "reply",
    [
        error(4, "limit"),
        error(10, "(#10) no"),
        Reply(500),
        Reply(200, {}, b"{}"),
        Reply(200, {}, b"<html>"),
        reset(),
    ],
)
def test_what_cannot_be_looked_for_stays_unknown(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply: Reply,
) -> None:
    def before(_request: Request) -> Reply:
        return reply

    server.before = before
    with pytest.raises(NoAnswer):
        NETWORK.find(login, make("Désolés", server.reply_to(comment)), http, now, cancel)


def test_looking_with_an_ended_token_says_so(
    server: FacebookServer,
    login: Login,
    comment: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.tokens[TOKEN].ended = 463
    with pytest.raises(NotLoggedIn, match="expired"):
        NETWORK.find(login, make("Désolés", server.reply_to(comment)), http, now, cancel)


def test_length_is_counted_as_facebook_counts(
    login: Login, server: FacebookServer, http: HttpClient, cancel: CancelToken
) -> None:
    account, post = Account(1, "facebook", "", "cafelumen"), Post("1", "", "", "")
    assert NETWORK.limits(account, post, "é" * 8000).fits
    assert not NETWORK.limits(account, post, "😢" * 4001).fits
    assert NETWORK.limits(account, post, "😢a").used == 3
    assert NETWORK.rules(login, http, cancel) == {}
    before = server.calls
    NETWORK.leave(login, http, cancel)
    assert server.calls == before
