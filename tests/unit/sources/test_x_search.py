"""X over loopback: what is read, what it costs, and that it never costs more than the account may."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import Action, BadInput, Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import Access, FetchResult
from monitor.sources.x_account import dollars
from monitor.sources.x_post import post_of, time_of
from monitor.sources.x_prices import FIND, POST, USER, cost_of, paid
from monitor.sources.x_search import KIND
from tests.support.loopback import LoopbackServer, Reply, Request, reset, truncated
from tests.support.networks import Networks
from tests.support.x_server import API, ME, XServer, id_at, problem, said
from tests.unit.sources.recorded.x_search import LOGIN, tweet
from tests.unit.sources.samples import NOW

SEARCH = "/tweets/search/recent"
CENT = 10_000


class Ledger:
    """A budget that keeps to its cap, as the store's does. `log` is what happened to it."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.spent = 0
        self.log: list[int] = []

    def reserve(self, amount: int) -> bool:
        assert amount >= 0
        if self.spent + amount > self.cap:
            return False
        self.spent += amount
        self.log.append(amount)
        return True

    def give_back(self, amount: int) -> None:
        assert 0 <= amount <= self.spent
        self.spent -= amount
        self.log.append(-amount)

    def left(self) -> int:
        return max(0, self.cap - self.spent)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


@pytest.fixture
def server(loopback: LoopbackServer) -> XServer:
    return XServer(loopback, NOW)


def access_to(server: XServer, cap: int = 1000 * CENT, ledger: Ledger | None = None) -> Access:
    secret = {**LOGIN.secret, "token": server.log_in()}
    login = Login(replace(LOGIN.account, monthly_cap=cap), secret)
    return Access(login, ledger or Ledger(cap))


def poll(
    access: Access, http: HttpClient, cursor: str = "", now: datetime = NOW, words: str = "@marque"
) -> FetchResult:
    address = KIND.address_of({"words": words, "account": ME})
    source = Source(1, "x-search", address, "", account_id=1)
    answers = KIND.fetch_as(source, cursor, access, http, now, CancelToken())
    assert b"SECRET" not in pickle.dumps(answers)
    return KIND.read(source, cursor, answers, now)


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


# -- the money ------------------------------------------------------------------------------------
def test_a_search_that_finds_nothing_costs_nothing(server: XServer, http: HttpClient) -> None:
    access = access_to(server)
    poll(access, http)
    assert access.budget.left() == 1000 * CENT
    server.add(1)
    server.add(2, minutes=1)
    poll(access, http)
    assert 1000 * CENT - access.budget.left() == server.billed == 2 * POST + USER


def test_the_worst_is_reserved_before_the_request_leaves(server: XServer, http: HttpClient) -> None:
    ledger = Ledger(1000 * CENT)
    seen: list[int] = []

    def look(_request: Request, reply: Reply) -> Reply:
        seen.append(ledger.spent)
        return reply

    server.fault = look
    server.add(1)
    poll(access_to(server, ledger.cap, ledger), http)
    assert seen == [10 * FIND]
    assert ledger.log == [10 * FIND, FIND - 10 * FIND]


def test_little_money_asks_for_fewer_and_then_stops(server: XServer, http: HttpClient) -> None:
    ledger = Ledger(100 * CENT)
    access = access_to(server, ledger.cap, ledger)
    server.add(0, minutes=800)
    cursor = poll(access, http).cursor
    for number in range(1, 400):
        server.add(number, minutes=500 - number, user=f"u{number}")
    again = poll(access, http, cursor)
    assert [one["max_results"] for one in server.asked(SEARCH)] == ["10", "10", "55"]
    assert len(again.posts) == 65
    assert again.hole
    assert str(again.note).startswith("$0.99 of this month's $1.00 are spent")
    assert server.billed == ledger.spent <= ledger.cap
    asked = len(server.asked(SEARCH))
    stopped = poll(access, http, again.cursor)
    assert (stopped.posts, stopped.cursor, stopped.hole) == ((), again.cursor, False)
    assert "first of next month" in str(stopped.note)
    assert len(server.asked(SEARCH)) == asked
    ledger.spent = 0  # another month
    on = poll(access, http, stopped.cursor)
    assert on.note is None


def test_without_money_from_the_start_nothing_is_asked(server: XServer, http: HttpClient) -> None:
    result = poll(access_to(server, 14 * CENT), http)
    assert (result.posts, result.cursor, server.asked(SEARCH)) == ((), "", [])
    assert "$0.00 of this month's $0.14" in str(result.note)


def test_amounts_are_told_in_dollars_and_cents() -> None:
    told = [str(dollars(micros)) for micros in (0, 9_999, 10_000, 1_050_000, 9_876_543_210)]
    assert told == ["$0.00", "$0.00", "$0.01", "$1.05", "$9876.54"]


def test_what_never_left_costs_nothing(loopback: LoopbackServer, http: HttpClient) -> None:
    server = XServer(loopback, NOW)
    access = access_to(server)
    loopback.close()
    with pytest.raises(SourceError):
        poll(access, http)
    assert access.budget.left() == 1000 * CENT
    token = CancelToken()
    token.cancel()
    source = Source(1, "x-search", KIND.address_of({"words": "Moka", "account": ME}), "")
    with pytest.raises(Cancelled):
        KIND.fetch_as(source, "", access, http, NOW, token)
    assert access.budget.left() == 1000 * CENT


