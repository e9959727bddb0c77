"""GitHub over loopback: whose a token is, what it may, when it ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.networks.base import NotLoggedIn
from monitor.networks.github import NETWORK
from tests.support.github_server import (
    CLASSIC,
    FINE,
    GitHubServer,
    Token,
    said,
    too_fast,
    used_up,
)
from tests.support.loopback import LoopbackServer, Reply


@pytest.fixture
def server(loopback: LoopbackServer) -> GitHubServer:
    return GitHubServer(loopback)


@pytest.fixture
def login(server: GitHubServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return entered(CLASSIC, http, now, cancel)


def entered(token: str, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter({"token": f" {token}\n"}, {}, {}, http, now, cancel)


def test_a_token_says_whose_it_is_and_when_it_ends(
    server: GitHubServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    login = entered(FINE, http, now, cancel)
    account = login.account
    assert (account.handle, account.name, account.label) == ("Marque", "La Marque", "Marque")
    assert account.url == "https://github.com/Marque"
    assert account.expires_at == datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert FINE not in repr(login)
    assert NETWORK.renew(login, http, now, cancel, refused=True) is login
    classic = entered(CLASSIC, http, now, cancel).account
    assert (classic.expires_at, classic.scopes) == (None, ("repo",))


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ("2026-12-01 12:00:00 UTC", datetime(2026, 12, 1, 12, tzinfo=UTC)),
        ("2026-12-01 12:00:00 -0700", datetime(2026, 12, 1, 19, tzinfo=UTC)),
        ("2026-12-01 12:00:00 +0200", datetime(2026, 12, 1, 10, tzinfo=UTC)),
        ("never", None),
        ("9999-12-31 23:59:59 -1400", None),
    ],
)
def test_the_end_of_a_token_is_read_as_github_writes_it(
    server: GitHubServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    told: str,
    ends: datetime | None,
) -> None:
    server.tokens[FINE] = Token(None, ends=told)
    assert entered(FINE, http, now, cancel).account.expires_at == ends


@pytest.mark.parametrize(
    ("token", "error", "words"),
    [
        ("", BadInput, "not a token"),
        ("short", BadInput, "not a token"),
        ("github_pat_with space and more", BadInput, "not a token"),
        ("ghp_é" + "a" * 30, BadInput, "not a token"),
        ("ghp_" + "wrong" * 8, NotLoggedIn, "Bad credentials"),
        ("ghp_" + "readonly" * 4, NotLoggedIn, "lacks the right public_repo"),
        ("ghp_" + "nothing" * 4, NotLoggedIn, "lacks the right public_repo"),
    ],
)
def test_what_cannot_be_a_login_is_said(
    server: GitHubServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    token: str,
    error: type[Exception],
    words: str,
) -> None:
    server.tokens["ghp_" + "readonly" * 4] = Token("read:user, notifications")
    server.tokens["ghp_" + "nothing" * 4] = Token("")
    with pytest.raises(error, match=words) as caught:
        entered(token, http, now, cancel)
    assert not token or token not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (used_up(), "no more requests"),
        (too_fast(), "no more requests"),
        (said({}, 502), "out of order"),
        (Reply(200, {}, b"<html>"), "refused the login"),
    ],
)
def test_a_login_waits_where_github_is_busy(
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answer: Reply,
    words: str,
) -> None:
    loopback.add("/api.github.com/user", answer)
    with pytest.raises((SourceError, NotLoggedIn), match=words):
        entered(CLASSIC, http, now, cancel)


def test_leaving_ends_the_token(
    server: GitHubServer, login: Login, http: HttpClient, cancel: CancelToken
) -> None:
    NETWORK.leave(login, http, cancel)
    assert CLASSIC not in server.tokens
    assert FINE in server.tokens
