"""One's own Page over loopback: nothing missed, edits, deletions, own answers."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.networks.facebook import NETWORK
from monitor.sources.base import FetchResult
from monitor.sources.facebook_page import KIND
from tests.support.facebook_server import PAGE, TOKEN, FacebookServer
from tests.support.graph_server import error, stamp
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.unit.sources import samples
from tests.unit.sources.samples import NOW

SOURCE = Source(
    1, "facebook-page", "https://graph.facebook.com/me/feed#cafelumen", "", account_id=1
)
LOGIN = Login(
    Account(1, "facebook", "", "cafelumen", url=f"https://www.facebook.com/{PAGE}"),
    {"token": TOKEN, "id": PAGE, "host": "graph.facebook.com"},
)


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


@pytest.fixture
def served(loopback: LoopbackServer) -> FacebookServer:
    return FacebookServer(loopback, NOW)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def poll(
    http: HttpClient, cursor: str = "", now: datetime = NOW, login: Login = LOGIN
) -> FetchResult:
    answers = KIND.fetch_as(SOURCE, cursor, samples.access(login), http, now, CancelToken())
    assert TOKEN.encode() not in pickle.dumps(answers)
    result = KIND.read(SOURCE, cursor, answers, now)
    assert TOKEN not in result.cursor
    return result


def by_id(result: FetchResult) -> dict[str, Post]:
    return {post.native_id: post for post in result.posts}


def test_a_comment_and_its_answers_are_one_thread(served: FacebookServer, http: HttpClient) -> None:
    own = served.post("Nouveau café", ago(days=2), shares={"count": 4})
    comment = served.comment(own, "Service lamentable", ago(hours=5), like_count=3, comment_count=2)
    answer = served.comment(comment, "Moi aussi", ago(hours=4), by="Bo")
    reply = served.comment(comment, "Désolés", ago(hours=3))
    served.things[reply]["from"] = {"id": PAGE, "name": "Café Lumen"}
    visit = served.post("Fermé sans prévenir", ago(hours=2), by="Max")
    result = poll(http)
    assert len(served.asked) == 3
    posts = by_id(result)
    assert list(posts) == [visit, reply, answer, comment, own]
    assert posts[own].thread_id == own
    assert {posts[one].thread_id for one in (comment, answer, reply)} == {comment}
    # Whether our reply is to the comment or to the answer before it, Facebook does not tell.
    assert [posts[one].parent_id for one in (own, comment, answer, reply)] == ["", own, comment, ""]
    first = posts[comment]
    assert (first.text, first.likes, first.replies) == ("Service lamentable", 3, 2)
    assert (first.author.name, first.author.handle, first.author.url) == ("Léa", "", "")
    assert first.published == ago(hours=5)
    assert first.url.endswith(f"?comment_id={comment.partition('_')[2]}")
    assert posts[own].shares == 4
    assert posts[own].replies == 3
    assert result.title == "Facebook · cafelumen"
    assert result.hole is False


def test_the_pages_own_words_are_the_accounts(served: FacebookServer, http: HttpClient) -> None:
    own = served.post("Nouveau café", ago(days=2))
    login = NETWORK.enter({"token": TOKEN}, {}, {}, http, NOW, CancelToken())
    author = by_id(poll(http, login=login))[own].author
    assert (author.handle, author.url) == (login.account.handle, login.account.url)


def test_each_post_tells_how_it_is_answered(served: FacebookServer, http: HttpClient) -> None:
    own = served.post("Nouveau café", ago(days=2))
    comment = served.comment(own, "Lamentable", ago(hours=5))
    answer = served.comment(comment, "Moi aussi", ago(hours=4))
    shut = served.comment(own, "Ici non", ago(hours=1), can_comment=False)
    posts = by_id(poll(http))
    assert json.loads(posts[comment].reply_to) == {"page": PAGE, "id": comment}
    assert json.loads(posts[answer].reply_to) == {"page": PAGE, "id": comment}
    assert posts[shut].reply_to == ""


def test_recommendations_and_tags(served: FacebookServer, http: HttpClient) -> None:
    served.ratings = [
        {
            "created_time": stamp(ago(hours=1)),
            "recommendation_type": "negative",
            "review_text": "Plus jamais",
            "reviewer": {"id": "5", "name": "Zoé"},
            "open_graph_story": {"id": "555"},
        },
        {
            "created_time": stamp(ago(hours=2)),
            "recommendation_type": "positive",
            "review_text": "Top",
        },
        {"created_time": stamp(ago(hours=3)), "rating": 3, "review_text": "Bof"},
        {"created_time": stamp(ago(hours=4)), "recommendation_type": "positive"},
    ]
    served.tagged = [
        {"id": "888_9", "message": "Vu chez @Lumen", "created_time": stamp(ago(hours=6)),
         "permalink_url": "https://www.facebook.com/888/posts/9"},
    ]  # fmt: skip
    bad, good, old, tag = poll(http).posts
    assert (bad.native_id, bad.rating, bad.author.name) == ("555", 1, "Zoé")
    assert json.loads(bad.reply_to)["id"] == "555"
    assert bad.url == "https://www.facebook.com/111/reviews#555"
    assert (good.rating, good.reply_to) == (5, "")
    assert old.rating == 3
    assert (tag.text, tag.reply_to, tag.author.name) == ("Vu chez @Lumen", "", "")


def test_a_page_without_recommendations_is_read_all_the_same(
    served: FacebookServer, http: HttpClient
) -> None:
    served.post("Nouveau café", ago(hours=2))
    served.closed = {"ratings"}
    result = poll(http)
    assert len(result.posts) == 1
    assert "recommendations" in str(result.note)
    served.closed = {"tagged"}
    assert "tag this Page" in str(poll(http).note)


def test_a_busy_post_is_followed_back_to_what_was_seen(
    served: FacebookServer, http: HttpClient
) -> None:
    post = served.post("Nouveau café", ago(days=3))
    first = {served.comment(post, f"avis {n}", ago(days=2, minutes=-n)) for n in range(40)}
    result = poll(http)
    assert len(set(by_id(result)) & first) == 25  # history: the newest
    many = {served.comment(post, f"encore {n}", ago(hours=10, minutes=-n)) for n in range(240)}
    asked = len(served.asked)
    later = poll(http, result.cursor)
    assert many <= set(by_id(later))
    assert later.hole is False
    assert len(served.asked) - asked == 3 + 3
    assert set(by_id(poll(http, later.cursor))) <= set(by_id(later))


def test_more_than_can_be_followed_is_a_hole(
    served: FacebookServer, http: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.sources.graph_walk.MOST_PAGES", 2)
    post = served.post("Nouveau café", ago(days=3))
    served.comment(post, "avis", ago(days=2))
    cursor = poll(http).cursor
    for number in range(300):
        served.comment(post, f"encore {number}", ago(hours=10, minutes=-number))
    assert poll(http, cursor).hole is True


def test_posts_of_a_fortnight_are_looked_at(served: FacebookServer, http: HttpClient) -> None:
    for number in range(120):
        served.post(f"promo {number}", ago(days=60 - number / 2.0))
    result = poll(http)
    assert (
        len(result.posts) == 50
    )  # two pages of 25: those of fourteen days, and what stands beside
    old = served.feed[40]
    comment = served.comment(old, "Et moi alors", ago(minutes=5))
    assert comment in by_id(poll(http, result.cursor))
    lost = served.comment(served.feed[70], "Trop tard", ago(minutes=4))
    assert lost not in by_id(poll(http, result.cursor))


def test_what_is_too_much_at_once_is_asked_for_in_small_pages(
    served: FacebookServer, http: HttpClient
) -> None:
    for number in range(60):
        served.post(f"promo {number}", ago(days=60 - number))
    words = "Please reduce the amount of data you're asking for, then retry your request"
    served.before = lambda request: (
        error(1, words, status=500)
        if "/feed" in request.path and "limit=25&" in f"{request.path}&"
        else None
    )
    assert [post.text for post in poll(http).posts] == [f"promo {n}" for n in range(59, 34, -1)]


def test_edits_come_again_and_deletions_are_told(served: FacebookServer, http: HttpClient) -> None:
    post = served.post("Nouveau café", ago(days=2))
    edited = served.comment(post, "Lamentable", ago(hours=5))
    deleted = served.comment(post, "Insulte", ago(hours=4))
    served.comment(post, "Bien", ago(hours=3))
    cursor = poll(http).cursor
    served.things[edited]["message"] = "Lamentable, puis réglé"
    served.delete(deleted)
    result = poll(http, cursor)
    assert by_id(result)[edited].text == "Lamentable, puis réglé"
    assert result.withdrawn == (deleted,)
    again = poll(http, result.cursor)
    assert again.withdrawn == ()


def test_with_a_post_go_its_comments(served: FacebookServer, http: HttpClient) -> None:
    served.post("Autre chose", ago(days=3))
    post = served.post("Nouveau café", ago(days=2))
    comments = {served.comment(post, f"avis {n}", ago(hours=5, minutes=n)) for n in range(9)}
    cursor = poll(http).cursor
    served.delete(post)
    for comment in comments:
        served.delete(comment)
    asked = len(served.asked)
    assert set(poll(http, cursor).withdrawn) == {post, *comments}
    assert len(served.asked) - asked == 4


def test_what_is_hidden_but_there_is_not_withdrawn(
    served: FacebookServer, http: HttpClient
) -> None:
    post = served.post("Nouveau café", ago(days=2))
    comment = served.comment(post, "Avis", ago(hours=5))
    served.comment(post, "Bien", ago(hours=6))
    cursor = poll(http).cursor
    served.things[comment]["story"] = "elsewhere"
    result = poll(http, cursor)
    assert result.withdrawn == ()
    asked = len(served.asked)
    poll(http, result.cursor)
    assert len(served.asked) - asked == 3  # and it is not asked for again


def test_what_has_no_words_is_left_out_and_pictures_give_theirs(
    served: FacebookServer, http: HttpClient
) -> None:
    post = served.post("", ago(days=2))
    served.comment(post, "", ago(hours=5), attachment={"type": "sticker"})
    link = served.comment(post, "", ago(hours=4), attachment={"title": "Un article sur Lumen"})
    result = poll(http)
    assert [(one.native_id, one.text) for one in result.posts] == [(link, "Un article sur Lumen")]
    assert result.skipped == 0


def test_comments_without_ids_are_known_by_their_links(
    served: FacebookServer, http: HttpClient
) -> None:
    post = served.post("Nouveau café", ago(days=2))
    comment = served.comment(post, "Avis", ago(hours=5))
    shown = served.things[comment]

    def hide(reply: Reply) -> Reply:
        found = json.loads(reply.body)
        for one in found["data"]:
            for below in one.get("comments", {}).get("data", []):
                below.pop("id", None)
        return Reply(200, reply.headers, json.dumps(found).encode())

    told = served._told
    served.before = lambda request: (
        hide(told(request, f"{PAGE}/feed", served.asked[-1][2]))
        if "/feed" in request.path
        else None
    )
    known = by_id(poll(http))[comment]
    assert known.url == shown["permalink_url"]
    assert json.loads(known.reply_to)["id"] == comment
