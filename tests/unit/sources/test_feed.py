"""Fetching a feed: validators, moves, waiting, and what each answer means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.feed import FeedSource
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply, Route
from tests.unit.sources.samples import FULL_PAGE, NOW, item, rss


class Poller:
    """Polls one feed again and again, keeping the cursor as the store does."""

    def __init__(self, loopback: LoopbackServer) -> None:
        self._server = loopback
        self._http = HttpClient()
        self.cursor = ""

    def poll(
        self,
        answer: Route | Reply | bytes | None = None,
        *,
        now: datetime = NOW,
        path: str = "/feed",
    ) -> FetchResult:
        url = self._server.url(path) if answer is None else self._server.add(path, answer)
        source = Source(1, "feed", url, "")
        answers = FeedSource().fetch(source, self.cursor, self._http, now, CancelToken())
        result = FeedSource().read(source, self.cursor, answers, now)
        self.cursor = result.cursor
        return result

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def poller(loopback: LoopbackServer) -> Iterator[Poller]:
    poller = Poller(loopback)
    yield poller
    poller.close()


def test_an_unchanged_feed_costs_nothing(poller: Poller, loopback: LoopbackServer) -> None:
    assert len(poller.poll(routes.conditional(FULL_PAGE)).posts) == 50
    again = poller.poll()
    assert (again.not_modified, again.posts) == (True, ())
    sent = loopback.requests[1].headers
    assert "if-none-match" in sent
    assert sent["if-modified-since"] == "Sat, 01 Aug 2026 10:00:00 GMT"


def test_validators_go_back_as_they_came(poller: Poller, loopback: LoopbackServer) -> None:
    odd = Reply(headers={"ETag": 'W/"a-gzip" ', "Last-Modified": "yesterday"}, body=FULL_PAGE)
    poller.poll(odd)
    poller.poll()
    sent = loopback.requests[1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"a-gzip"', "yesterday")


def test_a_server_that_ignores_conditions_is_compared_by_body(poller: Poller) -> None:
    poller.poll(FULL_PAGE)
    assert poller.poll().not_modified
    assert not poller.poll(rss(item(1))).not_modified


def test_old_validators_are_not_believed(poller: Poller, loopback: LoopbackServer) -> None:
    poller.poll(routes.conditional(FULL_PAGE))
    poller.poll(now=NOW + timedelta(days=9))
    assert "if-none-match" not in loopback.requests[1].headers


def test_a_304_may_bring_a_new_validator(poller: Poller, loopback: LoopbackServer) -> None:
    poller.poll(Reply(headers={"ETag": '"1"'}, body=FULL_PAGE))
    poller.poll(Reply(304, {"ETag": '"2"'}))
    poller.poll()
    assert loopback.requests[2].headers["if-none-match"] == '"2"'


def test_a_304_nobody_asked_for_is_an_error(poller: Poller) -> None:
    with pytest.raises(SourceError):
        poller.poll(Reply(304))


def test_a_failed_poll_leaves_the_cursor(poller: Poller) -> None:
    poller.poll(routes.conditional(FULL_PAGE))
    before = poller.cursor
    with pytest.raises(SourceError):
        poller.poll(Reply(500))
    assert poller.cursor == before


def test_a_move_is_permanent_after_two_polls_over_a_day(
    poller: Poller, loopback: LoopbackServer
) -> None:
    new = loopback.add("/new", routes.conditional(FULL_PAGE))
    poller.poll(routes.redirect("/new", 301))
    assert poller.poll(now=NOW + timedelta(hours=23)).moved_to == ""
    assert poller.poll(now=NOW + timedelta(hours=25)).moved_to == new


def test_a_changing_target_proves_nothing(poller: Poller, loopback: LoopbackServer) -> None:
    loopback.add("/new", FULL_PAGE)
    loopback.add("/other", rss(item(1)))
    poller.poll(routes.redirect("/new", 301))
    assert poller.poll(routes.redirect("/other", 308), now=NOW + timedelta(days=2)).moved_to == ""
    assert poller.poll(routes.redirect("/new", 301), now=NOW + timedelta(days=4)).moved_to == ""


def test_a_captive_portal_moves_nothing(poller: Poller, loopback: LoopbackServer) -> None:
    loopback.add("/login", b"<html><form><input type=password></form></html>")
    for day in (0, 1, 2):
        with pytest.raises(SourceError, match="login page"):
            poller.poll(routes.redirect("/login", 301), now=NOW + timedelta(days=day))


def test_a_temporary_redirect_keeps_the_address(poller: Poller, loopback: LoopbackServer) -> None:
    loopback.add("/new", FULL_PAGE)
    for day in (0, 2, 4):
        assert (
            poller.poll(routes.redirect("/new", 302), now=NOW + timedelta(days=day)).moved_to == ""
        )


@pytest.mark.parametrize(
    ("headers", "channel", "seconds"),
    [
        ({}, "", None),
        ({"Cache-Control": "public, max-age=1800"}, "", 1800),
        ({"Cache-Control": "s-maxage=9, max-age=1800", "Age": "800"}, "", 1000),
        ({"Cache-Control": "no-cache, max-age=0"}, "", None),
        ({"Expires": "Sun, 02 Aug 2026 12:30:00 GMT"}, "", 1800),
        (
            {"Expires": "Sun, 02 Aug 2020 13:00:00 GMT", "Date": "Sun, 02 Aug 2020 12:00:00 GMT"},
            "",
            3600,
        ),
        ({"Expires": "0"}, "", None),
        ({"Expires": "-1"}, "", None),
        ({"Retry-After": "600"}, "", 600),
        ({}, "<ttl>60</ttl>", 3600),
        ({}, "<ttl>x</ttl>", None),
        ({"Cache-Control": "max-age=300"}, "<ttl>60</ttl>", 3600),
        ({"Cache-Control": "max-age=31536000"}, "", 86400),
        ({}, "<ttl>99999999</ttl>", 86400),
        ({}, "<skipHours><hour>12</hour><hour>13</hour></skipHours>", 7200),
        ({}, "<skipDays><day>Sunday</day></skipDays>", 43200),
    ],
)
def test_the_servers_wish_for_the_next_check(
    poller: Poller, headers: dict[str, str], channel: str, seconds: int | None
) -> None:
    result = poller.poll(Reply(headers=headers, body=rss("", channel)))
    wanted = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert result.wait_until == wanted


def test_the_feeds_own_ttl_outlives_a_304(poller: Poller) -> None:
    poller.poll(Reply(headers={"ETag": '"1"'}, body=rss("", "<ttl>60</ttl>")))
    assert poller.poll(Reply(304)).wait_until == NOW + timedelta(hours=1)


def test_excluding_every_hour_excludes_none(poller: Poller) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert poller.poll(rss("", f"<skipHours>{hours}</skipHours>")).wait_until is None


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("", 600),
        ("90", 90),
        ("Sun, 02 Aug 2026 12:05:00 GMT", 300),
        ("Sun, 02 Aug 2020 12:05:00 GMT", 600),
        ("99999999999", 86400),
        ("soon", 600),
    ],
)
def test_retry_after_as_seconds_or_date(poller: Poller, retry_after: str, seconds: int) -> None:
    with pytest.raises(SourceError) as caught:
        poller.poll(routes.too_many(retry_after))
    assert caught.value.retry_at == NOW + timedelta(seconds=seconds)


def test_a_refusal_waits_six_hours(poller: Poller) -> None:
    with pytest.raises(SourceError) as caught:
        poller.poll(Reply(403))
    assert caught.value.retry_at == NOW + timedelta(hours=6)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The site answered with nothing at all."),
        (
            b"<!doctype html><p>Checking your browser</p>",
            "The site shows a web page instead of the feed.",
        ),
        (b"<html><input type='password'>", "The site shows a login page instead of the feed."),
        (b"%PDF-1.7", "What the site sent is not a feed."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "What the site sent is not a feed."),
    ],
)
def test_an_answer_that_is_no_feed(poller: Poller, body: bytes, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        poller.poll(body)
    assert str(caught.value.title) == sentence
    assert caught.value.action is Action.RETRY


def test_a_feed_that_says_it_has_ended(poller: Poller) -> None:
    with pytest.raises(SourceError) as caught:
        poller.poll(b'{"version":"https://jsonfeed.org/version/1.1","items":[],"expired":true}')
    assert caught.value.action is Action.DISABLE


def test_delta_answers_count_as_full_ones(poller: Poller) -> None:
    assert len(poller.poll(Reply(226, body=FULL_PAGE)).posts) == 50