FAULTS: dict[str, Reply] = {
    "no answer": Reply(raw_head=lambda _: iter(())),
    "broken off": reset(),
    "cut off": truncated(b'{"data": ['),
    "a page of a machine in front": Reply(502, {}, b"<html>Bad gateway</html>"),
    "a page for humans": Reply(200, {}, b"<html>Please verify</html>"),
    "half of it": Reply(200, {}, b'{"data": [{"id": "1", "te'),
    "a list": Reply(200, {}, b"[1, 2]"),
    "elsewhere": Reply(302, {"Location": "https://evil.example/"}),
    "empty": Reply(200),
    "no content": Reply(204),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_was_lost_on_its_way_stays_paid(server: XServer, http: HttpClient, name: str) -> None:
    access = access_to(server)
    for number in range(10):
        server.add(number, user=f"u{number}")
    server.fault = lambda _request, _reply: FAULTS[name]
    with pytest.raises(SourceError):
        poll(access, http)
    assert server.billed == 10 * FIND == 1000 * CENT - access.budget.left()
    assert len(server.asked(SEARCH)) == 1  # and is not asked again by itself


def test_a_refusal_costs_nothing(server: XServer, http: HttpClient) -> None:
    server.credits = False
    access = access_to(server)
    with pytest.raises(SourceError):
        poll(access, http)
    assert access.budget.left() == 1000 * CENT


def test_more_than_was_asked_for_is_booked_and_ends_the_spending() -> None:
    people = [{"id": str(number)} for number in range(50)]
    told = {"data": [{}] * 50, "includes": {"users": people, "tweets": [{}] * 3, "media": [{}]}}
    answer = HttpResponse(200, "", "", {}, json.dumps(told).encode())
    assert cost_of(answer) == 50 * FIND + 3 * POST + USER
    ledger = Ledger(100 * CENT)
    assert paid(ledger, 10 * FIND, lambda: answer) is answer
    assert ledger.spent == 50 * FIND + 3 * POST + USER
    assert paid(ledger, 1 * FIND, lambda: answer) is answer
    assert ledger.left() == 0
    assert paid(ledger, 1 * FIND, lambda: answer) is None


def test_a_program_that_dies_in_between_has_paid() -> None:
    ledger = Ledger(100 * CENT)

    def die() -> HttpResponse:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        paid(ledger, 10 * FIND, die)
    assert ledger.spent == 10 * FIND


@given(body=st.binary(max_size=200), status=st.integers(200, 599))
def test_whatever_is_answered_never_gives_back_more_than_was_reserved(
    body: bytes, status: int
) -> None:
    ledger = Ledger(100 * CENT)
    paid(ledger, 10 * FIND, lambda: HttpResponse(status, "", "", {}, body))
    assert 0 <= ledger.spent <= ledger.cap


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=20)
        | st.dictionaries(st.sampled_from(["data", "includes", "users", "tweets", "title"]), inner)
    ),
    max_leaves=30,
)


@given(told=_JSON, status=st.sampled_from([200, 201, 302, 400, 429, 500, 503]))
def test_whatever_is_shown_is_paid(told: Any, status: int) -> None:
    answer = HttpResponse(status, "", "", {}, json.dumps(told).encode())
    took = cost_of(answer)
    shown = told.get("data") if isinstance(told, dict) else None
    if status == 200 and isinstance(shown, list):
        assert took is not None
        assert took >= len(shown) * POST
    if status < 400 and not isinstance(told, dict):
        assert took is None
    ledger = Ledger(100 * CENT)
    paid(ledger, 10 * FIND, lambda: answer)
    assert 0 <= ledger.spent <= ledger.cap


_STEP = st.tuples(
    st.integers(0, 140),  # new posts
    st.integers(1, 9),  # by so many people
    st.sampled_from(["", "", "", *FAULTS]),
    st.integers(0, 2),  # after so many good answers
    st.booleans(),  # whether the cursor of the last poll was lost
    st.booleans(),  # whether a new day begins
)


@settings(max_examples=40)
@given(cap=st.integers(0, 12_000_000), steps=st.lists(_STEP, min_size=1, max_size=8))
def test_the_bill_is_never_higher_than_what_is_booked_nor_that_than_the_cap(
    cap: int, steps: list[tuple[int, int, str, int, bool, bool]]
) -> None:
    with LoopbackServer() as loopback:
        server, http = XServer(loopback, NOW), Networks(loopback).client()
        ledger = Ledger(cap)
        access = access_to(server, cap, ledger)
        cursor, now, number = "", NOW, 0
        for new, people, fault, good, forget, day in steps:
            now += timedelta(days=1) if day else timedelta(minutes=30)
            server.now = now
            for _ in range(new):
                number += 1
                made = 25 - 20 * (number % 140) / 140
                server.add(number, minutes=made, user=f"u{number % people}")
            if server.tweets and not fault:
                del server.tweets[next(iter(server.tweets))]
            answered = iter(range(1000))

            def spoil(
                _request: Request,
                reply: Reply,
                fault: str = fault,
                good: int = good,
                answered: Iterator[int] = answered,
            ) -> Reply:
                assert server.billed <= ledger.spent <= cap  # already while it is under way
                return FAULTS[fault] if fault and next(answered) >= good else reply

            server.fault = spoil
            with contextlib.suppress(SourceError):
                cursor = poll(access, http, "" if forget else cursor, now).cursor
            assert server.billed <= ledger.spent <= cap
        http.close()
