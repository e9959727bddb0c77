"""Answers of Meta's Graph API that others recorded, read by our own code. Facebook and Instagram."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import Sending, SendingState
from monitor.model.source import Source
from monitor.networks import graph
from monitor.networks.base import NotLoggedIn
from monitor.networks.facebook import NETWORK as FACEBOOK
from monitor.networks.instagram import NETWORK as INSTAGRAM
from monitor.sources import facebook_page, instagram_comments
from monitor.sources.api_answers import objects
from monitor.sources.base import FetchResult
from monitor.sources.facebook_post import Page, comment_of, post_of
from monitor.sources.graph_answers import look
from monitor.sources.graph_walk import goes_on
from monitor.sources.instagram_post import Account as Seen
from monitor.sources.instagram_post import Medium, medium_of
from monitor.sources.instagram_post import comment_of as ig_comment_of
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import RedirectedClient
from tests.unit.sources import samples

NOW = datetime(2026, 8, 2, tzinfo=UTC)
PAGE = "19292868552"
TOKEN = "access_token"  # the word that stands for it in the recorded answers
ME = "17841406338772941"


@pytest.fixture
def recorded(shared: Path) -> Path:
    folder = shared / "fixtures" / "facebook-instagram" / "testdata"
    if not folder.is_dir():
        pytest.skip("the recorded answers are not here")
    return folder


@pytest.fixture
def http(loopback: LoopbackServer) -> Iterator[HttpClient]:
    client = RedirectedClient(loopback)
    yield client
    client.close()


def told(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def answer(path: Path, asked: str) -> HttpResponse:
    return HttpResponse(200, f"https://{asked}", "", {}, path.read_bytes())


def page_login(id_: str = PAGE) -> Login:
    account = Account(1, "facebook", "", "FacebookforDevelopers")
    return Login(account, {"token": TOKEN, "id": id_, "host": graph.FACEBOOK})


def read_page(*answers: HttpResponse) -> FetchResult:
    source = Source(1, "facebook-page", "https://graph.facebook.com/me/feed#fb4d", "")
    return facebook_page.KIND.read(source, "", answers, NOW)


def read_media(*answers: HttpResponse) -> FetchResult:
    source = Source(1, "instagram-comments", "https://graph.instagram.com/me/media#ikroskun", "")
    return instagram_comments.KIND.read(source, "", answers, NOW)


# -- Facebook ---------------------------------------------------------------------------------
@pytest.mark.shared
def test_a_pages_feed_in_two_pages(recorded: Path) -> None:
    asked = f"graph.facebook.com/v26.0/{PAGE}/feed"
    posts = recorded / "facebook/apidata/posts"
    result = read_page(
        answer(posts / "feeds_default_fields_p1.json", asked),
        answer(posts / "feeds_default_fields_p2.json", asked),
    )
    assert len(result.posts) == 10
    first = result.posts[0]
    assert first.native_id == "19292868552_10158349356748553"
    assert first.text.startswith("Singaporean logistics company Ninja Van")
    assert first.published == datetime(2021, 7, 9, 19, 9, 52, tzinfo=UTC)
    assert (first.likes, first.replies, first.shares) == (125, 13, 10)
    assert first.url == "https://www.facebook.com/19292868552/posts/10158349356748553/"
    assert json.loads(first.reply_to) == {"page": PAGE, "id": first.native_id}
    last = result.posts[-1]
    assert (last.likes, last.replies, last.shares) == (26959, 82, 183)
    assert result.skipped == 0


@pytest.mark.shared
def test_the_second_page_of_a_feed_is_asked_for(
    recorded: Path, http: HttpClient, loopback: LoopbackServer
) -> None:
    posts = recorded / "facebook/apidata/posts"
    pages = [posts / "feeds_default_fields_p1.json", posts / "feeds_default_fields_p2.json"]

    def feed(request: Any) -> Reply:
        return Reply(200, {}, pages["after=after" in request.path].read_bytes())

    at = f"/graph.facebook.com/v26.0/{PAGE}"
    loopback.add(f"{at}/feed", feed)
    for edge in ("tagged", "ratings"):
        loopback.add(f"{at}/{edge}", b'{"data":[]}')
    then = datetime(2021, 7, 10, tzinfo=UTC)
    source = Source(1, "facebook-page", "https://graph.facebook.com/me/feed#fb4d", "")
    access = samples.access(page_login())
    answers = facebook_page.KIND.fetch_as(source, "", access, http, then, CancelToken())
    assert [graph.place_of(one)[1] for one in answers] == ["feed", "feed", "tagged", "ratings"]
    assert b"access_token=access_token" not in pickle.dumps(answers)
    assert len(facebook_page.KIND.read(source, "", answers, then).posts) == 10


@pytest.mark.shared
def test_feeds_that_page_by_time(recorded: Path) -> None:
    posts = recorded / "facebook/apidata/posts"
    asked = "graph.facebook.com/v26.0/4/feed"
    result = read_page(answer(posts / "feed_fields_p1.json", asked))
    assert result.posts[0].text == "Happy July 4th! 🇺🇸"
    found = told(posts / "feed_fields_p1.json")
    assert goes_on(found, datetime(2021, 6, 1, tzinfo=UTC), "created_time", NOW)
    assert not goes_on(found, datetime(2021, 7, 1, tzinfo=UTC), "created_time", NOW)
    assert not goes_on(
        told(posts / "feed_fields_p2.json"), datetime.min.replace(tzinfo=UTC), "created_time", NOW
    )


@pytest.mark.shared
def test_single_posts(recorded: Path) -> None:
    page = Page("175154750010052", "mylife")
    post = post_of(told(recorded / "facebook/apidata/posts/single_post_data.json"), page, NOW)
    assert (post.text, post.likes, post.replies) == ("我测试一下 MyLife", 1, 0)
    assert post.published == datetime(2019, 8, 12, 3, 45, 11, tzinfo=UTC)
    post = post_of(told(recorded / "facebook/models/post.json"), page, NOW)
    assert (post.likes, post.replies) == (8878, 47)
    assert post.text.startswith("A Russian photographer captured some stunning moments")
    many = told(recorded / "facebook/apidata/posts/multi_posts_data.json")
    assert [post_of(one, page, NOW).likes for one in many.values()] == [82, 110]


@pytest.mark.shared
def test_comments_and_answers_of_a_post(recorded: Path) -> None:
    asked = f"graph.facebook.com/v26.0/{PAGE}_10158407654328553/comments"
    comments = recorded / "facebook/apidata/comments"
    feed = HttpResponse(
        200, f"https://graph.facebook.com/v26.0/{PAGE}/feed", "", {}, b'{"data":[]}'
    )
    result = read_page(
        feed,
        answer(comments / "comments_p1.json", asked),
        answer(comments / "comments_p2.json", asked),
    )
    assert len(result.posts) == 15
    known = {post.native_id: post for post in result.posts}
    asking = known["10158407654328553_10158407903973553"]
    assert asking.text.startswith("Can someone from Instagram please assist me")
    assert (asking.replies, asking.likes) == (2, 0)
    assert asking.parent_id == f"{PAGE}_10158407654328553"
    assert asking.thread_id == asking.native_id
    reply = known["10158407654328553_10158409983033553"]  # its id hidden, known by its link
    assert reply.text.startswith("Hi, please access the Instagram Help Center")
    assert reply.parent_id == asking.native_id
    assert reply.thread_id == asking.thread_id
    assert json.loads(reply.reply_to) == {"page": PAGE, "id": asking.native_id}
    assert reply.published == datetime(2021, 8, 11, 23, 22, 14, tzinfo=UTC)
    # These are oldest first: what is new stands at the end.
    assert goes_on(told(comments / "comments_p1.json"), NOW, "created_time", NOW)


@pytest.mark.shared
def test_single_comments(recorded: Path) -> None:
    page = Page(PAGE, "fb4d")
    comments = recorded / "facebook/apidata/comments"
    found = told(comments / "comment_info.json")
    named = comment_of(found, "x", page, NOW)
    assert (named.text, named.native_id) == (
        "This is really nice",
        "10158371815748553_10158371930463553",
    )
    # What is made of a link is what Facebook itself says.
    del found["id"]
    assert comment_of(found, "x", page, NOW).native_id == named.native_id
    both = told(comments / "comments_info.json").values()
    assert [comment_of(one, "x", page, NOW).replies for one in both] == [0, 1]
    one = comment_of(told(recorded / "facebook/models/comment.json"), "x", page, NOW)
    assert (one.author.name, one.text) == ("Kun Liu", "My Nice Car")
    assert one.reply_to


@pytest.mark.shared
def test_a_published_comment(recorded: Path, http: HttpClient, loopback: LoopbackServer) -> None:
    body = (recorded / "facebook/apidata/comments/create_resp.json").read_bytes()
    loopback.add("/graph.facebook.com/v26.0/245778718206154/comments", body)
    target = json.dumps({"page": PAGE, "id": "245778718206154"})
    sending = Sending(1, 1, 1, "k", "Hi", "en", target, SendingState.SENDING, NOW, NOW)
    sent = FACEBOOK.send(page_login(), sending, http, NOW, CancelToken())
    assert sent.native_id == "245778718206154_229887283291835"
    assert sent.url.endswith("/posts/245778718206154?comment_id=229887283291835")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "right"),
    [("base/error_data.json", "pages_read_engagement"), ("error.json", "")],
)
def test_errors(recorded: Path, name: str, right: str) -> None:
    found = answer(recorded / name, f"graph.facebook.com/v26.0/{PAGE}/feed")
    error = graph.error_of(found)
    assert error is not None
    assert (error.code, error.right, error.is_right) == (100, right, bool(right))
    if right:
        with pytest.raises(NotLoggedIn, match=right):
            look(found, "")
    with pytest.raises(SourceError, match="It says"):
        read_page(found)


@pytest.mark.shared
def test_a_token_that_tells_of_itself(
    recorded: Path, http: HttpClient, loopback: LoopbackServer
) -> None:
    """A person's, of years ago: its Page is told, its rights are the old ones."""
    page = (recorded / "base/object_data.json").read_bytes()
    loopback.add("/graph.facebook.com/v26.0/me", page)
    loopback.add(
        "/graph.facebook.com/v26.0/debug_token", (recorded / "base/token_info.json").read_bytes()
    )
    with pytest.raises(NotLoggedIn, match="pages_read_engagement, pages_read_user_content"):
        FACEBOOK.enter({"token": "EAAG" * 10}, {}, {}, http, NOW, CancelToken())
    loopback.add("/graph.facebook.com/v26.0/debug_token", b"{}")
    account = FACEBOOK.enter({"token": "EAAG" * 10}, {}, {}, http, NOW, CancelToken()).account
    assert account.url == "https://www.facebook.com/20531316728"
    assert account.name == "Facebook App"


