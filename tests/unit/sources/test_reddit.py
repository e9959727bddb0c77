"""Reddit over loopback: what is asked, what its feeds' posts become, refusals, and the person's token."""

from __future__ import annotations

import html
import json
import pickle
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import USER_AGENT, HttpClient
from monitor.infra.logins import has_password, keep_password
from monitor.infra.secrets import Secrets
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources.base import FetchResult, Wanted
from monitor.sources.feed_parse import parse_feed
from monitor.sources.reddit import KIND
from monitor.sources.reddit_post import is_gone, mended
from tests.support.loopback import LoopbackServer, Reply, redirect, too_many
from tests.support.one_secret import one_secret
from tests.unit.sources.recorded.reddit import TOKEN, entry, number36, page
from tests.unit.sources.samples import NOW

OWN_FEED = f"https://www.reddit.com/.rss?feed={TOKEN}&user=ann"
QUESTION = "?q=%22Moka%22&sort=new&limit=100"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(
    http: HttpClient, address: str, cursor: str = "", *, later: timedelta = timedelta()
) -> FetchResult:
    source = Source(1, "reddit", address, "")
    answers = KIND.fetch(source, cursor, http, NOW + later, CancelToken())
    return KIND.read(source, cursor, answers, NOW + later)


def refusal(http: HttpClient, loopback: LoopbackServer, answer: Reply | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(http, loopback.add("/search.rss", answer) + QUESTION)
    return caught.value


def only(http: HttpClient, loopback: LoopbackServer, one: str) -> Post:
    (post,) = read(http, loopback.add("/search.rss", page(one)) + QUESTION).posts
    return post


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        (
            {"words": "Moka & Co, Lumen"},
            "search.rss?q=%22Moka+%26+Co%22+OR+%22Lumen%22&sort=new&limit=100",
        ),
        (
            {"words": "Moka", "subreddit": "r/france"},
            "r/france/search.rss?q=%22Moka%22&restrict_sr=on&sort=new&limit=100",
        ),
        ({"subreddit": "https://old.reddit.com/r/france/"}, "r/france/new/.rss?limit=100"),
        ({"words": " , ", "subreddit": "france+Quebec"}, "r/france+Quebec/new/.rss?limit=100"),
    ],
)
def test_what_is_asked(fields: dict[str, str], address: str) -> None:
    assert KIND.address_of(fields) == f"https://www.reddit.com/{address}"


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "Moka", "subreddit": "r/france/top"},
        {"words": "Moka", "subreddit": "https://evil.example/r/france"},
        {"words": "Moka", "subreddit": "r/été"},
        {"words": ", ".join("x" * 60 + str(number) for number in range(10))},
        {"words": "Moka", "feed": "https://www.reddit.com/.rss"},
        {"words": "Moka", "feed": f"https://evil.example/.rss?feed={TOKEN}&user=ann"},
        {"words": "Moka", "feed": f"https://www.reddit.com/.rss?feed={TOKEN}&user=a@b"},
    ],
)
def test_what_reddit_cannot_take_is_said(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        KIND.address_of(fields)


@pytest.mark.parametrize(
    ("login", "typed"),
    [("ann", "ann"), (f"ann:{TOKEN}", OWN_FEED), ("ann:short", ""), ("%zz:%", ""), ("a b", "")],
)
def test_a_login_in_an_address_is_read_back(login: str, typed: str) -> None:
    fields = KIND.fields_of(f"https://{login}@www.reddit.com/search.rss?q=Moka")
    assert fields is not None
    assert fields.get("feed", "") == typed
    assert KIND.address_of(fields)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.reddit.com/",
        "https://www.reddit.com/r/france/comments/1abcd/titre/",
        "https://www.reddit.com/user/ann/",
        "https://www.reddit.com/r/france/top/",
        "https://www.reddit.com/search/?q=Moka+author:ann",
        "https://notreddit.com/r/france/",
        "https://reddit.com.evil.example/r/france/",
    ],
)
def test_other_pages_are_not_this_kind(address: str) -> None:
    assert KIND.fields_of(address) is None


@pytest.mark.parametrize(
    ("fields", "page"),
    [
        ({"words": "Moka", "feed": OWN_FEED}, "search/?q=%22Moka%22&sort=new"),
        (
            {"words": "Moka", "subreddit": "france"},
            "r/france/search/?q=%22Moka%22&restrict_sr=on&sort=new",
        ),
        ({"subreddit": "france"}, "r/france/new/"),
    ],
)
def test_the_page_to_open_has_no_login(fields: dict[str, str], page: str) -> None:
    source = Source(1, "reddit", KIND.address_of(fields), "")
    assert KIND.page_of(source) == f"https://www.reddit.com/{page}"


