"""Bluesky over loopback: sessions, facets, replies under a key that was chosen before."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.bluesky import NETWORK
from monitor.networks.bluesky_facets import facets
from monitor.networks.tid import tid
from tests.support.bluesky_server import HANDLE, PARENT, PASSWORD, BlueskyServer
from tests.support.loopback import LoopbackServer, Reply, reset
from tests.support.mastodon_statuses import told
from tests.unit.networks.conftest import Make

ANSWERS = {"handle": f"@{HANDLE.upper()} ", "password": PASSWORD, "server": ""}


@pytest.fixture
def server(loopback: LoopbackServer, now: datetime) -> BlueskyServer:
    return BlueskyServer(loopback, now, pds="home.example")


@pytest.fixture
def login(server: BlueskyServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)


def test_a_login_holds_tokens_and_no_password(login: Login, now: datetime) -> None:
    assert (login.account.handle, login.account.server) == (HANDLE, "bsky.social")
    assert login.account.expires_at == (now + timedelta(days=90)).replace(microsecond=0)
    assert login.secret["pds"] == "https://home.example"
    assert PASSWORD not in str(login.secret)
    assert PASSWORD not in repr(login)


@pytest.mark.parametrize(
    "typed",
    [
        f"@{HANDLE}",
        f"https://bsky.app/profile/{HANDLE}",
        f"bsky.app/profile/{HANDLE}/",
        f" https://bsky.app/profile/{HANDLE}/post/3kabc?ref=x ",
    ],
)
def test_the_address_of_ones_page_is_a_handle_too(
    server: BlueskyServer, http: HttpClient, now: datetime, cancel: CancelToken, typed: str
) -> None:
    login = NETWORK.enter(ANSWERS | {"handle": typed}, {}, {}, http, now, cancel)
    assert login.account.handle == HANDLE


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:6379", "http://localhost", "ftp://x.example"]
)
def test_a_server_elsewhere_sends_us_to_nothing_on_this_computer(
    server: BlueskyServer, http: HttpClient, now: datetime, cancel: CancelToken, endpoint: str
) -> None:
    server.endpoint = endpoint
    login = NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)
    assert login.secret["pds"] == "https://bsky.social"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"password": "wrong"}, NotLoggedIn),
        ({"handle": "factor.example"}, NotLoggedIn),
        ({"handle": "lea"}, BadInput),
        ({"handle": "lea example.org"}, BadInput),
        ({"server": "http://bsky.social"}, BadInput),
        ({"server": "not a server"}, BadInput),
    ],
)
def test_what_cannot_be_a_login_is_said(
    server: BlueskyServer,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answers: dict[str, str],
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        NETWORK.enter(ANSWERS | answers, {}, {}, http, now, cancel)


def test_a_login_is_renewed_before_it_ends_and_only_then(
    server: BlueskyServer, login: Login, http: HttpClient, now: datetime, cancel: CancelToken
) -> None:
    assert NETWORK.renew(login, http, now, cancel) is login
    later = now + timedelta(minutes=115)
    fresh = NETWORK.renew(login, http, later, cancel)
    assert fresh.secret["refresh"] != login.secret["refresh"]
    server.revoked = True
    with pytest.raises(NotLoggedIn):
        NETWORK.renew(login, http, later, cancel)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(403, {"Content-Type": "text/html"}, b"<html>Request forbidden"),
        Reply(200, {}, b"<html>Please verify"),
        Reply(200, {}, b'{"did": "did:plc:ma'),
        Reply(502, {}, b"<html>Bad gateway"),
        reset(),
    ],
)
def test_only_a_clear_no_ends_a_login(
    server: BlueskyServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    answer: Reply,
) -> None:
    loopback.add(f"/{server.host}/xrpc/com.atproto.server.refreshSession", answer)
    with pytest.raises(SourceError):
        NETWORK.renew(login, http, now, cancel, refused=True)


def test_leaving_ends_the_session(
    server: BlueskyServer, login: Login, http: HttpClient, cancel: CancelToken
) -> None:
    NETWORK.leave(login, http, cancel)
    assert server.revoked


def test_a_reply_names_the_post_as_it_is_now(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sent = NETWORK.send(login, make("Bonjour", server.reply_to), http, now, cancel)
    ((key, record),) = server.records.items()
    own = {"uri": PARENT, "cid": "cid-now"}
    assert record["reply"] == {"root": own, "parent": own}
    assert record["langs"] == ["fr"]
    assert record["createdAt"].endswith("Z")
    assert sent.native_id.endswith(f"/{key}")
    assert sent.url == f"https://bsky.app/profile/did:plc:marque/post/{key}"


def test_a_reply_within_a_thread_keeps_its_root(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    root = {"uri": "at://did:plc:x/app.bsky.feed.post/3kroot", "cid": "cid-root"}
    server.posts[PARENT]["record"]["reply"] = {"root": root, "parent": root}
    NETWORK.send(login, make("Bonjour", server.reply_to), http, now, cancel)
    (record,) = server.records.values()
    assert record["reply"] == {"root": root, "parent": {"uri": PARENT, "cid": "cid-now"}}


def test_facets_count_bytes() -> None:
    words = (
        "Désolés 😢 @lea.example, voir (https://lumen.example/é?a=1). @nobody.example #panne 42 #7"
    )

    def did_of(handle: str) -> str:
        return {"lea.example": "did:plc:lea"}.get(handle, "")

    found = facets(words, did_of)
    cut: list[tuple[str, Any]] = [
        (
            words.encode()[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(),
            one["features"][0],
        )
        for one in found
    ]
    kind = "app.bsky.richtext.facet"
    assert cut == [
        ("@lea.example", {"$type": f"{kind}#mention", "did": "did:plc:lea"}),
        (
            "https://lumen.example/é?a=1",
            {"$type": f"{kind}#link", "uri": "https://lumen.example/é?a=1"},
        ),
        ("#panne", {"$type": f"{kind}#tag", "tag": "panne"}),
    ]


@pytest.mark.parametrize(
    ("words", "fits"), [("é" * 300, True), ("a" * 301, False), ("👨‍👩‍👧‍👦" * 130, False)]
)
def test_length_is_counted_in_graphemes_and_bytes(words: str, fits: bool) -> None:
    account = Account(1, "bluesky", "bsky.social", HANDLE)
    assert NETWORK.limits(account, Post("1", "", "", ""), words).fits is fits


def test_a_post_that_is_gone_or_closed_gets_no_reply(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.posts[PARENT]["viewer"] = {"replyDisabled": True}
    with pytest.raises(Refused):
        NETWORK.send(login, make("Bonjour", server.reply_to), http, now, cancel)
    server.posts.clear()
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", server.reply_to), http, now, cancel)
    assert server.records == {}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (told({"error": "ExpiredToken", "message": "Token has expired"}, 400), NotLoggedIn),
        (told({"error": "AuthMissing", "message": "Authentication Required"}, 401), NotLoggedIn),
        (
            told({"error": "InvalidRequest", "message": "Record/text must not be long"}, 400),
            Refused,
        ),
        (Reply(403, {}, b"<html>Request forbidden by administrative rules</html>"), Refused),
        (told({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429), Refused),
        (told({"error": "UpstreamFailure"}, 502), NoAnswer),
        (Reply(200, {}, b"<html>"), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    server.before = lambda _request: answer
    with pytest.raises(error):
        NETWORK.send(login, make("Bonjour", server.reply_to), http, now, cancel)
    assert NETWORK.find(login, make("Bonjour", server.reply_to), http, now, cancel) is None


def test_a_second_attempt_is_the_same_record(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.reply_to)
    first = NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.send(login, sending, http, now, cancel) == first
    assert NETWORK.find(login, sending, http, now, cancel) == first
    assert len(server.records) == 1


def test_just_after_the_attempt_nobody_knows(
    server: BlueskyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    with pytest.raises(NoAnswer):
        NETWORK.find(login, make("Bonjour", server.reply_to, attempted_at=now), http, now, cancel)


def test_a_record_key_is_a_tid_of_the_key(now: datetime) -> None:
    key = tid("key-1", now)
    assert re.fullmatch("[234567abcdefghij][234567a-z]{12}", key)
    assert key == tid("key-1", now)
    assert key != tid("key-2", now)
    assert key < tid("key-1", now + timedelta(milliseconds=1))


def test_recorded_sessions_and_handles_replay(
    loopback: LoopbackServer, http: HttpClient, now: datetime, cancel: CancelToken, shared: Path
) -> None:
    folder = shared / "fixtures/bluesky/marshalx/tests/test_atproto_client/models/test_data"
    identity = json.loads((folder / "did_doc.json").read_text("utf-8"))
    server = BlueskyServer(loopback, now)
    recorded = told({**server.session(), **identity})
    loopback.add("/bsky.social/xrpc/com.atproto.server.createSession", recorded)
    login = NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)
    (service,) = identity["didDoc"]["service"]
    assert login.account.handle == identity["handle"]
    assert (login.secret["did"], login.secret["pds"]) == (
        identity["did"],
        service["serviceEndpoint"],
    )
    handle = json.loads((folder / "resolve_handle.json").read_text("utf-8"))
    found = facets("Bonjour @bsky.app", lambda _: str(handle["did"]))
    assert found[0]["features"][0]["did"] == handle["did"]
