"""Lemmy over loopback, in both versions: logging in with a second factor, and what keeps one out."""

from __future__ import annotations

from datetime import datetime

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.networks.base import NotLoggedIn
from monitor.networks.lemmy import NETWORK
from tests.support.lemmy_server import HOST, PASSWORD, LemmyServer, said, wrong
from tests.support.loopback import LoopbackServer, Reply

ANSWERS = {"server": f"https://{HOST}/c/france", "name": " @marque ", "password": PASSWORD}


@pytest.fixture(params=["v3", "v4"])
def server(loopback: LoopbackServer, request: pytest.FixtureRequest) -> LemmyServer:
    version = "0.19.11" if request.param == "v3" else "1.0.0-beta.1"
    return LemmyServer(loopback, request.param, version)


@pytest.fixture
def login(server: LemmyServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)


def test_a_login_holds_no_password(login: Login, server: LemmyServer) -> None:
    account = login.account
    assert (account.handle, account.server) == (f"marque@{HOST}", HOST)
    assert account.label == f"marque@{HOST}"
    assert (account.name, account.url) == ("La Marque", f"https://{HOST}/u/marque")
    assert account.expires_at is None
    assert login.secret["api"] == server.api
    assert PASSWORD not in str(login.secret)
    assert login.secret["jwt"] not in repr(login)


@pytest.mark.parametrize(
    ("answers", "code", "state", "error", "words"),
    [
        ({"password": "wrong"}, "", "", NotLoggedIn, "does not know this name"),
        ({"name": "nobody"}, "", "", NotLoggedIn, "does not know this name"),
        ({}, "123456", "", NotLoggedIn, "asks for a second factor"),
        ({"code": "000000"}, "123456", "", NotLoggedIn, "check the clocks"),
        ({}, "", "email_not_verified", NotLoggedIn, "was not confirmed"),
        ({}, "", "registration_application_is_pending", NotLoggedIn, "have not let"),
        ({}, "", "site_ban", NotLoggedIn, "site_ban"),
        ({}, "", "rate_limit_error", SourceError, "no more requests"),
        ({"server": "not a server"}, "", "", BadInput, "not the address"),
        ({"server": "http://lemmy.example"}, "", "", BadInput, "not the address"),
        ({"server": "example.org"}, "", "", BadInput, "no Lemmy server"),
    ],
)
def test_what_cannot_be_a_login_is_said(
    server: LemmyServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answers: dict[str, str],
    code: str,
    state: str,
    error: type[Exception],
    words: str,
) -> None:
    server.code, server.state = code, state
    with pytest.raises(error, match=words) as caught:
        NETWORK.enter(ANSWERS | answers, {}, {}, http, now, cancel)
    assert PASSWORD not in str(caught.value)


def test_the_second_factor_opens(
    server: LemmyServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.code = "123456"
    login = NETWORK.enter(ANSWERS | {"code": "123 456"}, {}, {}, http, now, cancel)
    assert login.secret["jwt"] in server.jwts


@pytest.mark.parametrize("name", [f"marque@{HOST}", "marque@mail.example"])
def test_the_name_may_be_written_in_full(
    server: LemmyServer, http: HttpClient, now: datetime, cancel: CancelToken, name: str
) -> None:
    login = NETWORK.enter(ANSWERS | {"name": name}, {}, {}, http, now, cancel)
    assert login.account.handle == f"marque@{HOST}"


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Reply(200, {}, b"<html>A blog</html>"), BadInput, "no Lemmy server"),
        (said([1]), BadInput, "no Lemmy server"),
        (said({"version": "0.18.5"}), BadInput, "0.18.5"),
        (said({"version": "0.9.1"}), BadInput, "0.9.1"),
        (Reply(403, {}, b"<html>Cloudflare</html>"), BadInput, "no Lemmy server"),
        (Reply(502, {}, b"<html>"), SourceError, "out of order"),
        (said({"error": "rate_limit_error"}, 429), SourceError, "no more requests"),
        (wrong("rate_limit_error"), SourceError, "no more requests"),
    ],
)
def test_what_is_no_server_is_said(
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answer: Reply,
    error: type[Exception],
    words: str,
) -> None:
    loopback.add(f"/{HOST}/api/v3/site", answer)
    with pytest.raises(error, match=words):
        NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)
    assert not [one for one in loopback.requests if one.method == "POST"]


def test_leaving_ends_the_login(
    server: LemmyServer, login: Login, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    assert NETWORK.renew(login, http, now, cancel, refused=True) is login
    NETWORK.leave(login, http, cancel)
    assert server.jwts == set()
