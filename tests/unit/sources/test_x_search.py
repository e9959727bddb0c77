"""X over loopback: what is read, what is gone, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import Access
from monitor.sources.x_post import post_of, time_of
from monitor.sources.x_search import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.networks import Networks
from tests.support.x_reading import CENT, FAULTS, SEARCH, Ledger, access_to, poll
from tests.support.x_server import API, ME, XServer, id_at, problem, said
from tests.unit.sources.recorded.x_search import tweet
from tests.unit.sources.samples import NOW


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


@pytest.fixture
def server(loopback: LoopbackServer) -> XServer:
    return XServer(loopback, NOW)


# -- what is read ---------------------------------------------------------------------------------
def test_a_post_is_told_whole(server: XServer, http: HttpClient) -> None:
    above = id_at(NOW - timedelta(days=1))
    id_ = server.add(
        1,
        text="@marque Prix &lt; 5 € &amp; rien\n\nvoir https://t.co/abc https://t.co/def",
        conversation_id=above,
        referenced_tweets=[
            {"type": "quoted", "id": "7"},
            {"type": "replied_to", "id": above},
        ],
        entities={
            "urls": [
                {"url": "https://t.co/abc", "expanded_url": "https://a.example/?x=1&y=<2>"},
                {
                    "url": "https://t.co/def",
                    "expanded_url": "https://x.com/lea/status/1/photo/1",
                    "media_key": "3_1",
                },
            ]
        },
    )["id"]
    (post,) = poll(access_to(server), http).posts
    assert post.text == "@marque Prix < 5 € & rien\n\nvoir https://a.example/?x=1&y=<2>"
    assert (post.url, post.native_id) == (f"https://x.com/lea/status/{id_}", id_)
    assert (post.author.name, post.author.handle) == ("Lea", "lea")
    assert (post.author.url, post.author.followers) == ("https://x.com/lea", 210)
    assert (post.likes, post.replies, post.shares) == (3, 2, 5)
    assert (post.thread_id, post.parent_id, post.language) == (above, above, "fr")
    assert post.published == NOW - timedelta(hours=1)
    assert (post.title, post.reply_to) == ("", "")


def test_long_edited_and_reposted_posts() -> None:
    first = id_at(NOW - timedelta(hours=2))
    long = tweet(
        text="court… https://t.co/x",
        note_tweet={"text": "long " * 200, "entities": {"urls": []}},
        edit_history_tweet_ids=[first, tweet()["id"]],
        lang="qme",
    )
    post = post_of(long, {}, NOW)
    assert post.text == ("long " * 200).strip()
    assert post.native_id == first
    assert post.url == f"https://x.com/i/status/{long['id']}"
    assert (post.language, post.author.name) == ("", "")
    odd: dict[str, Any] = {"id": 7, "text": [], "entities": {"urls": [{"url": "https://t.co/"}, 3]}}
    assert post_of(odd, {}, NOW).full_text == ""


def test_a_link_that_harms_stays_short() -> None:
    link = {"url": "https://t.co/abc", "expanded_url": "javascript:alert(1)"}
    post = post_of(tweet(text="voir https://t.co/abc", entities={"urls": [link]}), {}, NOW)
    assert post.text == "voir https://t.co/abc"


def test_it_reads_every_page_to_the_last_seen_post(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    server.add(0, minutes=500)
    first = poll(access, http)
    for number in range(1, 235):
        server.add(number, minutes=400 - number)
    again = poll(access, http, first.cursor)
    assert len(again.posts) == 234
    assert not again.hole
    assert [one["max_results"] for one in server.asked(SEARCH)] == ["10", "10", "100", "100", "100"]
    assert all("since_id" in one for one in server.asked(SEARCH)[1:])
    assert server.asked(SEARCH)[0]["query"] == "(@marque) -is:retweet"
    assert again.note is None
    nothing = poll(access, http, again.cursor)
    assert (nothing.posts, nothing.hole, nothing.cursor) == ((), False, again.cursor)


def test_the_first_look_and_a_burst_are_bounded(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    for number in range(30):
        server.add(number, minutes=900 - number)
    first = poll(access, http)
    assert (len(first.posts), first.hole) == (10, False)
    for number in range(30, 900):
        server.add(number, minutes=899 - number + 1)
    again = poll(access, http, first.cursor)
    assert (len(again.posts), again.hole) == (410, True)


def test_what_x_no_longer_reaches_is_a_hole(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    server.add(0, minutes=50)
    first = poll(access, http)
    later = NOW + timedelta(days=8)
    server.now = later
    server.add(1, minutes=1)
    again = poll(access, http, first.cursor, later)
    assert (len(again.posts), again.hole) == (1, True)
    assert "since_id" not in server.asked(SEARCH)[-1]


def test_a_clock_that_is_wrong_costs_one_refusal(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    server.add(0, minutes=50)
    cursor = poll(access, http).cursor
    server.now = NOW + timedelta(days=8)
    server.add(1, minutes=1)
    again = poll(access, http, cursor)
    assert (len(again.posts), again.hole) == (1, True)
    assert len(server.asked(SEARCH)) == 3


def test_an_id_of_the_future_is_not_gone_on_from(server: XServer, http: HttpClient) -> None:
    server.add(1, minutes=50)

    def lie(_request: Request, reply: Reply) -> Reply:
        told = json.loads(reply.body)
        told["meta"]["newest_id"] = "9" * 19
        return said(told)

    server.fault = lie
    result = poll(access_to(server), http)
    assert json.loads(result.cursor)["since"] == result.posts[0].native_id


def test_own_posts_are_brought_under_the_accounts_name(server: XServer, http: HttpClient) -> None:
    server.add(1, user=ME)
    access = access_to(server)
    (own,) = poll(access, http).posts
    assert (own.author.handle, own.author.url) == (
        access.login.account.handle,
        access.login.account.url,
    )


def test_times_stand_in_the_ids() -> None:
    assert time_of("1288834974657") == time_of("0") + timedelta(milliseconds=307_282)
    assert time_of(id_at(NOW)) == NOW


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"words": "Moka & Co"}, '("Moka & Co") -is:retweet'),
        (
            {"words": "@cafe_lumen, #lumen", "lang": " FR "},
            "(@cafe_lumen OR #lumen) -is:retweet lang:fr",
        ),
        ({"words": "@cafe lumen"}, '("@cafe lumen") -is:retweet'),
    ],
)
def test_what_is_asked(fields: dict[str, str], query: str) -> None:
    address = KIND.address_of({"account": ME, **fields})
    source = Source(1, "x-search", address, "")
    found = KIND.fields_of(address)
    assert found is not None
    assert KIND.address_of(found) == address
    assert parse_qs(urlsplit(KIND.page_of(source)).query)["q"] == [query]


@pytest.mark.parametrize(
    "fields",
    [
        {"words": ""},
        {"words": ", ".join(f"{'x' * 60}{number}" for number in range(10))},
        {"words": "Moka", "lang": "fra"},
        {"words": "Moka", "lang": "fr OR"},
        {"words": "Moka", "account": ""},
    ],
)
def test_what_cannot_be_asked(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        KIND.address_of({"account": ME, **fields})


# -- deletions ------------------------------------------------------------------------------------
def test_what_was_found_is_looked_up_once_a_day(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    names = [server.add(number, minutes=60 - number)["id"] for number in range(4)]
    cursor = poll(access, http).cursor
    assert server.asked("/tweets") == []
    del server.tweets[names[0]]
    server.hidden.add(names[1])
    again = poll(access, http, cursor)
    assert set(again.withdrawn) == {names[0], names[1]}
    third = poll(access, http, again.cursor)
    assert (third.withdrawn, len(server.asked("/tweets"))) == ((), 1)
    tomorrow = NOW + timedelta(days=1)
    server.now = tomorrow
    poll(access, http, third.cursor, tomorrow)
    assert set(server.asked("/tweets")[-1]["ids"].split(",")) == {names[2], names[3]}


def test_only_half_of_the_money_goes_into_looking_again(server: XServer, http: HttpClient) -> None:
    ledger = Ledger(100 * CENT)
    access = access_to(server, ledger.cap, ledger)
    server.add(1)
    cursor = poll(access, http).cursor
    ledger.spent = 51 * CENT
    poll(access, http, cursor)
    assert server.asked("/tweets") == []
    ledger.spent = 49 * CENT
    poll(access, http, cursor)
    assert len(server.asked("/tweets")) == 1


@pytest.mark.parametrize(
    "name", ["broken off", "a page for humans", "a page of a machine in front"]
)
def test_a_look_that_fails_costs_no_mention(server: XServer, http: HttpClient, name: str) -> None:
    ledger = Ledger(1000 * CENT)
    access = access_to(server, ledger.cap, ledger)
    server.add(1)
    cursor = poll(access, http).cursor
    server.add(2, minutes=1)
    server.fault = lambda request, reply: FAULTS[name] if "ids=" in request.path else reply
    again = poll(access, http, cursor)
    assert (len(again.posts), again.withdrawn) == (1, ())
    assert server.billed == ledger.spent


# -- refusals -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "action", "words"),
    [
        (problem(402, "CreditsDepleted", "No credits.", "credits"), Action.RETRY, "No credits."),
        (problem(429, "UsageCapExceeded", "Cap.", "usage-capped"), Action.RETRY, "are used up"),
        (
            problem(403, "Client Forbidden", "Not enrolled.", "client-forbidden"),
            Action.PAUSE,
            "Not enrolled.",
        ),
        (
            problem(403, "Forbidden", "Not permitted.", "about:blank"),
            Action.RETRY,
            "Not permitted.",
        ),
        (problem(400, "Invalid Request", "Bad query."), Action.RETRY, "Bad query."),
        (said({"errors": [{"title": "Oops", "detail": "Not here."}]}), Action.RETRY, "Not here."),
        (Reply(503, {}, b"<html>Over capacity</html>"), Action.RETRY, "left alone"),
        (Reply(200, {}, b"<html>Please verify</html>"), Action.RETRY, "something else"),
        (Reply(302, {"Location": "https://evil.example/"}), Action.RETRY, "302"),
    ],
)
def test_refusals_in_xs_own_words(
    server: XServer,
    loopback: LoopbackServer,
    http: HttpClient,
    answer: Reply,
    action: Action,
    words: str,
) -> None:
    loopback.add(f"/{API}/2{SEARCH}", answer)
    with pytest.raises(SourceError, match=words) as caught:
        poll(access_to(server), http)
    assert caught.value.action is action
    assert "SECRET" not in str(caught.value)


def test_xs_own_limit_is_obeyed(server: XServer, http: HttpClient) -> None:
    server.remaining = 1
    access = access_to(server)
    assert poll(access, http).wait_until == NOW + timedelta(seconds=600)
    with pytest.raises(SourceError) as caught:
        poll(access, http)
    assert (caught.value.whole_host, caught.value.retry_at) == (True, NOW + timedelta(seconds=600))
    assert access.budget.left() == 1000 * CENT


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_an_ended_login_is_said(server: XServer, http: HttpClient, state: str) -> None:
    access = access_to(server)
    setattr(server.grants[0], state, True)
    with pytest.raises(NotLoggedIn) as caught:
        poll(access, http)
    assert "SECRET" not in str(caught.value)
    assert access.budget.left() == 1000 * CENT


def test_a_missing_right_is_named(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    poor = replace(access.login.account, scopes=("users.read",))
    with pytest.raises(NotLoggedIn, match=r"lacks a right: tweet\.read"):
        poll(Access(Login(poor, access.login.secret), access.budget), http)
    server.grants[0].scopes = ("users.read",)
    with pytest.raises(NotLoggedIn, match="lacks a right"):
        poll(access, http)
