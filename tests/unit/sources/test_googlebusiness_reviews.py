"""Reviews of one's own places over loopback: places, pages, the weekly reading, our answers, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.networks.googlebusiness import SCOPE
from monitor.sources.base import FetchResult
from monitor.sources.googlebusiness_reviews import KIND
from tests.support.googlereviews_server import PLACE, BusinessServer, place
from tests.support.loopback import LoopbackServer
from tests.support.networks import RedirectedClient
from tests.unit.sources.recorded.googlebusiness_reviews import ACCOUNT, ADDRESS, LABEL
from tests.unit.sources.samples import NOW, access

OTHER = "accounts/9/locations/3"


@pytest.fixture
def served(loopback: LoopbackServer) -> BusinessServer:
    return BusinessServer(loopback)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


def poll(
    served: BusinessServer,
    http: HttpClient,
    cursor: str = "",
    now: datetime = NOW,
    address: str = ADDRESS,
    scope: str = SCOPE,
) -> FetchResult:
    source = Source(1, "googlebusiness-reviews", address, "", account_id=1)
    login = Login(ACCOUNT, {"token": served.auth.new_token(scope)})
    answers = KIND.fetch_as(source, cursor, access(login), http, now, CancelToken())
    return KIND.read(source, cursor, answers, now)


def test_a_review_and_our_answer_are_told_whole(served: BusinessServer, http: HttpClient) -> None:
    reply = {"comment": "Bonjour", "updateTime": "2026-08-01T12:00:00Z"}
    words = "Accueil déplorable\n\n(Translated by Google)\nAwful welcome"
    name = served.add_review("AbF", 0, comment=words, reviewReply=reply)
    served.add_review("stars", 1, comment="")
    ours, review = poll(served, http).posts
    assert (review.native_id, review.text, review.rating) == (name, "Accueil déplorable", 1)
    assert (review.title, review.author.name) == ("Café Lumen Nantes", "Léa M")
    assert review.url == "https://maps.example/locations/2#AbF"
    assert review.published == datetime(2026, 8, 1, 10, 59, tzinfo=UTC)
    assert json.loads(review.reply_to) == {"review": name, "answered": True}
    assert (ours.native_id, ours.parent_id) == (f"{name}/reply", name)
    assert (ours.author.handle, ours.author.url) == (LABEL, ACCOUNT.url)


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("(Translated by Google) Awful\n\n(Original)\nNul", "Nul"),
        ("Nul\n\n(Translated by Google)\nAwful", "Nul"),
        ("Nul", "Nul"),
    ],
)
def test_translations_are_left_out(
    served: BusinessServer, http: HttpClient, comment: str, words: str
) -> None:
    served.add_review("A", 0, comment=comment)
    assert [post.text for post in poll(served, http).posts] == [words]


def test_all_places_of_all_accounts_or_those_that_are_wanted(
    served: BusinessServer, http: HttpClient
) -> None:
    served.places["accounts/9"] = [
        place("locations/3", "Café Lumen Brest"),
        place("locations/2", "Café Lumen Nantes"),
    ]
    served.add_review("B", 1, OTHER)
    served.add_review("A", 2, "accounts/9/locations/2")
    served.reviews["accounts/1/locations/2"] = []
    found = {post.title for post in poll(served, http).posts}
    assert found == {"Café Lumen Brest", "Café Lumen Nantes"}
    only = f"https://mybusiness.googleapis.com/v4/reviews?place=brest#{LABEL}"
    assert {post.title for post in poll(served, http, address=only).posts} == {"Café Lumen Brest"}
    none = f"https://mybusiness.googleapis.com/v4/reviews?place=Lyon#{LABEL}"
    assert "no such place" in str(poll(served, http, address=none).note)


def test_a_place_that_google_refuses_does_not_silence_the_others(
    served: BusinessServer, http: HttpClient
) -> None:
    served.places["accounts/9"] = [place("locations/3", "Café Lumen Brest")]
    served.add_review("B", 1, OTHER)
    served.closed = {OTHER}
    served.add_review("A", 1)
    result = poll(served, http)
    assert [post.title for post in result.posts] == ["Café Lumen Nantes"]
    assert "not verified" in str(result.note)
    served.closed.add(PLACE)
    with pytest.raises(SourceError, match="not verified"):
        poll(served, http)


def test_too_many_places_are_told(served: BusinessServer, http: HttpClient) -> None:
    for number in range(10, 70):
        served.places["accounts/1"].append(place(f"locations/{number}", f"Café {number}"))
        served.reviews[f"accounts/1/locations/{number}"] = []
    assert "first 50 places" in str(poll(served, http).note)


def test_it_reads_every_page_to_what_was_read(served: BusinessServer, http: HttpClient) -> None:
    served.size = 10
    for number in range(500, 530):
        served.add_review(f"old{number}", number, updateTime="2026-07-20T10:00:00Z")
    first = poll(served, http)
    assert len(first.posts) == 10
    for number in range(35):
        served.add_review(f"new{number}", number)
    again = poll(served, http, first.cursor)
    found = {post.native_id.rpartition("/")[2] for post in again.posts}
    assert {f"new{number}" for number in range(35)} <= found
    assert not again.hole


def test_more_than_can_be_read_is_a_hole(served: BusinessServer, http: HttpClient) -> None:
    served.size = 2
    served.add_review("old", 0, updateTime="2026-07-01T10:00:00Z")
    cursor = poll(served, http).cursor
    for number in range(60):
        served.add_review(f"new{number}", number)
    assert poll(served, http, cursor).hole


def test_once_a_week_all_is_read_again(served: BusinessServer, http: HttpClient) -> None:
    """A review that the pages left out at its time appears behind others."""
    served.size = 5
    for number in range(5):
        served.add_review(f"old{number}", number, updateTime=f"2026-07-0{number + 1}T10:00:00Z")
    cursor = poll(served, http).cursor
    for number in range(15):
        served.add_review(f"new{number}", number)
        served.add_review(f"mid{number}", number, updateTime="2026-07-25T10:00:00Z")
    cursor = poll(served, http, cursor).cursor
    missed = served.add_review("missed", 0, updateTime="2026-07-20T10:00:00Z")
    before = poll(served, http, cursor, NOW + timedelta(days=6))
    assert missed not in {post.native_id for post in before.posts}
    after = poll(served, http, before.cursor, NOW + timedelta(days=8))
    assert missed in {post.native_id for post in after.posts}
    again = poll(served, http, after.cursor, NOW + timedelta(days=9))
    assert missed not in {post.native_id for post in again.posts}


def test_a_deleted_review_is_withdrawn(served: BusinessServer, http: HttpClient) -> None:
    for number in range(5):
        served.add_review(f"A{number}", number)
    cursor = poll(served, http).cursor
    gone = served.reviews[PLACE].pop(2)["name"]
    result = poll(served, http, cursor)
    assert result.withdrawn == (gone, f"{gone}/reply")
    assert gone not in result.cursor


def test_refusals_are_told(served: BusinessServer, http: HttpClient) -> None:
    with pytest.raises(NotLoggedIn) as lesser:
        poll(served, http, scope="openid")
    assert SCOPE in str(lesser.value.title)
    served.approved = False
    with pytest.raises(SourceError) as caught:
        poll(served, http)
    assert (caught.value.status, caught.value.whole_host) == (429, True)
    served.auth.off = True
    with pytest.raises(SourceError, match="not switched on") as off:
        poll(served, http)
    assert off.value.action is Action.PAUSE
