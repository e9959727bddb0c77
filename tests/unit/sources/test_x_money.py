"""X over loopback: what reading costs, and that it never costs more than the account may."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import Cancelled, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.x_account import dollars
from monitor.sources.x_prices import FIND, POST, USER, cost_of, paid
from monitor.sources.x_search import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.support.networks import Networks
from tests.support.x_reading import CENT, FAULTS, SEARCH, Ledger, access_to, poll
from tests.support.x_server import ME, XServer
from tests.unit.sources.samples import NOW


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = Networks(loopback).client()
    yield client
    client.close()


@pytest.fixture
def server(loopback: LoopbackServer) -> XServer:
    return XServer(loopback, NOW)


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
