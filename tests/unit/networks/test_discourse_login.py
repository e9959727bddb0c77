"""A Discourse forum over loopback: the code that is pasted, and what is none."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.paste_page import FIELD
from monitor.model.account import Login
from monitor.networks.base import Door, NotLoggedIn
from monitor.networks.discourse import NETWORK
from tests.support.discourse_server import (
    HOST,
    DiscourseServer,
    too_often,
)
from tests.support.loopback import LoopbackServer, Reply, redirect

BACK = "http://127.0.0.1:9/way"


@pytest.fixture
def server(loopback: LoopbackServer) -> DiscourseServer:
    return DiscourseServer(loopback)


def opened(http: HttpClient, cancel: CancelToken, server: str = HOST) -> tuple[Door, str]:
    """The door, and the forum's page that our own page links to."""
    door = NETWORK.open({"server": server}, BACK, http, cancel)
    assert door.url.startswith(f"{BACK}/paste?")
    return door, parse_qs(urlsplit(door.url).query)["to"][0]


@pytest.fixture
def login(server: DiscourseServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    door, url = opened(http, cancel, f"https://{HOST.upper()}/latest")
    back = {FIELD: f"\n {server.approve(url)} "}
    return NETWORK.enter({}, back, door.kept, http, now, cancel)


def test_the_code_that_the_forum_shows_is_a_login(login: Login, now: datetime) -> None:
    account = login.account
    assert (account.handle, account.server) == ("marque", HOST)
    assert account.label == f"marque@{HOST}"
    assert (account.name, account.url) == ("La Marque", f"https://{HOST}/u/marque")
    assert account.expires_at == now + timedelta(days=180)
    assert login.secret["key"] not in repr(login)


def test_the_page_of_the_forum_gets_no_secret(
    server: DiscourseServer, http: HttpClient, cancel: CancelToken
) -> None:
    door, url = opened(http, cancel)
    asked = parse_qs(urlsplit(url).query)
    assert set(asked) == {"application_name", "client_id", "scopes", "public_key", "nonce"}
    assert door.kept["private"] not in url
    assert door.kept["private"] not in repr(door)
    other, _ = opened(http, cancel)
    assert other.kept["private"] != door.kept["private"]


def test_what_is_pasted_must_answer_this_very_login(
    server: DiscourseServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    door, url = opened(http, cancel)
    good = server.approve(url)
    _, other = opened(http, cancel)
    replayed = dict(door.kept) | {"nonce": "another"}
    for pasted, kept in (
        ("", door.kept),
        ("no base64!", door.kept),
        (base64.b64encode(b"x" * 256).decode(), door.kept),
        (good[:200], door.kept),
        (server.approve(other), door.kept),
        (good, replayed),
    ):
        with pytest.raises(NotLoggedIn, match="not the code"):
            NETWORK.enter({}, {FIELD: pasted}, kept, http, now, cancel)
    assert NETWORK.enter({}, {FIELD: good}, door.kept, http, now, cancel).account.handle == "marque"


def test_a_key_that_was_taken_back_at_once_is_no_login(
    server: DiscourseServer, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    door, url = opened(http, cancel)
    good = server.approve(url)
    server.keys.clear()
    with pytest.raises(NotLoggedIn, match="not permitted"):
        NETWORK.enter({}, {FIELD: good}, door.kept, http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Reply(404, {}, b"<html>"), BadInput, "no Discourse forum"),
        (Reply(200, {}, b""), BadInput, "no Discourse forum"),
        (
            redirect("https://www.forum.example/user-api-key/new", 301),
            BadInput,
            "www.forum.example",
        ),
        (redirect("/login"), BadInput, "no Discourse forum"),
        (redirect("http://["), BadInput, "no Discourse forum"),
        (Reply(403, {}, b"<html>Cloudflare</html>"), BadInput, "no Discourse forum"),
        (Reply(503), SourceError, "out of order"),
        (too_often(), SourceError, "no more requests"),
    ],
)
def test_what_is_no_forum_is_said(
    loopback: LoopbackServer,
    http: HttpClient,
    cancel: CancelToken,
    answer: Reply,
    error: type[Exception],
    words: str,
) -> None:
    # HEAD has no body.
    loopback.add(f"/{HOST}/user-api-key/new", Reply(answer.status, answer.headers))
    with pytest.raises(error, match=words):
        opened(http, cancel)


def test_every_use_puts_the_end_off_once_a_day(
    login: Login, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    assert NETWORK.renew(login, http, now + timedelta(hours=3), cancel) is login
    later = NETWORK.renew(login, http, now + timedelta(days=30), cancel)
    assert later.account.expires_at == now + timedelta(days=210)
    assert later.secret == login.secret
    assert NETWORK.renew(login, http, now + timedelta(days=30), cancel, refused=True) is login


def test_leaving_takes_the_key_back(
    server: DiscourseServer, login: Login, http: HttpClient, cancel: CancelToken
) -> None:
    NETWORK.leave(login, http, cancel)
    assert server.keys == {}
