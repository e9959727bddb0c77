"""App Store reviews over loopback: apps and countries, pages to the last seen review, edits, gaps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.appstore import KIND
from monitor.sources.base import FetchResult
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.appstore import app, page, review
from tests.unit.sources.samples import NOW

PATH = "/fr/rss/customerreviews"
END = "id=123456789/sortBy=mostRecent/json"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


class Shop:
    """Serves its reviews, newest first, fifty a page; `empty` are pages that come back bare."""

    def __init__(self, loopback: LoopbackServer) -> None:
        self.reviews: list[dict[str, Any]] = []
        self.empty: set[int] = set()
        self.url = loopback.url(f"{PATH}/{END}")
        self._server = loopback
        for number in range(1, 12):
            loopback.add(f"{PATH}/page={number}/{END}", self._answer)

    def _answer(self, request: Request) -> Reply:
        number = int(re.findall(r"page=(\d+)", request.path)[0])
        shown = self.reviews[(number - 1) * 50 : number * 50]
        return Reply(body=page() if number in self.empty else page(*shown))

    def asked(self) -> int:
        count = len(self._server.requests)
        self._server.requests.clear()
        return count

    def read(self, http: HttpClient, cursor: str = "") -> FetchResult:
        source = Source(1, "appstore", self.url, "")
        return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


@pytest.fixture
def shop(loopback: LoopbackServer) -> Shop:
    return Shop(loopback)


def one(*reviews: dict[str, Any]) -> FetchResult:
    source = Source(1, "appstore", f"https://itunes.apple.com{PATH}/{END}", "")
    answer = HttpResponse(
        200, source.address, "", {"cache-control": "max-age=3600"}, page(*reviews)
    )
    return KIND.read(source, "", (answer,), NOW)


@pytest.mark.parametrize(
    ("app_", "country"),
    [
        ("123456789", "fr"),
        ("id123456789", "FR"),
        ("https://apps.apple.com/us/app/lumen/id123456789", "fr"),
        ("apps.apple.com/fr/app/lumen/id123456789?mt=8", ""),
    ],
)
def test_the_app_and_the_country_in_every_writing(app_: str, country: str) -> None:
    address = KIND.address_of({"app": app_, "country": country})
    assert address == f"https://itunes.apple.com{PATH}/{END}"
    assert KIND.page_of(Source(1, "appstore", address, "")) == (
        "https://apps.apple.com/fr/app/id123456789?see-all=reviews"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"app": "Lumen", "country": "fr"},
        {"app": "123456789", "country": ""},
        {"app": "123456789", "country": "France"},
        {"app": "https://apps.apple.com/fr/developer/lumen/id123456789", "country": "fr"},
        {"app": "https://evil.example/fr/app/id123456789", "country": "fr"},
    ],
)
def test_what_is_no_app_or_no_country_is_told(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        KIND.address_of(fields)


def test_a_number_without_a_country_says_which_answer_is_missing() -> None:
    with pytest.raises(BadInput) as told:
        KIND.address_of({"app": "123456789", "country": " "})
    assert "country whose reviews to read is missing" in str(told.value.title)


def test_a_review_with_its_stars() -> None:
    (post,) = one(review(0, rating="2")).posts
    assert (post.rating, post.likes) == (2, 2)
    assert (post.title, post.text) == ("Plante 0", "Ne s’ouvre plus")
    assert (post.author.name, post.author.url) == (
        "Léa",
        "https://itunes.apple.com/fr/reviews/id483",
    )
    assert post.published == datetime(2026, 8, 1, 23, 59, tzinfo=UTC)
    assert post.url == "https://apps.apple.com/fr/app/id123456789?see-all=reviews#7175647643"


def test_the_app_itself_is_no_review() -> None:
    assert len(one(app(), review()).posts) == 1
    assert one(app()).posts == ()


@pytest.mark.parametrize("rating", ["0", "6", "-1", "five"])
def test_stars_nobody_can_give_are_none(rating: str) -> None:
    assert one(review(rating=rating)).posts[0].rating is None


def test_the_server_s_wish_is_heard() -> None:
    assert one(review()).wait_until == NOW + timedelta(hours=1)


def test_it_reads_to_the_last_seen_review(http: HttpClient, shop: Shop) -> None:
    shop.reviews = [review(number) for number in range(200, 320)]
    first = shop.read(http)
    assert (len(first.posts), shop.asked()) == (50, 1)
    shop.reviews = [review(number) for number in range(50, 320)]
    again = shop.read(http, first.cursor)
    assert {post.native_id for post in again.posts} >= {
        one_["id"]["label"] for one_ in shop.reviews[:150]
    }
    assert not again.hole
    assert again.note is None
    assert shop.asked() == 4
    assert len(shop.read(http, again.cursor).posts) == 50
    assert shop.asked() == 1


def test_more_than_it_shows_is_a_hole(http: HttpClient, shop: Shop) -> None:
    shop.reviews = [review(number) for number in range(600, 650)]
    first = shop.read(http)
    shop.reviews = [review(number) for number in range(650)]
    again = shop.read(http, first.cursor)
    assert (len(again.posts), again.hole) == (500, True)
    assert shop.asked() == 11
    assert not shop.read(http, again.cursor).hole


def test_an_edited_review_is_the_same_one_again(http: HttpClient, shop: Shop) -> None:
    shop.reviews = [review(number) for number in range(10, 70)]
    first = shop.read(http)
    edited = review(65, rating="5", body="Réparé, merci", updated="2026-08-02T01:00:00-02:00")
    shop.reviews = [edited, *(one_ for one_ in shop.reviews if one_["id"] != edited["id"])]
    again = shop.read(http, first.cursor)
    assert (again.posts[0].native_id, again.posts[0].rating) == (edited["id"]["label"], 5)
    assert again.posts[0].text == "Réparé, merci"


def test_a_bare_first_page_forgets_nothing(http: HttpClient, shop: Shop) -> None:
    shop.reviews = [review(number) for number in range(100, 160)]
    first = shop.read(http)
    shop.empty = {1}
    bare = shop.read(http, first.cursor)
    assert bare.posts == ()
    assert bare.note is not None
    shop.empty = set()
    shop.reviews = [review(number) for number in range(20, 160)]
    again = shop.read(http, bare.cursor)
    assert len(again.posts) == 100
    assert not again.hole


def test_a_bare_page_in_between_is_made_up_for_next_time(http: HttpClient, shop: Shop) -> None:
    shop.reviews = [review(number) for number in range(200, 260)]
    first = shop.read(http)
    shop.reviews = [review(number) for number in range(80, 260)]
    shop.empty = {2}
    half = shop.read(http, first.cursor)
    assert len(half.posts) == 50
    shop.empty = set()
    whole = shop.read(http, half.cursor)
    assert {post.native_id for post in whole.posts} >= {
        one_["id"]["label"] for one_ in shop.reviews[:120]
    }


def test_a_refusal_on_a_later_page_loses_nothing(
    http: HttpClient, shop: Shop, loopback: LoopbackServer
) -> None:
    shop.reviews = [review(number) for number in range(200, 260)]
    first = shop.read(http)
    shop.reviews = [review(number) for number in range(80, 260)]
    loopback.add(f"{PATH}/page=2/{END}", Reply(503))
    with pytest.raises(SourceError) as caught:
        shop.read(http, first.cursor)
    assert caught.value.whole_host


def test_a_web_page_instead_of_reviews_is_told(
    http: HttpClient, shop: Shop, loopback: LoopbackServer
) -> None:
    loopback.add(f"{PATH}/page=1/{END}", b"<html>Maintenance</html>")
    with pytest.raises(SourceError, match="something else"):
        shop.read(http)


@pytest.mark.parametrize("entry", [None, "x", 3, [1, "x", None, {}], {"im:rating": []}, {}])
def test_odd_shapes_are_no_reviews(entry: object) -> None:
    answer = HttpResponse(200, "", "", {}, json.dumps({"feed": {"entry": entry}}).encode())
    result = KIND.read(Source(1, "appstore", "https://x.example/", ""), "", (answer,), NOW)
    assert result.posts == ()
