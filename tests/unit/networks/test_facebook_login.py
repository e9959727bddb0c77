"""Logging in to a Facebook Page over loopback: pasted tokens good and bad, what they allow, their ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.networks.base import NotLoggedIn
from monitor.networks.facebook import NETWORK
from monitor.networks.registry import networks
from tests.support.facebook_server import OF_A_PERSON, PAGE, SCOPES, TOKEN, FacebookServer
from tests.support.graph_server import APP_SECRET, error, told
from tests.support.loopback import LoopbackServer, Reply


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> FacebookServer:
    return FacebookServer(loopback, now)


@pytest.fixture
def login(server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)


def test_a_login_is_the_page(login: Login) -> None:
    assert networks()["facebook"] is NETWORK
    account = login.account
    assert (account.handle, account.name, account.label) == ("cafelumen", "Café Lumen", "cafelumen")
    assert account.url == "https://www.facebook.com/111"
    assert account.scopes == SCOPES
    assert account.expires_at is None
    assert login.secret == {"token": TOKEN, "id": PAGE, "host": "graph.facebook.com"}
    assert TOKEN not in repr(login)


def test_a_page_without_a_username_is_known_by_its_number(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    del server.things[PAGE]["username"]
    assert NETWORK.enter({"token": f" {TOKEN}\n"}, {}, {}, http, now, cancel).account.handle == PAGE


def test_the_first_of_two_ends_is_announced(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.tokens[TOKEN].data_ends = 1_800_000_000
    login = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert login.account.expires_at == datetime.fromtimestamp(1_800_000_000, UTC)
    server.tokens[TOKEN].ends = 1_790_000_000
    login = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert login.account.expires_at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert NETWORK.renew(login, http, now, cancel) is login
    assert NETWORK.renew(login, http, now, cancel, refused=True) is login


def test_where_meta_tells_nothing_of_the_token_it_is_taken_all_the_same(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.secretive = True
    account = NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel).account
    assert (account.handle, account.scopes, account.expires_at) == ("cafelumen", (), None)


@pytest.mark.parametrize(
    "typed", ["", "password", "EAAG with a space in the middle", "é" * 40, "EAAG" * 600, '"' * 30]
)
def test_what_is_no_token_is_said(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken, typed: str
) -> None:
    with pytest.raises(BadInput, match="not an access token"):
        NETWORK.enter({"token": typed}, {}, {}, http, now, cancel)
    assert server.calls == 0


@pytest.mark.parametrize(
    ("subcode", "words"),
    [
        (463, "expired"),
        (460, "password was changed"),
        (458, "app was taken off"),
        (467, "taken back"),
    ],
)
def test_a_token_that_ended_says_why(
    server: FacebookServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    subcode: int,
    words: str,
) -> None:
    server.tokens[TOKEN].ended = subcode
    with pytest.raises(NotLoggedIn, match=words) as caught:
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    assert "Make a new token" in str(caught.value.hint)


def test_a_wrong_token_is_not_repeated(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    typed = "EAAG-a-token-of-nobody-at-all"
    with pytest.raises(NotLoggedIn, match="Malformed") as caught:
        NETWORK.enter({"token": typed}, {}, {}, http, now, cancel)
    assert typed not in f"{caught.value} {caught.value.title} {caught.value.hint}"


def test_a_persons_token_is_not_the_pages(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    with pytest.raises(NotLoggedIn, match="a person's") as caught:
        NETWORK.enter({"token": OF_A_PERSON}, {}, {}, http, now, cancel)
    assert "me/accounts" in str(caught.value.hint)


def test_a_missing_right_is_named(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    token = server.tokens[TOKEN]
    token.scopes = SCOPES[:2]
    with pytest.raises(NotLoggedIn, match=r"lacks a permission: pages_manage_engagement\."):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    token.scopes = SCOPES
    token.granular = [{"scope": "pages_read_user_content", "target_ids": ["222"]}]
    with pytest.raises(NotLoggedIn, match=r"lacks a permission: pages_read_user_content\."):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
    token.granular[0]["target_ids"].append(PAGE)
    assert NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel).account.scopes == SCOPES


def test_an_app_that_asks_for_its_secret_gets_a_proof(
    server: FacebookServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    server.asks_proof = True
    for given in ({}, {"app_secret": "another"}):
        with pytest.raises(NotLoggedIn, match="asks for its secret"):
            NETWORK.enter({"token": TOKEN, **given}, {}, {}, http, now, cancel)
    login = NETWORK.enter({"token": TOKEN, "app_secret": APP_SECRET}, {}, {}, http, now, cancel)
    assert login.secret["app_secret"] == APP_SECRET
    assert all(APP_SECRET not in str(asked) for _, _, asked in server.asked)


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply(503, {}, b"<html>Sorry</html>"), SourceError, "out of order"),
        (Reply(429), SourceError, "no more requests"),
        (Reply(400, {}, b"<html>"), NotLoggedIn, "refused the login"),
        (Reply(200, {}, b"<html>a page</html>"), NotLoggedIn, "refused the login"),
        (error(4, "(#4) Application request limit reached"), SourceError, "no more requests"),
        (error(2, "Service temporarily unavailable", transient=True), SourceError, "out of order"),
        (told({"error": {"code": 190, "message": "x"}}), NotLoggedIn, "does not accept the token"),
        (told({"id": PAGE, "name": "no category"}), NotLoggedIn, "a person's"),
    ],
)
def test_odd_answers_to_a_login_are_sentences(
    server: FacebookServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    reply: Reply,
    kind: type[VigieError],
    words: str,
) -> None:
    server.before = lambda _request: reply
    with pytest.raises(kind, match=words):
        NETWORK.enter({"token": TOKEN}, {}, {}, http, now, cancel)
