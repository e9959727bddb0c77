"""Logging in at a Mastodon server: the way that works, and every way in which it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.model.account import Account, Login
from monitor.networks.base import Door, NotLoggedIn
from monitor.networks.mastodon import NETWORK, SCOPES
from monitor.networks.registry import networks
from monitor.networks.server_host import server_host
from tests.support.loopback import LoopbackServer, Reply, nonsense, redirect
from tests.support.mastodon_auth import answer, page, refused
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.networks import Networks, RedirectedClient

BACK = "http://127.0.0.1:9/back"
NOW = datetime(2026, 8, 1, 10, tzinfo=UTC)
APPS, TOKEN, REVOKE = "/api/v1/apps", "/oauth/token", "/oauth/revoke"
VERIFY = "/api/v1/accounts/verify_credentials"


@pytest.fixture
def served(loopback: LoopbackServer) -> MastodonServer:
    return MastodonServer(loopback)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[RedirectedClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


def opened(http: RedirectedClient, server: str = HOST) -> Door:
    return NETWORK.open({"server": server}, BACK, http, CancelToken())


def entered(http: RedirectedClient, door: Door, back: Mapping[str, str]) -> Login:
    return NETWORK.enter({"server": HOST}, back, door.kept, http, NOW, CancelToken())


def agreed(served: MastodonServer, door: Door) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(served.auth.authorize(door.url)).query))


def logged_in(served: MastodonServer, http: RedirectedClient) -> Login:
    door = opened(http)
    return entered(http, door, agreed(served, door))


def test_it_is_found() -> None:
    assert networks()["mastodon"] is NETWORK


def test_a_login_has_the_account_and_what_opens_it(
    served: MastodonServer, http: RedirectedClient
) -> None:
    login = logged_in(served, http)
    assert login.account == Account(
        0,
        "mastodon",
        HOST,
        f"ann@{HOST}",
        name="Ann Example",
        url=f"https://{HOST}/@ann",
        scopes=SCOPES,
    )
    assert set(login.secret) == {"token", "client_id", "client_secret", "id"}
    assert login.secret["id"] == "1001"
    assert not served.auth.tokens[login.secret["token"]].revoked
    assert login.secret["token"] not in repr(login)
    assert NETWORK.renew(login, http, NOW, CancelToken()) is login


def test_the_address_asks_for_what_is_needed_and_hides_the_rest(
    served: MastodonServer, http: RedirectedClient
) -> None:
    door = opened(http)
    asked = dict(parse_qsl(urlsplit(door.url).query))
    assert door.url.startswith(f"https://{HOST}/oauth/authorize?")
    assert asked["scope"].split() == list(SCOPES)
    assert asked["code_challenge_method"] == "S256"
    assert door.kept["verifier"] not in door.url
    assert door.kept["client_secret"] not in door.url
    assert door.kept["verifier"] not in repr(door)


def test_leaving_revokes_and_never_fails(served: MastodonServer, http: RedirectedClient) -> None:
    login = logged_in(served, http)
    NETWORK.leave(login, http, CancelToken())
    assert served.auth.tokens[login.secret["token"]].revoked
    NETWORK.leave(login, http, CancelToken())
    served.serve("POST", REVOKE, nonsense())
    NETWORK.leave(login, http, CancelToken())


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ({}, "does not belong to this login"),
        ({"code": "x"}, "does not belong to this login"),
        ({"code": "x", "state": "other"}, "does not belong to this login"),
        ({"error": "access_denied", "state": "STATE"}, "did not agree"),
        ({"error": "server_error", "error_description": "Sorry.", "state": "STATE"}, "Sorry."),
        ({"state": "STATE"}, "let nobody in"),
    ],
)
def test_what_comes_back_wrong_is_no_login(
    served: MastodonServer, http: RedirectedClient, back: Mapping[str, str], words: str
) -> None:
    door = opened(http)
    told = {key: door.kept["state"] if value == "STATE" else value for key, value in back.items()}
    with pytest.raises(NotLoggedIn, match=words):
        entered(http, door, told)
    assert not served.asked(TOKEN)


def test_a_refusal_in_the_browser_is_no_login(
    served: MastodonServer, http: RedirectedClient
) -> None:
    served.auth.denies = True
    with pytest.raises(NotLoggedIn, match="did not agree"):
        logged_in(served, http)


def test_a_wrong_an_expired_and_a_used_code_are_no_login(
    served: MastodonServer, http: RedirectedClient
) -> None:
    door = opened(http)
    back = agreed(served, door)
    with pytest.raises(NotLoggedIn, match="grant is invalid"):
        entered(http, door, {**back, "code": "wrong"})
    entered(http, door, back)
    with pytest.raises(NotLoggedIn, match="grant is invalid"):
        entered(http, door, back)
    late = agreed(served, door)
    served.auth.codes[late["code"]].expired = True
    with pytest.raises(NotLoggedIn, match="expired"):
        entered(http, door, late)


def test_a_code_that_somebody_else_asked_for_is_no_login(
    served: MastodonServer, http: RedirectedClient
) -> None:
    """What PKCE is for: the code was stolen on its way, the verifier was not."""
    mine, theirs = opened(http), opened(http)
    stolen = agreed(served, theirs)
    kept = {**mine.kept, "client_id": theirs.kept["client_id"]}
    kept["client_secret"] = theirs.kept["client_secret"]
    door = Door(mine.url, kept)
    with pytest.raises(NotLoggedIn, match="grant is invalid"):
        entered(http, door, {**stolen, "state": mine.kept["state"]})


def test_fewer_rights_are_no_login_and_are_given_back(
    served: MastodonServer, http: RedirectedClient
) -> None:
    served.auth.withheld = frozenset({"write:statuses", "read:search"})
    with pytest.raises(NotLoggedIn) as caught:
        logged_in(served, http)
    assert "read:search, write:statuses" in caught.value.message.render()
    assert all(token.revoked for token in served.auth.tokens.values())


def test_rights_that_hold_others_are_enough(served: MastodonServer, http: RedirectedClient) -> None:
    granted = {"access_token": served.auth.new_token("read", "write"), "scope": "read write"}
    served.serve("POST", TOKEN, answer(granted))
    assert set(SCOPES) <= set(logged_in(served, http).account.scopes)


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (page(404), BadInput, "no Mastodon server"),
        (page(200), BadInput, "no Mastodon server"),
        (answer([]), BadInput, "no Mastodon server"),
        (answer({"client_id": 7, "client_secret": None}), BadInput, "no Mastodon server"),
        (redirect("https://elsewhere.example/"), BadInput, "no Mastodon server"),
        (refused(403, "Registrations are closed"), NotLoggedIn, "Registrations are closed"),
        (page(502), SourceError, "out of order"),
        (refused(429, "Too many requests"), SourceError, "no more requests"),
        (nonsense(), SourceError, "broke off"),
        (Reply(body=b"x" * 2_000_000), SourceError, "larger"),
    ],
)
def test_a_server_that_registers_nobody(
    served: MastodonServer,
    http: RedirectedClient,
    reply: Reply,
    error: type[VigieError],
    words: str,
) -> None:
    served.serve("POST", APPS, reply)
    with pytest.raises(error, match=words):
        opened(http)
    assert len(served.asked(APPS)) == 1


@pytest.mark.parametrize(
    ("path", "reply", "error", "words"),
    [
        (TOKEN, page(502), SourceError, "out of order"),
        (TOKEN, page(200), NotLoggedIn, r"refused the login \(200\)"),
        (TOKEN, answer({"access_token": ["x"]}), NotLoggedIn, "refused the login"),
        (VERIFY, page(503), SourceError, "out of order"),
        (VERIFY, refused(401, "The access token was revoked"), NotLoggedIn, "was revoked"),
        (VERIFY, refused(403, "Your login is currently disabled"), NotLoggedIn, "disabled"),
        (VERIFY, answer({"username": {}}), NotLoggedIn, "refused the login"),
        (VERIFY, answer([1]), NotLoggedIn, "refused the login"),
        (VERIFY, redirect("http://127.0.0.1:9/"), SourceError, "."),
    ],
)
def test_a_server_that_fails_half_way(
    served: MastodonServer,
    http: RedirectedClient,
    path: str,
    reply: Reply,
    error: type[VigieError],
    words: str,
) -> None:
    if path == VERIFY:
        served._server.add(f"/{HOST}{VERIFY}", reply)
    else:
        served.serve("POST", path, reply)
    with pytest.raises(error, match=words):
        logged_in(served, http)
    assert all(token.revoked for token in served.auth.tokens.values())


def test_a_page_of_the_account_that_is_no_link_is_made_anew(
    served: MastodonServer, http: RedirectedClient
) -> None:
    me = {"id": "7", "username": "ann", "url": "javascript:alert(1)", "display_name": " "}
    served.serve("GET", VERIFY, answer(me))
    account = logged_in(served, http).account
    assert (account.url, account.name) == (f"https://{HOST}/@ann", "ann")


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("social.example", "social.example"),
        (" Social.Example/ ", "social.example"),
        ("https://social.example/about?x", "social.example"),
        ("@ann@social.example", "social.example"),
        ("ann@social.example", "social.example"),
        ("https://social.example/@ann", "social.example"),
        ("social.example:8443", "social.example:8443"),
        ("café.example", "xn--caf-dma.example"),
    ],
)
def test_a_server_however_it_is_written(typed: str, host: str) -> None:
    assert server_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "@ann",
        "social",
        "http://social.example",
        "ftp://social.example",
        "a b.example",
        "social.example\\@evil",
        "https://[::1",
        "x" * 300 + ".example",
        "https://",
        "é" * 80 + ".fr",
    ],
)
def test_what_is_no_server(typed: str) -> None:
    with pytest.raises(BadInput, match="not the address of a server"):
        server_host(typed)
