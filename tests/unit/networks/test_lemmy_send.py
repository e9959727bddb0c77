"""Lemmy over loopback, in both versions: posts of any server answered once, and found again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.model.voices import voices_of
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.lemmy import NETWORK
from monitor.sources.lemmy_post import post_of
from tests.support.lemmy_server import HOST, OTHER, PASSWORD, LemmyServer, said, wrong
from tests.support.loopback import LoopbackServer, Reply, redirect, reset
from tests.unit.networks.conftest import Make

ANSWERS = {"server": f"https://{HOST}/c/france", "name": " @marque ", "password": PASSWORD}


@pytest.fixture(params=["v3", "v4"])
def server(loopback: LoopbackServer, request: pytest.FixtureRequest) -> LemmyServer:
    version = "0.19.11" if request.param == "v3" else "1.0.0-beta.1"
    return LemmyServer(loopback, request.param, version)


@pytest.fixture
def login(server: LemmyServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter(ANSWERS, {}, {}, http, now, cancel)


def test_a_reply_is_published_once_and_found_again(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour **Léa**", server.add_comment("En panne"))
    sent = NETWORK.send(login, sending, http, now, cancel)
    parent, comment = server.comments
    assert (comment["content"], comment["path"]) == ("Bonjour **Léa**", f"0.{parent['id']}.101")
    assert (sent.native_id, sent.url) == (comment["ap_id"], comment["ap_id"])
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_a_post_is_answered_at_the_top(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.post_target())
    sent = NETWORK.send(login, sending, http, now, cancel)
    assert server.comments[0]["path"] == "0.100"
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_our_own_comment_comes_back_as_the_accounts_own(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.add_comment("En panne")
    above = post_of(server._view(server.comments[0]), HOST, {}, now)
    sent = NETWORK.send(login, make("Bonjour", above.reply_to), http, now, cancel)
    names = {str(server.comments[0]["id"]): above.native_id}
    own = post_of(server._view(server.comments[1]), HOST, names, now)
    assert (own.author.handle, own.author.url) == (login.account.handle, login.account.url)
    # Whichever server shows it.
    assert voices_of((login.account,)).include(own.author, "lemmy", OTHER)
    assert (own.native_id, own.url, own.parent_id) == (sent.native_id, sent.url, above.native_id)


@pytest.mark.parametrize("comment", [True, False])
def test_what_another_server_showed_is_answered_from_ours(
    server: LemmyServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    comment: bool,
) -> None:
    sending = make("Bonjour", server.add_elsewhere(comment))
    sent = NETWORK.send(login, sending, http, now, cancel)
    (published,) = server.comments
    assert published["post_id"] == 5
    assert published["path"].count(".") == (2 if comment else 1)
    assert NETWORK.find(login, sending, http, now, cancel) == sent
    assert not [one for one in loopback.requests if one.path.startswith(f"/{OTHER}")]


def test_what_our_server_cannot_find_gets_no_reply(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.add_elsewhere())
    server.elsewhere.clear()
    with pytest.raises(Refused, match="Your server cannot find the post"):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


@pytest.mark.parametrize("gone", ["deleted", "removed"])
def test_what_was_deleted_meanwhile_gets_no_reply(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    gone: str,
) -> None:
    here = server.add_comment("En panne")
    server.comments[0][gone] = True
    for reply_to in (
        here,
        server.add_elsewhere(**{gone: True}),
        json.dumps({"server": HOST, "post_id": "5", "parent_id": "999", "uri": ""}),
    ):
        with pytest.raises(Refused, match="not there any more"):
            NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    server.post[gone] = True
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", server.post_target()), http, now, cancel)
    assert len(server.comments) == 1


def test_a_locked_post_and_too_long_a_reply_are_refused(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    with pytest.raises(Refused, match="invalid_body_field"):
        NETWORK.send(login, make("a" * 10_001, server.post_target()), http, now, cancel)
    server.post["locked"] = True
    with pytest.raises(Refused, match="is locked"):
        NETWORK.send(login, make("Bonjour", server.post_target()), http, now, cancel)
    assert server.comments == []


def test_a_login_that_ended_is_said(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    here, there = server.add_comment("En panne"), server.add_elsewhere()
    server.jwts.clear()
    for reply_to in (here, there):
        with pytest.raises(NotLoggedIn):
            NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (wrong("not_logged_in"), NotLoggedIn),
        (wrong("incorrect_login", 401), NotLoggedIn),
        (wrong("site_ban"), NotLoggedIn),
        (wrong("rate_limit_error"), Refused),
        (said({"error": "too_many_requests"}, 429), Refused),
        (wrong("person_is_blocked"), Refused),
        (wrong("person_is_banned_from_community"), Refused),
        (wrong("language_not_allowed"), Refused),
        (wrong("couldnt_find_post", 404), Refused),
        (Reply(403, {}, b"<html>Cloudflare</html>"), Refused),
        (redirect("https://new.example/api/v3/comment", 301), Refused),
        (Reply(504, {}, b"<html>"), NoAnswer),
        (Reply(200, {}, b"<html>"), NoAnswer),
        (said({"comment_view": {}}), NoAnswer),
        (said([]), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    server.before = lambda _request: answer
    sending = make("Bonjour", server.add_comment("En panne"))
    with pytest.raises(error):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


@pytest.mark.parametrize("skew", [-50, 0, 50])
def test_a_lost_answer_is_looked_for_whatever_the_clocks_say(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    skew: int,
) -> None:
    server.clock = lambda: now + timedelta(minutes=skew)
    reply_to = server.add_comment("En panne")
    sending = make("Bonjour", reply_to)
    server.add_comment("Bonjour")  # somebody else
    server.add_comment("Bonjour", "marque")  # at the top
    server.add_comment("Bonjour", "marque", above="0.101")  # to somebody else
    server.add_comment("Bonsoir", "marque", above="0.100")
    assert NETWORK.find(login, sending, http, now, cancel) is None
    server.add_comment("Bonjour\n", "marque", above="0.100")
    for number in range(60):
        server.add_comment(f"Autre {number}", "marque")
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.native_id == server.comments[5]["ap_id"]


def test_a_reply_outlives_the_post_it_answers(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.add_comment("En panne"))
    sent = NETWORK.send(login, sending, http, now, cancel)
    server.comments[0]["deleted"] = True
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_where_too_much_happened_nobody_knows(
    server: LemmyServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    reply_to = server.add_comment("En panne")
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, make("Bonjour", reply_to, attempted_at=now), http, now, cancel)
    for number in range(260):
        server.add_comment(f"Autre {number}", "marque")
    with pytest.raises(NoAnswer, match="too many"):
        NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel)
    server.clock = lambda: now - timedelta(days=2)
    server.add_comment("Vieux", "marque")
    assert NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel) is None
    own = "/user" if server.api == "v3" else "/person/content"
    for answer in (Reply(500), wrong("rate_limit_error"), Reply(200, {}, b"<html>"), reset()):
        loopback.add(f"/{HOST}/api/{server.api}{own}", answer)
        with pytest.raises(NoAnswer):
            NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (wrong("rate_limit_error"), Refused),
        (Reply(502, {}, b"<html>"), SourceError),
        (Reply(200, {}, b"<html>"), SourceError),
        (said({"comment_view": {"comment": {"id": "../x"}, "creator": {}}}), SourceError),
        (reset(), SourceError),
    ],
)
def test_nothing_is_sent_while_what_is_answered_cannot_be_asked(
    server: LemmyServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    reply_to = server.add_comment("En panne")
    loopback.add(f"/{HOST}/api/{server.api}/comment", answer)
    with pytest.raises(error):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    assert len(server.comments) == 1


@pytest.mark.parametrize(
    "reply_to",
    ["", "[]", "{}", "[" * 5000, '{"server": 3}', '{"server": "x", "uri": "http://x/1"}'],
)
def test_what_says_nothing_cannot_be_answered(
    server: LemmyServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    with pytest.raises(Refused):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)


@pytest.mark.parametrize(("words", "fits"), [("👨‍👩‍👧‍👦" * 1428, True), ("é" * 10_001, False)])
def test_length_is_counted_in_code_points(login: Login, words: str, fits: bool) -> None:
    assert NETWORK.limits(login.account, Post("1", "", "", ""), words).fits is fits
