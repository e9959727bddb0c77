"""Replies on Reddit over loopback: what is published, what is refused, what nobody knows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from monitor.errors import VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.networks.base import REDIRECT as REDIRECT_KEY
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.reddit import NETWORK
from monitor.networks.reddit_send import API
from tests.support.loopback import LoopbackServer, Reply, Request, reset
from tests.support.reddit_recordings import recorded, replied
from tests.support.reddit_server import CLIENT, ME, REDIRECT, RedditServer, listing, said
from tests.unit.networks.conftest import Make

ANSWERS = {"client_id": f" {CLIENT} ", REDIRECT_KEY: REDIRECT}


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> RedditServer:
    return RedditServer(loopback, now)


def entered(server: RedditServer, http: HttpClient, now: datetime) -> Login:
    door = NETWORK.open(ANSWERS, REDIRECT, http, CancelToken())
    brought = server.authorize(door.url)
    return NETWORK.enter(ANSWERS, brought, door.kept, http, now, CancelToken())


@pytest.fixture
def login(server: RedditServer, http: HttpClient, now: datetime) -> Login:
    return entered(server, http, now)


@pytest.fixture
def reply_to(server: RedditServer) -> str:
    return json.dumps({"name": server.add_post()["name"]})


# -- sending --------------------------------------------------------------------------------------
def test_a_reply_is_published_once_and_found(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    sending = make("Bonjour, **on regarde** : https://lumen.example/é ☕\n\nMerci !", reply_to)
    assert NETWORK.find(login, sending, http, now, cancel) is None
    sent = NETWORK.send(login, sending, http, now, cancel)
    (published,) = server.published
    assert (published["body"], published["parent_id"]) == (sending.text, "t3_1k0001")
    assert sent.native_id == published["name"]
    assert sent.url == f"https://www.reddit.com{published['permalink']}"
    for number in range(150):
        server.add_comment(number, "t3_1k0001", ME, f"Autre {number}")
    assert NETWORK.find(login, sending, http, now, cancel) == sent
    assert len(server.asked("/api/comment")) == 1


def test_the_program_says_in_whose_name_it_asks(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    (request,) = server.asked("/api/comment")
    assert request.headers["user-agent"].startswith("Vigie/")
    assert request.headers["user-agent"].endswith(f"(by /u/{ME})")


@pytest.mark.parametrize(
    ("complaint", "error", "words"),
    [
        (["RATELIMIT", "Take a break for 9 minutes.", "ratelimit"], Refused, "9 minutes"),
        (["THREAD_LOCKED", "Comments are locked.", "parent"], Refused, "Comments are locked"),
        (["TOO_OLD", "that's a piece of history now", "parent"], Refused, "piece of history"),
        (["DELETED_COMMENT", "that comment has been deleted", "parent"], Refused, "not there"),
        (["DELETED_LINK", "the link has been deleted", "parent"], Refused, "not there any more"),
        (["NO_TEXT", "we need something here", "text"], Refused, "we need something here"),
        (["USER_REQUIRED", "Please log in to do that.", None], NotLoggedIn, "log in"),
        (["SUBREDDIT_NOTALLOWED", None, None], Refused, "SUBREDDIT_NOTALLOWED"),
    ],
)
def test_a_refusal_inside_200_is_told_in_reddits_words(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
    complaint: list[str],
    error: type[VigieError],
    words: str,
) -> None:
    server.complaint = complaint
    with pytest.raises(error, match=words):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    assert server.published == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said({"message": "Unauthorized", "error": 401}, 401), NotLoggedIn),
        (
            said(
                {"message": "Forbidden", "error": 403},
                403,
                **{"www-authenticate": 'Bearer realm="reddit", error="insufficient_scope"'},
            ),
            NotLoggedIn,
        ),
        (said({"message": "Forbidden", "reason": "private", "error": 403}, 403), Refused),
        (said({"message": "Forbidden", "error": 403}, 403), Refused),
        (said({"message": "Bad Request", "explanation": "Not in your title."}, 400), Refused),
        (said({"message": "Too Many Requests", "error": 429}, 429), Refused),
        (Reply(429, {"Content-Type": "text/html"}, b"<html>whoa there, pardner!"), Refused),
        (Reply(503, {"Content-Type": "text/html"}, b"<html>Our CDN was unable"), NoAnswer),
        (Reply(200, {}, b"<html>Please wait</html>"), NoAnswer),
        (said({"json": {"errors": [], "data": {"things": []}}}), NoAnswer),
        (said([]), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
    answer: Reply,
    error: type[VigieError],
) -> None:
    def before(_request: Request) -> Reply:
        return answer

    server.before = before
    sending = make("Bonjour", reply_to)
    with pytest.raises(error):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


@pytest.mark.parametrize("way", ["lose_answers", "silent"])
def test_a_reply_without_an_answer_is_found_and_not_sent_twice(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
    way: str,
) -> None:
    setattr(server, way, True)
    sending = make("Bonjour", reply_to, attempted_at=now)
    with pytest.raises(NoAnswer):
        NETWORK.send(login, sending, http, now, cancel)
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert [one["name"] for one in server.published] == [found.native_id]


@pytest.mark.parametrize(
    "changed",
    [
        {"author": "[deleted]", "selftext": "[deleted]"},
        {"selftext": "[removed]"},
        {"removed_by_category": "moderator"},
    ],
)
def test_a_post_that_is_gone_gets_no_reply(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    changed: dict[str, Any],
) -> None:
    reply_to = json.dumps({"name": server.add_post(**changed)["name"]})
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    server.things.clear()
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    assert server.asked("/api/comment") == []


def test_what_is_not_ours_is_not_found(
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    sending = make("Bonjour", reply_to)
    server.add_comment(1, "t3_1k0002", ME, "Bonjour")  # to somebody else
    server.add_comment(2, "t3_1k0001", ME, "Bonsoir")
    server.add_comment(3, "t3_1k0001", ME, "Bonjour", created_utc=now.timestamp() - 86_400)
    assert NETWORK.find(login, sending, http, now, cancel) is None
    too_soon = make("Bonjour", reply_to, attempted_at=now)
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, too_soon, http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said({"message": "Unauthorized", "error": 401}, 401), NotLoggedIn),
        (said({"message": "Forbidden", "error": 403}, 403), NoAnswer),
        (Reply(502, {}, b"<html>"), NoAnswer),
        (Reply(200, {}, b"<html>"), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_own_comments_that_cannot_be_read_tell_nothing(
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
    answer: Reply,
    error: type[VigieError],
) -> None:
    loopback.add(f"/oauth.reddit.com/user/{ME}/comments", answer)
    with pytest.raises(error):
        NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel)


@pytest.mark.parametrize("reply_to", ["", "[]", "{}", '{"name": "t4_x"}', '{"name": "t3_a&b"}'])
def test_what_says_nothing_cannot_be_answered(
    login: Login, http: HttpClient, now: datetime, cancel: CancelToken, make: Make, reply_to: str
) -> None:
    with pytest.raises(Refused):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)


def test_length_is_counted_in_letters(login: Login) -> None:
    post = Post("t3_a", "", "", "")
    assert NETWORK.limits(login.account, post, "é" * 10_000).fits
    assert not NETWORK.limits(login.account, post, "é" * 10_001).fits


# -- what Reddit itself once answered -------------------------------------------------------------
def test_recorded_replies(
    shared: Path,
    loopback: LoopbackServer,
    server: RedditServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sent: dict[str, str] = {}
    unknown = 0
    for request, response in recorded(shared, f"POST {API}/api/comment"):
        asked = dict(parse_qsl(request["body"] if isinstance(request["body"], str) else ""))
        name = asked.get("thing_id") or "t3_4b1tfm"
        parent = {"name": name, "author": "lea", "selftext": "x"}
        loopback.add("/oauth.reddit.com/api/info", said(listing([parent])))
        server.before = lambda _request, told=response: replied(told)  # type: ignore[misc]
        try:
            done = NETWORK.send(login, make("x", json.dumps({"name": name})), http, now, cancel)
            sent[done.native_id] = done.url
        except NoAnswer:
            unknown += 1
    # Reddit showed nothing of two that it had published.
    assert sent == {
        "t1_d1680wu": "https://www.reddit.com/comments/4b1tfm/_/d1680wu/",
        "t1_d162ara": "https://www.reddit.com/comments/4b1tfm/_/d162ara/",
    }
    assert unknown == 2
