"""A forum over loopback: its search, its newest posts, closed doors, limits, recorded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.discourse import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.discourse import hit, newest, newest_page, page
from tests.unit.sources.samples import NOW

SEARCH = "/search.json?q=%22Marque%22+order%3Alatest"
POSTS = "/posts.json"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def poll(
    loopback: LoopbackServer, http: HttpClient, cursor: str = "", path: str = SEARCH
) -> FetchResult:
    source = Source(1, "discourse", loopback.url(path), "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def ids(result: FetchResult) -> set[str]:
    return {post.native_id for post in result.posts}


def test_the_search_is_read_to_the_newest_seen_post(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    hits = [hit(number) for number in range(300, 500)]

    def search(request: Request) -> Reply:
        start = 50 * (int(parse_qs(urlsplit(request.path).query)["page"][0]) - 1)
        shown = hits[start : start + 50]
        return Reply(body=page(*shown, more=len(hits) > start + 50))

    loopback.add("/search.json", search)
    first = poll(loopback, http)
    assert (len(first.posts), len(loopback.requests)) == (50, 1)
    hits[:0] = [hit(number) for number in range(180)]
    again = poll(loopback, http, first.cursor)
    assert {str(10_000 - number) for number in range(180)} <= ids(again)
    assert not again.hole
    hits[:0] = [hit(number) for number in range(-900, 0)]
    assert poll(loopback, http, again.cursor).hole


def test_hits_are_told_whole(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/search.json", page(hit(4), hit(5)))
    reply, opening = poll(loopback, http).posts
    assert reply.text == "…la Marque ne répond & ne rembourse pas, cas 4…"
    assert (reply.title, opening.title) == ("", "Avis Marque & Cie")
    assert reply.url == loopback.url("/t/avis-marque/77/4")
    assert (reply.author.name, reply.author.handle) == ("Léa", "lea")
    assert reply.author.url == loopback.url("/u/lea")
    # A search does not tell which post of the topic it answers.
    assert (reply.thread_id, reply.parent_id) == ("77", "")
    loopback.add("/search.json", page(hit(4, reply_to_post_number=1), hit(5)))
    assert poll(loopback, http).posts[0].parent_id == opening.native_id
    assert reply.likes == 1
    assert json.loads(reply.reply_to) == {
        "server": loopback.url(""),
        "topic_id": "77",
        "post_number": "4",
    }


def serve_newest(loopback: LoopbackServer, posts: list[dict[str, Any]]) -> None:
    """Pages of fifty numbers, hidden ones included, as the forum's own."""

    def latest(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        top = int(asked["before"][0]) if "before" in asked else posts[0]["id"]
        return Reply(body=newest_page(*(one for one in posts if top - 50 < one["id"] <= top)))

    loopback.add(POSTS, latest)


def test_everything_new_is_read_without_a_name(http: HttpClient, loopback: LoopbackServer) -> None:
    posts = [newest(number) for number in range(400, 500)]
    serve_newest(loopback, posts)
    first = poll(loopback, http, path=POSTS)
    assert (len(first.posts), len(loopback.requests)) == (50, 1)
    # Nobody may see a hundred of them: the pages in between are empty.
    posts[:0] = [newest(number) for number in range(280, 300)]
    posts[:0] = [newest(number) for number in range(180)]
    again = poll(loopback, http, first.cursor, POSTS)
    assert {str(one["id"]) for one in posts[:200]} <= ids(again)
    assert not again.hole
    post = again.posts[0]
    assert (post.text, post.title) == ("La Marque ne répond pas, cas 0", "")
    assert (post.likes, post.replies, post.author.name) == (5, 3, "lea")


def test_deleted_and_hidden_posts_are_withdrawn(http: HttpClient, loopback: LoopbackServer) -> None:
    shown = (newest(1), newest(2, user_deleted=True), newest(3, hidden=True))
    loopback.add(POSTS, newest_page(*shown, newest(4, deleted_at="2026-08-01T10:00:00Z")))
    result = poll(loopback, http, path=POSTS)
    assert ids(result) == {"9999"}
    assert set(result.withdrawn) == {"9998", "9997", "9996"}


@pytest.mark.parametrize("status", [403, 404])
def test_where_nobody_may_search_the_newest_posts_are_read(
    status: int, http: HttpClient, loopback: LoopbackServer
) -> None:
    refusal = b'{"errors":["You are not permitted"],"error_type":"invalid_access"}'
    loopback.add("/search.json", Reply(status, body=refusal))
    serve_newest(loopback, [newest(number) for number in range(10)])
    result = poll(loopback, http)
    assert len(result.posts) == 10
    assert result.note is not None
    loopback.add(POSTS, Reply(status, body=b"<html>"))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http, result.cursor)
    assert caught.value.status == status
    assert "You are not permitted" in str(caught.value.title)


def test_a_search_that_was_not_done_says_why(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/search.json", page(error="Your search term is too short."))
    result = poll(loopback, http)
    assert "too short" in str(result.note)


def test_the_forum_says_how_long_to_wait(http: HttpClient, loopback: LoopbackServer) -> None:
    body = b'{"errors":["Slow down"],"error_type":"rate_limit","extras":{"wait_seconds":42}}'
    loopback.add("/search.json", Reply(429, body=body))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert caught.value.retry_at == NOW + timedelta(seconds=42)


def test_addresses() -> None:
    assert KIND.address_of({"server": "forum.example"}) == "https://forum.example/posts.json"
    with pytest.raises(BadInput):
        KIND.address_of({"words": "Moka"})
    source = Source(1, "discourse", "https://forum.example/posts.json", "")
    assert KIND.page_of(source) == "https://forum.example/latest"
    assert KIND.fields_of("https://shop.example/search?q=moka") is None


def test_recorded_answers_replay(shared: Path) -> None:
    counts = {}
    for name, path in {
        "search": "/search.json?q=x",
        "posts_latest": POSTS,
        "posts_before": POSTS,
    }.items():
        body = (shared / f"fixtures/discourse/spec/fixtures/{name}.json").read_bytes()
        source = Source(1, "discourse", f"https://forum.example{path}", "")
        result = KIND.read(source, "", (HttpResponse(200, source.address, "", {}, body),), NOW)
        counts[name] = len(result.posts)
        found = json.loads(body)
        listed = found["latest_posts"] if isinstance(found, dict) else found[0]["results"]
        assert len(result.posts) + result.skipped + len(result.withdrawn) == len(listed)
    assert counts["search"] == 3
    assert counts["posts_latest"] > 1
