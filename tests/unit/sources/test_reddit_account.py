"""Reddit with an account, over loopback: pages to the last seen post, edits, deletions, rights, limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.networks.reddit import NETWORK
from monitor.sources import reddit_inbox, reddit_search
from monitor.sources.base import AccountKind, FetchResult
from tests.support.loopback import LoopbackServer, Reply, redirect
from tests.support.networks import Networks
from tests.support.reddit_server import CLIENT, ME, REDIRECT, RedditServer, said
from tests.unit.sources import samples
from tests.unit.sources.recorded.reddit_account import LOGIN, page, post
from tests.unit.sources.samples import NOW

HOST = "/oauth.reddit.com"
SEARCH = reddit_search.KIND
INBOX = reddit_inbox.KIND


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


@pytest.fixture
def server(loopback: LoopbackServer) -> RedditServer:
    return RedditServer(loopback, NOW)


@pytest.fixture
def login(server: RedditServer, http: HttpClient) -> Login:
    answers = {"client_id": CLIENT}
    door = NETWORK.open(answers, REDIRECT, http, CancelToken())
    back = server.authorize(door.url)
    return NETWORK.enter(answers, back, door.kept, http, NOW, CancelToken())


def poll(
    kind: AccountKind,
    login: Login,
    http: HttpClient,
    cursor: str = "",
    *,
    fields: dict[str, str] | None = None,
    later: timedelta = timedelta(),
) -> FetchResult:
    answers = fields or ({"words": "Café Lumen"} if kind is SEARCH else {})
    address = kind.address_of({"account": ME, **answers})
    source = Source(1, kind.info.kind, address, "", account_id=1)
    access, now = samples.access(login), NOW + later
    return kind.read(
        source, cursor, kind.fetch_as(source, cursor, access, http, now, CancelToken()), now
    )


def test_it_reads_every_page_to_the_last_seen_post(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    for number in range(20):
        server.add_post(number, minutes=2000 - number)
    first = poll(SEARCH, login, http)
    assert (len(first.posts), len(server.asked("/search"))) == (20, 1)
    for number in range(20, 245):
        server.add_post(number, minutes=1500 - number)
    again = poll(SEARCH, login, http, first.cursor)
    assert {post.native_id for post in again.posts} == set(server.things)
    assert (again.hole, len(server.asked("/search"))) == (False, 4)
    assert again.posts[0].native_id == "t3_1k0244"
    asked = parse_qs(urlsplit(server.asked("/search")[-1].path).query)
    assert (asked["after"], asked["raw_json"]) == (["t3_1k0045"], ["1"])


def test_more_than_reddit_shows_is_a_hole(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    server.add_post(1, minutes=5000)
    first = poll(SEARCH, login, http)
    for number in range(2, 400):
        server.add_post(number, minutes=1500 - number)
    again = poll(SEARCH, login, http, first.cursor)
    assert (again.hole, len(again.posts)) == (True, 251)  # the first one is looked at once more


def test_a_post_is_told_whole(server: RedditServer, login: Login, http: HttpClient) -> None:
    server.add_post(1, locked=True)
    server.add_post(2, minutes=10)
    newest, closed = poll(SEARCH, login, http).posts
    assert (newest.title, newest.text) == (
        "Café Lumen, acte 2",
        "La Marque ne répond pas, cas 2",
    )
    assert newest.url == "https://www.reddit.com/r/france/comments/1k0002/cafe_lumen_acte_2/"
    assert newest.author.url == "https://www.reddit.com/user/lea"
    assert (newest.likes, newest.replies, newest.shares) == (12, 5, 1)
    assert (newest.thread_id, newest.parent_id) == ("r/france/t3_1k0002", "")
    assert json.loads(newest.reply_to) == {"name": "t3_1k0002"}
    assert newest.published == NOW - timedelta(minutes=10)
    assert closed.reply_to == ""


def test_own_posts_are_brought_under_the_accounts_name(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    server.add_post(1, author=ME)
    (own,) = poll(SEARCH, login, http).posts
    assert (own.author.handle, own.author.url) == (login.account.handle, login.account.url)


def test_edits_and_deletions_of_what_was_found_are_seen(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    for number in range(1, 5):
        server.add_post(number, minutes=3000 - number)
    first = poll(SEARCH, login, http)
    server.things["t3_1k0001"] |= {"author": "[deleted]", "selftext": "[deleted]"}
    server.things["t3_1k0002"] |= {"removed_by_category": "moderator"}
    server.things["t3_1k0003"] |= {"title": "Merci à eux", "selftext": "Réglé depuis."}
    del server.things["t3_1k0004"]
    again = poll(SEARCH, login, http, first.cursor)
    assert set(again.withdrawn) == {"t3_1k0001", "t3_1k0002"}
    assert [(one.title, one.text) for one in again.posts] == [("Merci à eux", "Réglé depuis.")]
    # What is gone is not asked for again; of what Reddit says nothing, nothing is known.
    poll(SEARCH, login, http, again.cursor)
    asked = parse_qs(urlsplit(server.asked("/api/info")[-1].path).query)
    assert asked["id"] == ["t3_1k0004"] or "t3_1k0001" not in asked["id"][0]


def test_only_the_newest_hundred_finds_are_looked_at_again(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    for number in range(180):
        server.add_post(number, minutes=3000 - number)
    cursor = poll(SEARCH, login, http).cursor
    for turn in range(3):
        server.add_post(500 + turn, minutes=100 - turn)
        cursor = poll(SEARCH, login, http, cursor).cursor
    assert len(json.loads(cursor)["known"]) == 100


def test_a_look_that_fails_costs_no_mention(
    server: RedditServer, loopback: LoopbackServer, login: Login, http: HttpClient
) -> None:
    server.add_post(1, minutes=5000)
    cursor = poll(SEARCH, login, http).cursor
    del server.things["t3_1k0001"]
    server.add_post(2, minutes=1)
    loopback.add(f"{HOST}/api/info", Reply(502, {}, b"<html>"))
    again = poll(SEARCH, login, http, cursor)
    assert [one.native_id for one in again.posts] == ["t3_1k0002"]


def test_a_community_that_does_not_exist_is_said(
    server: RedditServer, loopback: LoopbackServer, login: Login, http: HttpClient
) -> None:
    there = loopback.url(f"{HOST}/subreddits/search?q=nosuch")
    loopback.add(f"{HOST}/r/nosuch/search", redirect(there))
    loopback.add(f"{HOST}/subreddits/search", page())
    with pytest.raises(SourceError, match="no community of this name") as caught:
        poll(SEARCH, login, http, fields={"words": "Moka", "subreddit": "nosuch"})
    assert caught.value.action is Action.PAUSE


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "Moka", "subreddit": "r/france/top"},
        {"words": "Moka", "subreddit": "https://evil.example/r/france"},
        {"words": " , "},
        {"words": ", ".join("x" * 60 + str(number) for number in range(10))},
        {"words": "Moka", "account": ""},
    ],
)
def test_what_cannot_be_asked(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        SEARCH.address_of({"account": ME, **fields})


def test_where_a_person_sees_it() -> None:
    fields = {"words": "Moka", "subreddit": "france", "account": ME}
    source = Source(1, "reddit-search", SEARCH.address_of(fields), "")
    assert SEARCH.page_of(source) == (
        "https://www.reddit.com/r/france/search/?q=%22Moka%22&sort=new&restrict_sr=true"
    )


# -- the inbox ------------------------------------------------------------------------------------
def test_mentions_and_answers_are_read_and_no_messages(
    server: RedditServer, loopback: LoopbackServer, login: Login, http: HttpClient
) -> None:
    thread = server.add_post()["name"]
    server.add_comment(1, thread, "lea", "u/marque **allô** ?", type="username_mention")
    ours = server.add_comment(2, thread, ME, "Bonjour", type="")["name"]
    server.add_comment(3, ours, "lea", "Toujours rien", type="comment_reply")
    server.add_comment(4, thread, "[deleted]", "[deleted]", type="post_reply")
    result = poll(INBOX, login, http)
    assert {one.text: one.parent_id for one in result.posts} == {
        "u/marque allô ?": thread,
        "Toujours rien": ours,
        "Bonjour": thread,
    }
    assert {one.thread_id for one in result.posts} == {f"r/france/{thread}"}
    assert result.withdrawn == ("t1_m00004",)
    assert all(json.loads(one.reply_to)["name"] == one.native_id for one in result.posts)
    assert result.title == f"Reddit · u/{ME}"
    asked = {request.path.partition("?")[0] for request in loopback.requests}
    lists = {f"{HOST}/message/{name}" for name in ("mentions", "comments", "selfreply")}
    assert {path for path in asked if "/message/" in path} == lists


def test_the_accounts_own_comments_are_the_accounts(
    server: RedditServer, login: Login, loopback: LoopbackServer, http: HttpClient
) -> None:
    thread = server.add_post()["name"]
    moment = NOW.timestamp()
    server.add_comment(
        1, thread, "lea", "u/marque ?", type="username_mention", created_utc=moment - 900
    )
    ours = server.add_comment(2, thread, ME, "Bonjour", created_utc=moment - 60)["name"]
    result = poll(INBOX, login, http)
    (own,) = (one for one in result.posts if one.native_id == ours)
    account = login.account
    assert (own.author.handle, own.author.url) == (account.handle, account.url)
    assert own.parent_id == thread
    assert json.loads(result.cursor)["since"] == (NOW - timedelta(minutes=15)).isoformat()
    loopback.add(f"{HOST}/user/{ME}/comments", Reply(502, {}, b"<html>"))
    assert len(poll(INBOX, login, http).posts) == 1


def test_the_inbox_is_read_back_to_the_last_comment(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    moment = NOW.timestamp()
    for number in range(400):
        kind, time = "username_mention", moment - 60 * (2000 - number)
        server.add_comment(number, "t3_1", "lea", f"u/marque {number}", type=kind, created_utc=time)
        if number == 9:
            cursor = poll(INBOX, login, http).cursor
    again = poll(INBOX, login, http, cursor)
    assert len(again.posts) == 400
    assert not again.hole
    for number in range(400, 1500):
        kind, time = "username_mention", moment - 60 * (1550 - number)
        server.add_comment(number, "t3_1", "lea", f"u/marque {number}", type=kind, created_utc=time)
    late = poll(INBOX, login, http, again.cursor)
    assert (late.hole, len(late.posts)) == (True, 1000)


# -- rights and limits ----------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "right"), [(SEARCH, "read"), (INBOX, "privatemessages")])
def test_a_missing_right_is_named(
    server: RedditServer, login: Login, http: HttpClient, kind: AccountKind, right: str
) -> None:
    fewer = tuple(scope for scope in login.account.scopes if scope != right)
    poor = Login(replace(login.account, scopes=fewer), login.secret)
    with pytest.raises(NotLoggedIn, match=f"lacks a right: {right}"):
        poll(kind, poor, http)
    (grant,) = server.grants
    grant.scopes = fewer  # the network took it back meanwhile
    with pytest.raises(NotLoggedIn, match=f"lacks a right: {right}"):
        poll(kind, login, http)


@pytest.mark.parametrize("kind", [SEARCH, INBOX])
@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_an_ended_login_is_said(
    server: RedditServer, login: Login, http: HttpClient, kind: AccountKind, state: str
) -> None:
    setattr(server.grants[0], state, True)
    with pytest.raises(NotLoggedIn) as caught:
        poll(kind, login, http)
    assert "SECRET" not in str(caught.value)


def test_the_networks_own_count_is_obeyed(
    server: RedditServer, login: Login, http: HttpClient
) -> None:
    server.remaining = 1.0
    assert poll(SEARCH, login, http).wait_until == NOW + timedelta(seconds=123)
    with pytest.raises(SourceError) as caught:
        poll(SEARCH, login, http)
    assert (caught.value.status, caught.value.whole_host) == (429, True)
    assert caught.value.retry_at == NOW + timedelta(seconds=123)


def test_a_private_community_is_refused_in_reddits_words(
    server: RedditServer, loopback: LoopbackServer, login: Login, http: HttpClient
) -> None:
    refused = {"reason": "private", "message": "Forbidden", "error": 403}
    loopback.add(f"{HOST}/search", said(refused, 403))
    with pytest.raises(SourceError, match="Forbidden"):
        poll(SEARCH, login, http)


def test_a_listing_of_odd_values_stops_nobody(loopback: LoopbackServer, http: HttpClient) -> None:
    odd: list[Any] = [None, 7, {"kind": "t3"}, {"kind": "t3", "data": {"name": 5, "author": []}}]
    body = json.loads(page(post(1), post(2, name=""), post(3, score="many", num_comments={})))
    body["data"]["children"] += odd
    body["data"]["after"] = ["x"]
    loopback.add(f"{HOST}/search", json.dumps(body))
    result = poll(SEARCH, LOGIN, http)
    assert [one.native_id for one in result.posts] == ["t3_1k0001", "t3_1k0003"]
    assert result.skipped == 4
