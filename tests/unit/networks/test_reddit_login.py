"""Reddit over loopback: logging in with one's own program, and every way in which it does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.networks.base import REDIRECT as REDIRECT_KEY
from monitor.networks.base import NotLoggedIn
from monitor.networks.reddit import NETWORK, SCOPES
from monitor.networks.reddit_send import API
from tests.support.loopback import LoopbackServer, Reply, nonsense, reset
from tests.support.reddit_recordings import recorded, replied
from tests.support.reddit_server import CLIENT, ME, REDIRECT, WWW, RedditServer, said

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