# -- Instagram ---------------------------------------------------------------------------------
@pytest.mark.shared
def test_media_and_comments_in_two_pages(recorded: Path) -> None:
    own = f"graph.instagram.com/v26.0/{ME}/media"
    medium = "17846368219941692"
    below = f"graph.instagram.com/v26.0/{medium}/comments"
    path = recorded / "instagram/apidata"
    tagged = told(path / "users/tagged_medias.json")["data"]
    (mine,) = [one for one in tagged if one["id"] == medium]
    first = HttpResponse(200, f"https://{own}", "", {}, json.dumps({"data": [mine]}).encode())
    result = read_media(
        first,
        answer(path / "users/medias_p1.json", own),
        answer(path / "users/medias_p2.json", own),
        answer(path / "medias/comments_p1.json", below),
        answer(path / "medias/comments_p2.json", below),
    )
    known = {post.native_id: post for post in result.posts}
    # Two of the five media have no words.
    assert len(result.posts) == 3 + 4
    beautiful = known["17858154961981086"]
    assert beautiful.text == "Beautiful!"
    assert beautiful.published == datetime(2020, 6, 1, 10, 56, 52, tzinfo=UTC)
    assert (beautiful.thread_id, beautiful.parent_id) == (beautiful.native_id, medium)
    assert beautiful.url == "https://www.instagram.com/p/B8gQCApHMT-/#17858154961981086"
    assert known["17892250648466172"].text == "@ikroskun Hey, guys"
    album = known["17896129349106152"]
    assert (album.text, album.likes, album.replies) == ("ALBUM", 1, 0)
    assert goes_on(
        told(path / "medias/comments_p1.json"),
        beautiful.published.replace(year=2019),
        "timestamp",
        NOW,
    )


