"""Comments on one's own media over loopback: nothing missed, answers on old comments, deletions, limits."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.networks.instagram import NETWORK
from monitor.sources.base import FetchResult
from monitor.sources.instagram_comments import KIND
from tests.support.graph_server import error, stamp
from tests.support.instagram_server import ME, OF_THE_PAGE, TOKEN, InstagramServer
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.unit.sources import samples
from tests.unit.sources.recorded.instagram_comments import ACCOUNT
from tests.unit.sources.samples import NOW

SOURCE = Source(
    1, "instagram-comments", "https://graph.instagram.com/me/media#cafelumen", "", account_id=1
)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


@pytest.fixture(params=["graph.instagram.com", "graph.facebook.com"])
def served(request: pytest.FixtureRequest, loopback: LoopbackServer) -> InstagramServer:
    return InstagramServer(loopback, NOW, request.param)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def poll(
    served: InstagramServer, http: HttpClient, cursor: str = "", now: datetime = NOW
) -> FetchResult:
    token = TOKEN if served.host == "graph.instagram.com" else OF_THE_PAGE
    login = Login(ACCOUNT, {"token": token, "id": ME, "host": served.host})
    answers = KIND.fetch_as(SOURCE, cursor, samples.access(login), http, now, CancelToken())
    assert token.encode() not in pickle.dumps(answers)
    return KIND.read(SOURCE, cursor, answers, now)


def by_id(result: FetchResult) -> dict[str, Post]:
    return {post.native_id: post for post in result.posts}


def calls(served: InstagramServer) -> int:
    return len(served.asked)


def test_a_comment_and_its_answers_are_one_thread(
    served: InstagramServer, http: HttpClient
) -> None:
    medium = served.medium("Nouveau chez Lumen", ago(days=2))
    comment = served.comment(medium, "jamais reçu ma commande 😡", ago(hours=5), like_count=4)
    other = served.comment(comment, "@lea pareil", ago(hours=4), by="bo")
    reply = served.comment(comment, "@lea désolés", ago(hours=3), by="cafelumen")
    result = poll(served, http)
    posts = by_id(result)
    assert list(posts) == [reply, other, comment, medium]
    assert posts[medium].thread_id == medium
    assert {posts[one].thread_id for one in (comment, other, reply)} == {comment}
    assert [posts[one].parent_id for one in (medium, comment, other)] == ["", medium, comment]
    first = posts[comment]
    assert first.text == "jamais reçu ma commande 😡"
    assert (first.author.handle, first.author.url) == ("lea", "https://www.instagram.com/lea/")
    assert (first.likes, first.published) == (4, ago(hours=5))
    assert first.url == f"{served.things[medium]['permalink']}#{comment}"
    assert posts[medium].replies == 3
    assert calls(served) == (1 if served.host == "graph.instagram.com" else 2)
    assert result.title == "Instagram · cafelumen"


def test_our_answer_is_to_whom_it_names_else_to_the_thread_before_it(
    served: InstagramServer, http: HttpClient
) -> None:
    medium = served.medium("Nouveau chez Lumen", ago(days=2))
    comment = served.comment(medium, "jamais reçu", ago(hours=9))
    early = served.comment(comment, "moi non plus", ago(hours=8), by="bo")
    again = served.comment(comment, "toujours rien", ago(hours=7), by="bo")
    late = served.comment(comment, "et là ?", ago(hours=1), by="bo")
    to_bo = served.comment(comment, "@Bo désolés", ago(hours=6), by="cafelumen")
    to_all = served.comment(comment, "Désolés", ago(hours=5), by="cafelumen")
    to_none = served.comment(comment, "@zoe désolés", ago(hours=4), by="cafelumen")
    own = served.comment(medium, "Bonne journée", ago(hours=3), by="cafelumen")
    posts = by_id(poll(served, http))
    assert [posts[one].parent_id for one in (to_bo, to_all, to_none, own)] == [
        again, "", "", medium,
    ]  # fmt: skip
    assert {posts[one].parent_id for one in (early, again, late)} == {comment}


def test_the_accounts_own_words_are_the_accounts(
    loopback: LoopbackServer, http: HttpClient
) -> None:
    served = InstagramServer(loopback, NOW)
    medium = served.medium("Nouveau", ago(days=2))
    comment = served.comment(medium, "jamais reçu", ago(hours=5))
    reply = served.comment(comment, "@lea désolés", ago(hours=3), by="cafelumen")
    hidden = served.comment(comment, "@lea encore", ago(hours=2), by="cafelumen")
    served.things[hidden]["username"] = ""  # some come with `from` alone
    account = NETWORK.enter({"token": TOKEN}, {}, {}, http, NOW, CancelToken()).account
    posts = by_id(poll(served, http))
    for one in (medium, reply, hidden):
        assert (posts[one].author.handle, posts[one].author.url) == (account.handle, account.url)


def test_each_comment_tells_how_it_is_answered(served: InstagramServer, http: HttpClient) -> None:
    medium = served.medium("Nouveau", ago(days=2))
    comment = served.comment(medium, "jamais reçu", ago(hours=5))
    other = served.comment(comment, "@lea pareil", ago(hours=4), by="bo.b")
    shut = served.comment(medium, "spam", ago(hours=3), hidden=True)
    posts = by_id(poll(served, http))
    url = served.things[medium]["permalink"]
    assert json.loads(posts[comment].reply_to) == {
        "account": ME, "id": comment, "to": "lea", "url": url,
    }  # fmt: skip
    assert json.loads(posts[other].reply_to) == {
        "account": ME, "id": comment, "to": "bo.b", "url": url,
    }  # fmt: skip
    assert posts[shut].reply_to == ""


def test_a_page_token_shows_media_that_tag_the_account(
    loopback: LoopbackServer, http: HttpClient
) -> None:
    served = InstagramServer(loopback, NOW, "graph.facebook.com")
    served.tagging = [
        {"id": "55", "caption": "Chez @cafelumen", "timestamp": stamp(ago(hours=1)), "username": "bo",
         "permalink": "https://www.instagram.com/p/Ctag/", "comments_count": 2},
    ]  # fmt: skip
    (post,) = poll(served, http).posts
    assert (post.text, post.author.handle, post.reply_to) == ("Chez @cafelumen", "bo", "")
    served.before = lambda request: (
        error(10, "(#10) no permission") if "/tags" in request.path else None
    )
    assert "tag this account" in str(poll(served, http).note)


def test_a_busy_medium_is_followed_back_to_what_was_seen(
    served: InstagramServer, http: HttpClient
) -> None:
    medium = served.medium("Nouveau", ago(days=3))
    for number in range(80):
        served.comment(medium, f"avis {number}", ago(days=2, minutes=-number))
    first = poll(served, http)
    assert len(first.posts) == 51  # history: the newest fifty, and the medium
    many = {served.comment(medium, f"encore {n}", ago(hours=10, minutes=-n)) for n in range(170)}
    later = poll(served, http, first.cursor)
    assert many <= set(by_id(later))
    assert later.hole is False


def test_answers_below_an_old_comment_are_found(served: InstagramServer, http: HttpClient) -> None:
    medium = served.medium("Nouveau", ago(days=3))
    old = served.comment(medium, "la toute première", ago(days=2, hours=20))
    for number in range(130):
        served.comment(medium, f"avis {number}", ago(days=2, minutes=-number))
    cursor = poll(served, http).cursor
    before = calls(served)
    cursor = poll(served, http, cursor).cursor
    usual = calls(served) - before
    late = served.comment(old, "et moi ?", ago(minutes=5), by="bo")
    before = calls(served)
    found = by_id(poll(served, http, cursor))[late]
    assert calls(served) - before == usual + 2  # two more pages of comments
    assert found.parent_id == old


def test_many_answers_below_one_comment_are_followed(
    served: InstagramServer, http: HttpClient
) -> None:
    medium = served.medium("Nouveau", ago(days=3))
    comment = served.comment(medium, "jamais reçu", ago(days=2))
    for number in range(48):
        served.comment(comment, f"pareil {number}", ago(days=1, minutes=-number))
    cursor = poll(served, http).cursor
    late = {served.comment(comment, f"et {n}", ago(minutes=90 - n), by="bo") for n in range(70)}
    posts = by_id(poll(served, http, cursor))
    assert late <= set(posts)
    assert {posts[one].parent_id for one in late} == {comment}
    page = served.things[medium]["permalink"]
    assert [posts[one].url for one in late] == [f"{page}#{one}" for one in late]


def test_more_than_can_be_followed_is_a_hole(
    served: InstagramServer, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.sources.graph_walk.MOST_PAGES", 2)
    medium = served.medium("Nouveau", ago(days=3))
    served.comment(medium, "avis", ago(days=2))
    cursor = poll(served, http).cursor
    for number in range(200):
        served.comment(medium, f"encore {number}", ago(hours=10, minutes=-number))
    assert poll(served, http, cursor).hole is True


def test_deletions_are_told(served: InstagramServer, http: HttpClient) -> None:
    medium = served.medium("Nouveau", ago(days=2))
    comment = served.comment(medium, "insulte", ago(hours=5))
    kept = served.comment(medium, "merci", ago(hours=6))
    answer = served.comment(kept, "et flûte", ago(hours=4), by="bo")
    served.comment(kept, "de rien", ago(hours=3), by="cafelumen")
    cursor = poll(served, http).cursor
    served.delete(comment)
    served.delete(answer)
    result = poll(served, http, cursor)
    assert set(result.withdrawn) == {comment, answer}
    assert poll(served, http, result.cursor).withdrawn == ()


def test_media_of_a_fortnight_are_looked_at(served: InstagramServer, http: HttpClient) -> None:
    for number in range(90):
        served.medium(f"promo {number}", ago(days=45 - number / 2.0))
    cursor = poll(served, http).cursor
    late = served.comment(served.media[27], "et moi", ago(minutes=5))
    assert late in by_id(poll(served, http, cursor))


def test_it_slows_down_before_a_limit_is_reached(
    loopback: LoopbackServer, http: HttpClient
) -> None:
    served = InstagramServer(loopback, NOW)
    served.medium("Nouveau", ago(days=2))
    served.allowed = 4
    assert [poll(served, http).wait_until for _ in range(4)] == [
        None, None, NOW + timedelta(hours=1), NOW + timedelta(hours=1),
    ]  # fmt: skip
    with pytest.raises(SourceError, match="left alone") as caught:
        poll(served, http)
    assert caught.value.retry_at == NOW + timedelta(minutes=42)


def test_an_ended_token_and_a_missing_right_need_the_person(
    served: InstagramServer, http: HttpClient
) -> None:
    (token,) = served.tokens.values()
    token.ended = 463
    with pytest.raises(NotLoggedIn, match="expired"):
        poll(served, http)
    token.ended, token.scopes = 0, ()
    with pytest.raises(NotLoggedIn, match=r"instagram_(business_)?basic"):
        poll(served, http)
    served.before = lambda _request: error(10, "(#10) no")
    with pytest.raises(NotLoggedIn, match="manage_comments"):
        poll(served, http)


def test_a_medium_deleted_while_it_is_read(served: InstagramServer, http: HttpClient) -> None:
    medium = served.medium("Nouveau", ago(days=3))
    served.comment(medium, "avis", ago(days=2))
    cursor = poll(served, http).cursor
    for number in range(90):
        served.comment(medium, f"encore {number}", ago(hours=10, minutes=-number))
    served.before = lambda request: (
        error(100, "gone", 33) if "/comments" in request.path.partition("?")[0] else None
    )
    result = poll(served, http, cursor)
    assert (len(result.posts), result.hole) == (51, False)


@pytest.mark.parametrize(
    "reply",
    [Reply(500), Reply(200, {}, b"<html>"), Reply(200, {}, b"[]"), error(1, "x", status=500)],
)
def test_odd_answers_are_sentences(served: InstagramServer, http: HttpClient, reply: Reply) -> None:
    served.before = lambda _request: reply
    with pytest.raises(SourceError):
        poll(served, http)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.instagram.com/p/CMeo7rcJvTi/",
        "https://www.instagram.com/explore/",
        "https://www.instagram.com/",
        "https://graph.instagram.com/me/media",
    ],
)
def test_other_pages_of_instagram_are_no_source(address: str) -> None:
    assert KIND.fields_of(address) is None
