"""Every recorded answer of a Mastodon server to a call we make, through our code. Skips without them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.networks import mastodon_send
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.mastodon import NETWORK
from tests.support.loopback import LoopbackServer, Reply
from tests.support.mastodon_statuses import ME, TOKEN, MastodonStatuses
from tests.unit.networks.conftest import Make

HOST = "mastodon.example"
LOGIN = Login(Account(1, "mastodon", HOST, f"marque@{HOST}"), {"token": TOKEN, "id": ME})


def recorded(shared: Path, method: str, path: str) -> Iterator[tuple[int, Any]]:
    """Status and JSON of every recorded answer to this method and path (a pattern)."""
    for file in sorted((shared / "fixtures/mastodon/api").glob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            asked = one["request"]
            if asked["method"] == method and re.fullmatch(path, urlsplit(asked["uri"]).path):
                yield one["response"]["status"]["code"], one["response"].get("json")


def reply(code: int, told: Any) -> Reply:
    return Reply(code, {"Content-Type": "application/json"}, json.dumps(told).encode())


def test_published_statuses_and_refusals(
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    shared: Path,
) -> None:
    server = MastodonStatuses(loopback, HOST)
    sending = make("Bonjour", server.add_parent(server=HOST))
    published = refused = 0
    for code, told in recorded(shared, "POST", "/api/v1/statuses"):
        loopback.add(f"/{HOST}/api/v1/statuses", reply(code, told))
        if code == 200:
            sent = mastodon_send.send(LOGIN, sending, http, now, cancel)
            assert sent.native_id == (told.get("uri") or told["id"])
            published += 1
        else:
            with pytest.raises(Refused) as caught:
                mastodon_send.send(LOGIN, sending, http, now, cancel)
            assert told["error"] in str(caught.value.title)
            refused += 1
    assert published > 100
    assert refused == 3


def test_own_posts_are_looked_through(
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    shared: Path,
) -> None:
    server = MastodonStatuses(loopback, HOST)
    target = server.add_parent(server=HOST)
    found = 0
    for code, told in recorded(shared, "GET", r"/api/v1/accounts/\d+/statuses"):
        for status in told:
            pages = iter([reply(code, told)])
            loopback.add(
                f"/{HOST}/api/v1/accounts/{ME}/statuses",
                lambda _, pages=pages: next(pages, reply(200, [])),  # type: ignore[misc]  # bound now
            )
            words = re.sub("<[^>]+>", "", status["content"])
            sending = make(words, target, attempted_at=now - timedelta(days=3650))
            sent = mastodon_send.find(LOGIN, sending, http, now, cancel)
            assert sent is not None
            same = [one["uri"] for one in told if one["content"] == status["content"]]
            assert sent.native_id in same
            found += 1
    assert found > 10


def test_a_parent_as_recorded(
    loopback: LoopbackServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    shared: Path,
) -> None:
    server = MastodonStatuses(loopback, HOST)
    target = server.add_parent(server=HOST)
    seen = set()
    for code, told in recorded(shared, "GET", r"/api/v1/statuses/\d+"):
        loopback.add(f"/{HOST}/api/v1/statuses/10", reply(code, told))
        seen.add(code)
        if code == 404:
            with pytest.raises(Refused):
                mastodon_send.send(LOGIN, make("Bonjour", target), http, now, cancel)
            continue
        mastodon_send.send(LOGIN, make("Bonjour", target, key=told["id"]), http, now, cancel)
        asked = server.published[-1]["asked"]
        assert asked["in_reply_to_id"] == told["id"]
        assert asked["visibility"] == told["visibility"]
        assert asked["status"] == f"@{told['account']['acct']} Bonjour"
    assert seen == {200, 404}


def test_the_servers_rules(
    loopback: LoopbackServer, http: HttpClient, cancel: CancelToken, shared: Path
) -> None:
    answers = list(recorded(shared, "GET", "/api/v2/instance/?"))
    assert answers
    for code, told in answers:
        loopback.add(f"/{HOST}/api/v2/instance", reply(code, told))
        assert mastodon_send.rules(LOGIN, http, cancel) == {"most": 500, "link": 23}


def test_a_login_as_recorded(
    loopback: LoopbackServer, http: HttpClient, now: datetime, cancel: CancelToken, shared: Path
) -> None:
    (_, app), *_ = recorded(shared, "POST", "/api/v1/apps")
    (_, token), *_ = recorded(shared, "POST", "/oauth/token")
    (_, me), *_ = recorded(shared, "GET", "/api/v1/accounts/verify_credentials")
    loopback.add(f"/{HOST}/api/v1/apps", reply(200, app))
    loopback.add(f"/{HOST}/oauth/token", reply(200, token))
    loopback.add(f"/{HOST}/api/v1/accounts/verify_credentials", reply(200, me))
    door = NETWORK.open({"server": HOST}, "http://127.0.0.1:9/back", http, cancel)
    assert door.kept["client_id"] == app["client_id"]
    back = {"code": "c", "state": door.kept["state"]}
    login = NETWORK.enter({"server": HOST}, back, door.kept, http, now, cancel)
    assert login.account.handle == f"{me['username']}@{HOST}"
    assert (login.secret["token"], login.secret["id"]) == (token["access_token"], me["id"])
    assert {"read:search", "read:notifications"} <= set(login.account.scopes)
    ((code, refused), *_) = recorded(shared, "GET", "/api/v1/timelines/home")
    loopback.add(f"/{HOST}/api/v1/accounts/verify_credentials", reply(code, refused))
    with pytest.raises(NotLoggedIn):
        NETWORK.enter({"server": HOST}, back, door.kept, http, now, cancel)