@pytest.mark.shared
def test_tagged_media(recorded: Path) -> None:
    path = recorded / "instagram/apidata"
    result = read_media(
        HttpResponse(200, f"https://graph.facebook.com/v26.0/{ME}/media", "", {}, b'{"data":[]}'),
        answer(path / "users/tagged_medias.json", f"graph.facebook.com/v26.0/{ME}/tags"),
    )
    assert [post.text for post in result.posts] == [
        "publish test", "Cat test", "Cute.. #cute #loveyou @ikroskun", "The Weather is great",
    ]  # fmt: skip
    assert {post.reply_to for post in result.posts} == {""}
    assert (result.posts[2].likes, result.posts[2].replies) == (3, 6)


@pytest.mark.shared
def test_answers_below_a_comment(recorded: Path) -> None:
    account, below = Seen(ME, "ikroskun"), Medium("17846368219941692", "")
    path = recorded / "instagram"
    comment = told(path / "models/ig_comment.json")
    above = ig_comment_of(comment, below, account, NOW)
    assert (above.author.handle, above.likes) == ("ikroskun", 1)
    (reply,) = objects(comment, "replies", "data")
    under = Medium(below.id, "", above.native_id)
    answered = ig_comment_of(reply, under, account, NOW)
    assert (answered.text, answered.parent_id) == ("@ikroskun Nice", above.native_id)
    listed = told(path / "apidata/comments/replies.json")["data"]
    assert [ig_comment_of(one, under, account, NOW).text for one in listed] == [
        "@lixiangguodu123 nihao"
    ]
    several = told(path / "apidata/comments/comments_fields.json").values()
    assert [ig_comment_of(one, below, account, NOW).author.handle for one in several] == [
        "ikroskun", "lixiangguodu123",
    ]  # fmt: skip
    single = told(path / "apidata/comments/comment_fields.json")
    assert ig_comment_of(single, below, account, NOW).native_id == above.native_id
    reply = told(path / "models/ig_reply.json")
    assert ig_comment_of(reply, under, account, NOW).author.handle == "ikroskun"


