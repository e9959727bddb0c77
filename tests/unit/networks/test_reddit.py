"""Reddit over loopback: logging in with one's own program, replies, and every refusal of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import REDIRECT as REDIRECT_KEY
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.reddit import NETWORK, SCOPES
from monitor.networks.reddit_send import API
from tests.support.loopback import LoopbackServer, Reply, Request, nonsense, reset
from tests.support.reddit_server import CLIENT, ME, REDIRECT, WWW, RedditServer, listing, said
from tests.unit.networks.conftest import Make

ANSWERS = {"client_id": f" {CLIENT} ", REDIRECT_KEY: REDIRECT}
TOKENS = f"/{WWW}/api/v1/access_token"


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> RedditServer:
    return RedditServer(loopback, now)


def entered(server: RedditServer, http: HttpClient, now: datetime, **back: str) -> Login:
    door = NETWORK.open(ANSWERS, REDIRECT, http, CancelToken())
    brought = server.authorize(door.url) | back
    return NETWORK.enter(ANSWERS, brought, door.kept, http, now, CancelToken())


@pytest.fixture
def login(server: RedditServer, http: HttpClient, now: datetime) -> Login:
    return entered(server, http, now)


@pytest.fixture
def reply_to(server: RedditServer) -> str:
    return json.dumps({"name": server.add_post()["name"]})


# -- in and out -----------------------------------------------------------------------------------
def test_a_login_has_the_account_and_what_opens_it(login: Login, now: datetime) -> None:
    assert login.account == Account(
        0, "reddit", "", ME, name=ME, url=f"https://www.reddit.com/user/{ME}", scopes=SCOPES
    )
    assert set(login.secret) == {"client_id", "token", "refresh", "ends"}
    assert login.secret["ends"] == (now + timedelta(days=1)).isoformat()
    assert "SECRET" not in repr(login)


def test_the_question_goes_to_reddit_with_state_and_the_registered_address(
    http: HttpClient, cancel: CancelToken
) -> None:
    door = NETWORK.open(ANSWERS, REDIRECT, http, cancel)
    asked = dict(parse_qsl(urlsplit(door.url).query))
    assert door.url.startswith("https://www.reddit.com/api/v1/authorize?")
    assert asked["redirect_uri"] == REDIRECT
    assert asked["scope"].split() == list(SCOPES)
    assert asked["state"] == door.kept["state"]
    usual = [one.default for one in NETWORK.info.questions if one.key == REDIRECT_KEY]
    assert usual == [REDIRECT]


@pytest.mark.parametrize("typed", ["", "short", "a b c d e f", "https://www.reddit.com/prefs/apps"])
def test_what_cannot_be_a_client(http: HttpClient, cancel: CancelToken, typed: str) -> None:
    with pytest.raises(BadInput, match="not the id of a client"):
        NETWORK.open({"client_id": typed}, REDIRECT, http, cancel)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ({"state": "other"}, "does not belong to this login"),
        ({"code": "wrong"}, "invalid_grant"),
        ({"code": ""}, "refused the login"),
        ({"code": "", "error": "server_error"}, "server_error"),
    ],
)
def test_what_comes_back_wrong_is_no_login(
    server: RedditServer, http: HttpClient, now: datetime, back: dict[str, str], words: str
) -> None:
    with pytest.raises(NotLoggedIn, match=words):
        entered(server, http, now, **back)


def test_who_does_not_agree_is_not_in(
    server: RedditServer, http: HttpClient, now: datetime
) -> None:
    server.denies = True
    with pytest.raises(NotLoggedIn, match="did not agree"):
        entered(server, http, now)


def test_a_client_that_reddit_does_not_know_is_said(
    server: RedditServer, loopback: LoopbackServer, http: HttpClient, now: datetime
) -> None:
    loopback.add(TOKENS, said({"message": "Unauthorized", "error": 401}, 401))
    with pytest.raises(NotLoggedIn, match="does not know this client ID"):
        entered(server, http, now)


def test_fewer_rights_are_no_login_and_are_given_back(
    server: RedditServer, http: HttpClient, now: datetime
) -> None:
    server.withheld = frozenset({"submit", "history"})
    with pytest.raises(NotLoggedIn) as caught:
        entered(server, http, now)
    assert "history, submit" in str(caught.value.message)
    assert [grant.revoked for grant in server.grants] == [True]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Reply(502, {"Content-Type": "text/html"}, b"<html>"), SourceError),
        (said({"message": "Too Many Requests", "error": 429}, 429), SourceError),
        (nonsense(), SourceError),
        (Reply(200, {}, b"<html>whoa there, pardner!</html>"), NotLoggedIn),
        (said({"access_token": "x"}), NotLoggedIn),  # without one to renew it with
        (said({"access_token": ["x"], "refresh_token": "y"}), NotLoggedIn),
    ],
)
def test_a_network_that_gives_no_tokens(
    server: RedditServer,
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    answer: Reply,
    error: type[VigieError],
) -> None:
    loopback.add(TOKENS, answer)
    with pytest.raises(error):
        entered(server, http, now)


def test_a_token_is_renewed_before_it_ends_when_refused_and_only_then(
    server: RedditServer, login: Login, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    assert NETWORK.renew(login, http, now, cancel) is login
    later = now + timedelta(hours=23, minutes=56)
    fresh = NETWORK.renew(login, http, later, cancel)
    assert fresh.secret["token"] != login.secret["token"]
    assert fresh.secret["refresh"] == login.secret["refresh"]
    assert fresh.account == login.account
    asked = NETWORK.renew(fresh, http, now, cancel, refused=True)
    assert asked.secret["token"] != fresh.secret["token"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said({"message": "Bad Request", "error": 400}, 400), NotLoggedIn),
        (said({"error": "invalid_grant"}), NotLoggedIn),
        (said({"message": "Too Many Requests", "error": 429}, 429), SourceError),
        (Reply(503, {}, b"<html>"), SourceError),
        (Reply(200, {}, b"<html>"), SourceError),
        (reset(), SourceError),
    ],
)
def test_only_a_clear_no_ends_a_login(
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answer: Reply,
    error: type[VigieError],
) -> None:
    loopback.add(TOKENS, answer)
    with pytest.raises(error) as caught:
        NETWORK.renew(login, http, now + timedelta(days=2), cancel)
    assert "SECRET" not in str(caught.value)


def test_leaving_takes_the_permission_back_and_never_fails(
    server: RedditServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
) -> None:
    NETWORK.leave(login, http, cancel)
    assert [grant.revoked for grant in server.grants] == [True]
    with pytest.raises(NotLoggedIn):
        NETWORK.renew(login, http, now, cancel, refused=True)
    loopback.add(f"/{WWW}/api/v1/revoke_token", nonsense())
    NETWORK.leave(login, http, cancel)


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
def recorded(shared: Path, wanted: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Request and response of every recording whose method and address hold the words."""
    for file in sorted((shared / "fixtures" / "reddit").rglob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            if wanted in f"{one['request']['method']} {one['request']['uri']}":
                yield one["request"], one["response"]


def replied(response: dict[str, Any]) -> Reply:
    body = response.get("json")
    content = json.dumps(body) if body is not None else response.get("text", "")
    status = response["status"]
    return Reply(status["code"] if isinstance(status, dict) else status, {}, content.encode())


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


def test_recorded_tokens_and_a_token_refused(
    shared: Path,
    loopback: LoopbackServer,
    server: RedditServer,
    http: HttpClient,
    now: datetime,
) -> None:
    for_a_code = [
        one
        for request, one in recorded(shared, "access_token")
        if "authorization_code" in str(request["body"])
    ]
    assert for_a_code
    for response in for_a_code:
        loopback.add(TOKENS, replied(response))
        with pytest.raises(NotLoggedIn) as caught:  # it was agreed to "submit" alone
            entered(server, http, now)
        assert "history, identity, privatemessages, read" in str(caught.value.message)
    granted = {"access_token": "t", "refresh_token": "r", "scope": "*"}
    ((_, refused),) = recorded(shared, f"{API}/api/v1/me")
    loopback.add(TOKENS, said(granted))
    loopback.add("/oauth.reddit.com/api/v1/me", replied(refused))
    with pytest.raises(NotLoggedIn, match="Unauthorized"):
        entered(server, http, now)