def test_one_offer_with_the_persons_name() -> None:
    assert KIND.offers(Wanted("Moka", ("fr", "en"), "FR")) == ({"words": "Moka"},)


def test_one_request_with_an_honest_name(http: HttpClient, loopback: LoopbackServer) -> None:
    full = page(*(entry(number) for number in range(100)))
    result = read(http, loopback.add("/search.rss", full) + QUESTION)
    assert len(result.posts) == 100
    (request,) = loopback.requests
    assert request.headers["user-agent"] == USER_AGENT
    assert urlsplit(request.path).query == QUESTION[1:]


def test_a_post(http: HttpClient, loopback: LoopbackServer) -> None:
    post = only(http, loopback, entry(7))
    assert post.native_id == "t3_1k0007"
    assert post.title == "Café Lumen, acte 7"
    assert post.text == "Le service de Café Lumen, acte 7."
    assert post.author == Author("quelquun", "quelquun", "https://www.reddit.com/user/quelquun")
    assert post.thread_id == "r/france/t3_1k0007"
    assert post.url == "https://www.reddit.com/r/france/comments/1k0007/cafe_lumen/"


def test_a_post_of_a_link_has_its_title_alone(http: HttpClient, loopback: LoopbackServer) -> None:
    post = only(http, loopback, entry(body=""))
    assert post.text == ""
    assert post.full_text == "Café Lumen, acte 1"


def test_words_like_reddits_own_stay(http: HttpClient, loopback: LoopbackServer) -> None:
    body = "<p>The form was submitted by Ann to Moka [link] [comments] and lost.</p>"
    assert only(http, loopback, entry(body=body)).text.endswith("[comments] and lost.")


def test_a_comment_belongs_to_its_thread(http: HttpClient, loopback: LoopbackServer) -> None:
    post = only(http, loopback, entry(7, kind="t1"))
    assert (post.native_id, post.thread_id) == ("t1_1k0007", "r/france/t3_1k0007")