@pytest.mark.shared
def test_single_media(recorded: Path) -> None:
    account = Seen(ME, "ikroskun")
    for name in ("models/ig_media.json", "apidata/medias/media_default.json"):
        medium = medium_of(told(recorded / "instagram" / name), account, NOW)
        assert (medium.native_id, medium.text) == ("17896129349106152", "ALBUM")
        assert medium.author.url == "https://www.instagram.com/ikroskun/"
    both = told(recorded / "instagram/apidata/medias/medias_fields.json").values()
    assert [medium_of(one, account, NOW).text for one in both] == ["Peach new", "ALBUM"]


@pytest.mark.shared
def test_accounts_and_longer_tokens(
    recorded: Path, http: HttpClient, loopback: LoopbackServer
) -> None:
    at = "/graph.instagram.com"
    longer = (recorded / "base/long_term_token.json").read_bytes()
    loopback.add(f"{at}/refresh_access_token", longer)
    for name in ("models/ig_user.json", "apidata/users/user_fields.json"):
        loopback.add(f"{at}/v26.0/me", (recorded / "instagram" / name).read_bytes())
        login = INSTAGRAM.enter({"token": "IGAA" * 10}, {}, {}, http, NOW, CancelToken())
        assert login.account.handle == "facebookfordevelopers"
        assert login.account.name == "Facebook for Developers"
        assert login.secret["id"] == "17841407673135339"
        assert login.secret["token"] == "token"
        assert login.account.expires_at is not None
        assert (login.account.expires_at - NOW).days == 60


@pytest.mark.shared
def test_no_recorded_answer_breaks_the_reading(recorded: Path) -> None:
    """Whatever stands where a list was asked for: posts or a sentence."""
    names = sorted(recorded.rglob("*.json"))
    assert len(names) == 160
    for name in names:
        for edge in ("feed", "comments", "ratings", "tagged"):
            _any(read_page, answer(name, f"g/v26.0/{PAGE}/{edge}"))
        for edge in ("media", "comments", "replies", "tags"):
            _any(read_media, answer(name, f"g/v26.0/{ME}/{edge}"))


def _any(read: Any, found: HttpResponse) -> None:
    with contextlib.suppress(SourceError):
        for post in read(found).posts:
            assert post.native_id
            assert post.full_text
