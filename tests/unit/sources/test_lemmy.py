"""Lemmy over loopback: pages to the last seen hit, both versions, deletions, rate limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.lemmy import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.lemmy import comment, page, published, topic
from tests.unit.sources.samples import NOW

SEARCH = "/api/v3/search"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def poll(loopback: LoopbackServer, http: HttpClient, cursor: str = "") -> FetchResult:
    source = Source(1, "lemmy", loopback.url(SEARCH) + "?q=Marque&type_=All&limit=50", "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def serve(loopback: LoopbackServer, views: list[dict[str, Any]]) -> None:
    def search(request: Request) -> Reply:
        start = 50 * (int(parse_qs(urlsplit(request.path).query)["page"][0]) - 1)
        lists = (
            [view for view in views if "comment" in view],
            [view for view in views if "comment" not in view],
        )
        return Reply(body=page(*(view for one in lists for view in one[start : start + 50])))

    loopback.add(SEARCH, search)


def test_it_reads_every_page_to_the_last_seen_hit(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    views = [comment(number) for number in range(600, 900)]
    serve(loopback, views)
    first = poll(loopback, http)
    assert (len(first.posts), len(loopback.requests)) == (50, 1)
    views[:0] = [comment(number) for number in range(400)] + [topic(number) for number in range(9)]
    again = poll(loopback, http, first.cursor)
    wanted = {f"https://lemmy.example/comment/{100_000 - number}" for number in range(400)}
    assert wanted <= {post.native_id for post in again.posts}
    assert len([post for post in again.posts if "/post/" in post.native_id]) == 9
    assert not again.hole
    asked = len(loopback.requests)
    assert not poll(loopback, http, again.cursor).hole
    # Two hours further: what arrived late from other servers.
    assert len(loopback.requests) == asked + 3


def test_more_than_can_be_read_is_a_hole(http: HttpClient, loopback: LoopbackServer) -> None:
    views = [comment(5000)]
    serve(loopback, views)
    first = poll(loopback, http)
    views[:0] = [comment(number) for number in range(700)]
    again = poll(loopback, http, first.cursor)
    assert (again.hole, len(again.posts)) == (True, 500)


def test_posts_and_comments_are_told_whole(http: HttpClient, loopback: LoopbackServer) -> None:
    below = comment(1, path="0.99998.99999")
    loopback.add(SEARCH, page(below, comment(2), topic(3, published="2026-08-01T11:57:00.5")))
    answer, above, post = poll(loopback, http).posts
    assert answer.text == "La Marque ne répond pas, cas 1"
    assert (answer.url, answer.title) == ("https://lemmy.example/comment/99999", "")
    assert (answer.parent_id, answer.thread_id) == (above.native_id, "https://lemmy.example/post/5")
    assert above.parent_id == above.thread_id
    assert (answer.author.name, answer.author.handle) == ("Léa", "lea@autre.example")
    assert (answer.likes, answer.replies) == (4, 2)
    assert json.loads(answer.reply_to) == {
        "server": f"127.0.0.1:{loopback.port}",
        "post_id": "5",
        "parent_id": "99999",
        "uri": "https://lemmy.example/comment/99999",
    }
    assert (post.title, post.text) == ("Avis sur Marque 3", "Elle est lente.")
    assert (post.likes, post.replies, post.parent_id) == (-2, 7, "")
    assert post.published is not None
    assert post.published.minute == 57


def test_deleted_and_removed_things_are_withdrawn(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(SEARCH, page(comment(1, deleted=True), comment(2), topic(3, removed=True)))
    result = poll(loopback, http)
    assert len(result.posts) == 1
    assert set(result.withdrawn) == {
        "https://lemmy.example/comment/99999",
        "https://lemmy.example/post/3",
    }


def _as_v4(view: dict[str, Any], kind: str) -> dict[str, Any]:
    """The counts move into the thing, the names of times and addresses change."""
    thing = dict(view[kind]) | view["counts"]
    thing["published_at"] = thing.pop("published")
    creator = dict(view["creator"])
    creator["ap_id"] = creator.pop("actor_id")
    return {"type_": kind, **view, kind: thing, "creator": creator, "counts": None}


def test_a_server_that_knows_only_v4_is_asked_in_v4(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    def search(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        assert asked["search_term"] == ["Marque"]
        start = int(asked.get("page_cursor", ["0"])[0])
        found = [_as_v4(comment(number), "comment") for number in range(start, start + 50)]
        found += [_as_v4(topic(start + 1), "post"), {"type_": "person", "person": {}}]
        return Reply(body=json.dumps({"search": found, "next_page": str(start + 50)}).encode())

    loopback.add("/api/v4/search", search)
    cursor = json.dumps({"v": 1, "since": published(100).replace("Z", "+00:00")})
    result = poll(loopback, http, cursor)
    assert len(result.posts) > 100
    newest = result.posts[0]
    assert (newest.likes, newest.replies) == (4, 2)
    assert newest.author.handle == "lea@autre.example"
    assert newest.published is not None


def test_a_mark_that_cannot_be_asked_for_ends_the_reading(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    found = [_as_v4(comment(number), "comment") for number in range(50)]
    odd = json.dumps({"search": found, "next_page": "\ud800"})
    loopback.add("/api/v4/search", odd)
    cursor = json.dumps({"v": 1, "since": published(900).replace("Z", "+00:00")})
    assert len(poll(loopback, http, cursor).posts) == 50


@pytest.mark.parametrize("status", [400, 429])
def test_both_words_for_too_many_are_understood(
    status: int, http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(SEARCH, Reply(status, body=b'{"error":"rate_limit_error"}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert caught.value.whole_host
    assert caught.value.retry_at == NOW + timedelta(minutes=10)


def test_a_private_server_says_so(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(SEARCH, Reply(400, body=b'{"error":"instance_is_private"}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert "instance_is_private" in str(caught.value.title)
