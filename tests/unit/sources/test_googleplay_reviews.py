"""Reviews of one's own app over loopback: pages, changes, deletions, our answers, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.networks.googleplay import SCOPE
from monitor.sources.base import FetchResult
from monitor.sources.googleplay_reviews import KIND
from tests.support.googlereviews_server import PACKAGE, PlayServer
from tests.support.loopback import LoopbackServer
from tests.support.networks import RedirectedClient
from tests.unit.sources.recorded.googleplay_reviews import ACCOUNT, ADDRESS, NOON
from tests.unit.sources.samples import NOW, access


@pytest.fixture
def served(loopback: LoopbackServer) -> PlayServer:
    return PlayServer(loopback)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


def poll(
    served: PlayServer, http: HttpClient, cursor: str = "", now: datetime = NOW, scope: str = SCOPE
) -> FetchResult:
    source = Source(1, "googleplay-reviews", ADDRESS, "", account_id=1)
    login = Login(ACCOUNT, {"token": served.auth.new_token(scope)})
    answers = KIND.fetch_as(source, cursor, access(login), http, now, CancelToken())
    return KIND.read(source, cursor, answers, now)


def test_a_review_and_our_answer_are_told_whole(served: PlayServer, http: HttpClient) -> None:
    served.add_review("gp:A", NOON, "Nul\tPlante <au> lancement & ferme", starRating=2)
    served.add_review("gp:B", NOON - 60, "\tBien", starRating=9, reviewerLanguage="fr_CA")
    served.answer_to("gp:A", "Bonjour, mettez à jour.", NOON + 60)
    ours, first, second = poll(served, http).posts
    assert (first.native_id, first.title, first.rating) == ("gp:A", "Nul", 2)
    assert (first.likes, first.language, first.author.name) == (2, "fr", "Léa")
    assert first.published == datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert first.url == f"https://play.google.com/store/apps/details?id={PACKAGE}&reviewId=gp%3AA"
    assert json.loads(first.reply_to) == {"package": PACKAGE, "review": "gp:A", "answered": True}
    assert (second.text, second.rating, second.language) == ("Bien", None, "fr")
    assert (ours.native_id, ours.parent_id, ours.thread_id) == ("gp:A/reply", "gp:A", "gp:A")
    assert (ours.author.handle, ours.author.url) == (ACCOUNT.label, ACCOUNT.url)
    assert (ours.text, ours.reply_to) == ("Bonjour, mettez à jour.", "")


def test_it_reads_every_page_to_what_was_read(
    served: PlayServer, http: HttpClient, loopback: LoopbackServer
) -> None:
    for number in range(150):
        served.add_review(f"gp:old{number}", NOON - 400_000 - number)
    first = poll(served, http)
    assert (len(first.posts), len(loopback.requests)) == (100, 1)
    for number in range(250):
        served.add_review(f"gp:new{number}", NOON - number)
    served.add_review("gp:late", NOON - 430_000)  # shown hours after it was written
    again = poll(served, http, first.cursor)
    found = {post.native_id for post in again.posts}
    assert {f"gp:new{number}" for number in range(250)} <= found
    assert not again.hole


def test_more_than_can_be_read_is_a_hole(served: PlayServer, http: HttpClient) -> None:
    served.add_review("gp:old", NOON - 500_000)
    cursor = poll(served, http).cursor
    for number in range(1100):
        served.add_review(f"gp:new{number}", NOON - number)
    assert poll(served, http, cursor).hole


def test_a_changed_review_comes_again_under_its_number(
    served: PlayServer, http: HttpClient
) -> None:
    served.add_review("gp:A", NOON - 90)
    cursor = poll(served, http).cursor
    served.reviews.clear()
    served.add_review("gp:A", NOON, "\tCorrigé, merci", starRating=5)
    (post,) = poll(served, http, cursor).posts
    assert (post.native_id, post.text, post.rating) == ("gp:A", "Corrigé, merci", 5)


def test_a_deleted_review_is_withdrawn_and_one_that_is_too_old_is_not(
    served: PlayServer, http: HttpClient
) -> None:
    for number in range(5):
        served.add_review(f"gp:{number}", NOON - number)
    cursor = poll(served, http).cursor
    gone = served.reviews.pop(2)["reviewId"]
    result = poll(served, http, cursor)
    assert result.withdrawn == (gone, f"{gone}/reply")
    assert gone not in result.cursor
    served.reviews.clear()
    later = poll(served, http, result.cursor, NOW + timedelta(days=7))
    assert later.withdrawn == ()


def test_a_lesser_and_an_ended_login_are_told(served: PlayServer, http: HttpClient) -> None:
    with pytest.raises(NotLoggedIn) as caught:
        poll(served, http, scope="openid")
    assert SCOPE in str(caught.value.title)
    served.allowed = False
    with pytest.raises(SourceError, match="does not have permission"):
        poll(served, http)


def test_another_app_of_the_same_developer() -> None:
    address = KIND.address_of({"account": PACKAGE, "package": "com.example.other"})
    assert address.endswith(f"/com.example.other/reviews#{PACKAGE}")
    page = KIND.page_of(Source(1, "googleplay-reviews", address, ""))
    assert page == (
        "https://play.google.com/store/apps/details?id=com.example.other&showAllReviews=true"
    )