def test_communities_among_the_finds_are_no_posts(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    both = page(entry(1, kind="t5"), entry(2))
    result = read(http, loopback.add("/search.rss", both) + QUESTION)
    assert [post.native_id for post in result.posts] == ["t3_1k0002"]
    assert result.skipped == 1


def test_what_was_taken_away_is_withdrawn(http: HttpClient, loopback: LoopbackServer) -> None:
    gone = page(
        entry(1, author="[deleted]"),
        entry(2, body="<p>[removed]</p>"),
        entry(3, body="[deleted]"),
        entry(4, body="<p>They [removed] my post.</p>"),
    )
    result = read(http, loopback.add("/search.rss", gone) + QUESTION)
    assert [post.native_id for post in result.posts] == ["t3_1k0004"]
    assert result.withdrawn == ("t3_1k0001", "t3_1k0002", "t3_1k0003")


def test_a_full_answer_of_newer_posts_is_a_hole(http: HttpClient, loopback: LoopbackServer) -> None:
    first = read(http, loopback.add("/search.rss", page(entry(500), entry(501))) + QUESTION)
    assert not first.hole
    newer = [entry(number) for number in range(100)]
    url = loopback.add("/search.rss", page(*newer)) + QUESTION
    assert read(http, url, first.cursor).hole
    url = loopback.add("/search.rss", page(*newer[:98], entry(500), entry(501))) + QUESTION
    assert not read(http, url, first.cursor).hole


def test_without_retry_after_the_scheduler_decides(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    error = refusal(http, loopback, too_many())
    assert (error.status, error.whole_host, error.retry_at) == (429, True, None)


@pytest.mark.parametrize(("said", "seconds"), [("0", 60), ("59", 60), ("61", 61)])
def test_no_sooner_than_in_a_minute(
    http: HttpClient, loopback: LoopbackServer, said: str, seconds: int
) -> None:
    error = refusal(http, loopback, too_many(said))
    assert error.retry_at == NOW + timedelta(seconds=seconds)


def test_pages_for_people_are_no_feed(http: HttpClient, loopback: LoopbackServer) -> None:
    blocked = b"<!doctype html><title>Blocked</title><p>whoa there, pardner!</p>"
    assert refusal(http, loopback, blocked).action is Action.RETRY
    private = json.dumps({"reason": "private", "message": "Forbidden", "error": 403}).encode()
    assert refusal(http, loopback, Reply(403, body=private)).status == 403


def test_the_token_goes_from_the_form_to_the_keyring_to_reddit_alone(
    http: HttpClient, loopback: LoopbackServer, tmp_path: Path
) -> None:
    with one_secret(tmp_path / "secret"):
        typed = KIND.address_of({"words": "Moka", "feed": OWN_FEED})
        assert has_password(typed)
        stored = keep_password(typed, Secrets())
        assert stored == f"https://ann@www.reddit.com/search.rss{QUESTION}"
        assert (tmp_path / "secret").read_text("utf-8") == TOKEN
        # Whatever is asked for later has the user alone, and the keyring gives the token.
        assert KIND.fields_of(stored) == {"words": "Moka", "feed": "ann"}
        assert KIND.address_of({"words": "Moka", "feed": "ann"}) == stored

        url = loopback.add("/search.rss", page(entry()))
        source = Source(1, "reddit", url.replace("://", "://ann@") + QUESTION, "")
        answers = KIND.fetch(source, "", http, NOW, CancelToken())
        (request,) = loopback.requests
        asked = parse_qs(urlsplit(request.path).query)
        assert (asked["feed"], asked["user"]) == ([TOKEN], ["ann"])
        assert "authorization" not in request.headers
        result = KIND.read(source, "", answers, NOW)
        assert TOKEN.encode() not in pickle.dumps((answers, result))


def test_a_redirect_keeps_no_token(
    http: HttpClient, loopback: LoopbackServer, tmp_path: Path
) -> None:
    there = loopback.add("/there", page(entry())) + f"?feed={TOKEN}&user=ann"
    moved = loopback.add("/search.rss", redirect(there, 301))
    with one_secret(tmp_path / "secret"):
        Secrets().set("any", TOKEN)
        result = read(http, moved.replace("://", "://ann@") + QUESTION)
    assert len(result.posts) == 1
    assert result.moved_to == ""
    assert TOKEN not in result.cursor


def test_a_user_without_a_token_waits_for_the_person(
    http: HttpClient, loopback: LoopbackServer, tmp_path: Path
) -> None:
    url = loopback.add("/search.rss", page(entry()))
    with one_secret(tmp_path / "secret"), pytest.raises(SourceError) as caught:
        read(http, url.replace("://", "://ann@") + QUESTION)
    assert caught.value.action is Action.PAUSE
    assert loopback.requests == []


def test_real_feeds(shared: Path) -> None:
    """Ten years old, of three shapes: ids, authors and words are found in each."""
    folder = shared / "fixtures" / "realfeeds-rss-parser" / "test" / "input"
    for name in ("reddit.rss", "reddit-atom.rss", "reddit-home.rss"):
        feed = parse_feed((folder / name).read_bytes(), "", "https://www.reddit.com/.rss", NOW)
        assert feed is not None
        posts = [mended(post) for post in feed.posts]
        assert len(posts) == 24
        for post in posts:
            assert post.native_id.startswith("t3_")
            assert post.thread_id.endswith(f"/{post.native_id}")
            assert "[link]" not in post.full_text
            assert not post.author.name.startswith("/u/")
            assert not is_gone(post)


def test_recorded_posts_of_the_interface_through_the_feed(
    shared: Path, http: HttpClient, loopback: LoopbackServer
) -> None:
    """The recordings are of the interface with keys: their posts, as the feed would show them."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted((shared / "fixtures" / "reddit").rglob("*.json")):
        for post in _posts_in(json.loads(file.read_text("utf-8"))):
            found[f"{post['name']}"] = post
    shown = [_shown(post) for post in found.values()]
    gone = {name for name, post in found.items() if _words(post) == "[deleted]"}
    assert len(found) > 1000
    assert gone
    result = read(http, loopback.add("/search.rss", page(*shown)) + QUESTION)
    assert gone <= set(result.withdrawn)
    read_or_gone = {post.native_id for post in result.posts} | set(result.withdrawn)
    assert read_or_gone == set(found)
    for mention in result.posts:
        assert "SC_OFF" not in mention.text
        assert not mention.text.endswith("[comments]")


def _posts_in(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if str(node.get("name", "")).startswith(("t1_", "t3_")) and _words(node) is not None:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _posts_in(child)


def _words(post: dict[str, Any]) -> str | None:
    words = post.get("body", post.get("selftext"))
    return words if isinstance(words, str) else None


def _shown(post: dict[str, Any]) -> str:
    kind, _, number = post["name"].partition("_")
    body = post.get("body_html") or post.get("selftext_html") or ""
    shown = entry(1, body=html.unescape(body), author="quelquun", kind=kind)
    return shown.replace(number36(1), number)
