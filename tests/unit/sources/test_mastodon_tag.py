"""A hashtag over loopback: no hole, edits, deletions, closed servers, and the recorded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.mastodon_tag import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources import samples
from tests.unit.sources.recorded.mastodon_tag import page, status
from tests.unit.sources.samples import NOW

TIMELINE = "/api/v1/timelines/tag/marque"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def poll(
    loopback: LoopbackServer, http: HttpClient, cursor: str = "", days: float = 0
) -> FetchResult:
    now = NOW + timedelta(days=days)
    source = Source(1, "mastodon-tag", loopback.url(TIMELINE) + "?limit=40", "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, now, CancelToken()), now)


def serve(loopback: LoopbackServer, statuses: list[dict[str, Any]]) -> None:
    """A timeline that pages as the real one: `statuses` newest first, changed by the test."""

    def timeline(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        if "min_id" in asked:
            found = [one for one in statuses if one["id"] > asked["min_id"][0]][-40:]
        else:
            found = statuses[:40]
        link = ""
        if found:
            link = f'<{loopback.url(TIMELINE)}?limit=40&min_id={found[0]["id"]}>; rel="prev"'
        return Reply(headers={"Link": link}, body=page(*found))

    loopback.add(TIMELINE, timeline)


def ids(result: FetchResult) -> set[str]:
    return {post.native_id for post in result.posts}


def test_it_walks_to_the_last_seen_post_without_a_hole(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    statuses = [status(number) for number in range(60)]
    serve(loopback, statuses)
    first = poll(loopback, http)
    assert len(first.posts) == 40
    statuses[:0] = [status(number) for number in range(-150, 0)]
    again = poll(loopback, http, first.cursor)
    assert {one["uri"] for one in statuses[:150]} <= ids(again)
    assert len(poll(loopback, http, again.cursor).posts) == 40
    assert not again.withdrawn


def test_what_does_not_fit_into_one_fetch_comes_with_the_next(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    statuses = [status(0)]
    serve(loopback, statuses)
    first = poll(loopback, http)
    statuses[:0] = [status(number) for number in range(-700, 0)]
    second = poll(loopback, http, first.cursor)
    third = poll(loopback, http, second.cursor)
    assert {one["uri"] for one in statuses[:700]} <= ids(second) | ids(third)


def test_edits_and_deletions_of_the_newest_page_are_seen(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    statuses = [status(number) for number in range(10)]
    serve(loopback, statuses)
    first = poll(loopback, http)
    removed, untagged = statuses.pop(4), statuses.pop(6)
    loopback.add(f"/api/v1/statuses/{removed['id']}", Reply(404, body=b'{"error":"no"}'))
    loopback.add(f"/api/v1/statuses/{untagged['id']}", json.dumps(untagged))
    statuses[2] = status(2, content="<p>#marque tout va bien</p>", edited_at="2026-08-02T10:00:00Z")
    again = poll(loopback, http, first.cursor)
    assert again.withdrawn == (removed["uri"],)
    (edited,) = [post for post in again.posts if post.native_id == statuses[2]["uri"]]
    assert edited.text == "#marque tout va bien"
    assert poll(loopback, http, again.cursor).withdrawn == ()


def test_a_status_is_told_whole() -> None:
    answer = status(1, spoiler_text="Colis", in_reply_to_id=status(2)["id"], visibility="unlisted")
    local = status(2)
    local["account"] = local["account"] | {"acct": "bob", "display_name": "", "username": "bob"}
    boost = status(3, reblog=status(1, spoiler_text="Vieux"), content="")
    source = Source(1, "mastodon-tag", f"https://m.example{TIMELINE}?limit=40", "")
    body = page(answer, local, boost)
    result = KIND.read(source, "", (HttpResponse(200, source.address, "", {}, body),), NOW)
    post, other = result.posts
    assert result.title == "#marque · m.example"
    assert (post.title, post.text) == ("Colis", "#marque colis jamais reçu, cas 1")
    assert (post.likes, post.replies, post.shares) == (3, 1, 2)
    assert (post.author.name, post.author.handle) == ("Ana", "ana@autre.example")
    assert (post.author.url, post.author.followers) == ("https://autre.example/@ana", 321)
    assert (post.language, post.parent_id) == ("fr", other.native_id)
    assert post.thread_id == other.thread_id
    assert (other.author.name, other.author.handle) == ("bob", "bob@m.example")
    assert json.loads(post.reply_to) == {
        "server": "m.example",
        "id": answer["id"],
        "uri": answer["uri"],
        "acct": "ana@autre.example",
        "visibility": "unlisted",
        "spoiler": "Colis",
    }


FEED = samples.rss(
    "<item><guid isPermaLink='true'>https://autre.example/@ana/117</guid>"
    "<link>https://autre.example/@ana/117</link>"
    "<pubDate>Sat, 01 Aug 2026 10:00:00 +0000</pubDate>"
    "<description>&lt;p&gt;#marque en panne&lt;/p&gt;</description></item>"
)


@pytest.mark.parametrize(
    "closed", [Reply(401, body=b'{"error":"This API requires an authenticated user"}'), b"[]"]
)
def test_a_closed_server_is_read_by_its_feed(
    closed: Reply | bytes, http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(TIMELINE, closed)
    loopback.add("/tags/marque.rss", FEED)
    first = poll(loopback, http)
    (post,) = first.posts
    assert first.note is not None
    assert post.native_id == "https://autre.example/users/ana/statuses/117"
    assert (post.author.handle, post.text) == ("ana@autre.example", "#marque en panne")
    assert json.loads(post.reply_to) == {
        "server": "autre.example",
        "id": "117",
        "uri": "https://autre.example/@ana/117",
        "acct": "ana@autre.example",
        "visibility": "public",
        "spoiler": "",
    }
    asked = len(loopback.requests)
    again = poll(loopback, http, first.cursor)
    assert [one.path for one in loopback.requests[asked:]] == ["/tags/marque.rss"]
    assert ids(again) == ids(first)
    serve(loopback, [status(1)])
    opened = poll(loopback, http, again.cursor, days=2)
    assert opened.note is None
    assert len(opened.posts) == 1


def test_a_closed_server_without_a_feed_needs_the_person(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(TIMELINE, Reply(401, body=b'{"error":"no"}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert (caught.value.action, caught.value.status) == (Action.PAUSE, 401)


def test_a_wall_before_the_server_is_tried_again(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(TIMELINE, Reply(403, body=b"<html>check</html>"))
    loopback.add("/tags/marque.rss", Reply(403, body=b"<html>check</html>"))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert (caught.value.action, caught.value.status) == (Action.RETRY, 403)


@pytest.mark.parametrize("fault", [Reply(404), Reply(body=b"<html>"), Reply(502)])
def test_a_feed_that_fails_for_a_while_is_tried_again(
    fault: Reply, http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(TIMELINE, Reply(401))
    loopback.add("/tags/marque.rss", FEED)
    cursor = poll(loopback, http).cursor
    loopback.add("/tags/marque.rss", fault)
    with pytest.raises(SourceError) as caught:
        poll(loopback, http, cursor)
    assert (caught.value.action, caught.value.status) == (Action.RETRY, fault.status)


def test_a_sudden_crowd_after_silence_is_a_hole(http: HttpClient, loopback: LoopbackServer) -> None:
    statuses: list[dict[str, Any]] = []
    serve(loopback, statuses)
    silent = poll(loopback, http)
    statuses += [status(number) for number in range(90)]
    assert poll(loopback, http, silent.cursor).hole
    assert not poll(loopback, http).hole


def test_a_word_nobody_wrote_is_no_closed_server(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add(TIMELINE, b"[]")
    result = poll(loopback, http)
    assert (result.posts, result.note) == ((), None)
    loopback.add("/tags/marque.rss", samples.rss(""))
    result = poll(loopback, http)
    assert (result.posts, result.note) == ((), None)


def test_its_own_limits_are_kept(http: HttpClient, loopback: LoopbackServer) -> None:
    used_up = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-08-02T12:04:00.976542Z"}
    loopback.add(TIMELINE, Reply(headers=used_up, body=page(status(1))))
    assert poll(loopback, http).wait_until == NOW + timedelta(minutes=4)
    loopback.add(TIMELINE, Reply(429, used_up, b'{"error":"Too many requests"}'))
    with pytest.raises(SourceError) as caught:
        poll(loopback, http)
    assert caught.value.retry_at == NOW + timedelta(minutes=4)


@pytest.mark.parametrize("body", [b'{"error":"fault"}', b"<html>", b"null", b'[{"id":5}, 7, {}]'])
def test_odd_answers_are_told(body: bytes, http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add(TIMELINE, body)
    try:
        result = poll(loopback, http)
    except SourceError:
        return
    assert (result.posts, result.skipped) == ((), 3)


def test_ids_that_cannot_be_asked_for_are_not_asked_for(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    serve(loopback, [status(1), status(2, id="\ud800", uri="https://m.example/x")])
    first = poll(loopback, http)
    assert len(first.posts) == 2
    serve(loopback, [status(1)])
    assert len(poll(loopback, http, first.cursor).posts) == 1


def test_words_that_are_no_hashtag_are_refused() -> None:
    for tag in ("", "  ", "2026", "#!?", "x" * 101):
        with pytest.raises(BadInput):
            KIND.address_of({"tag": tag})
    assert KIND.fields_of("https://blog.example/tags/moka") is None


def test_recorded_answers_replay(shared: Path) -> None:
    read = 0
    for file in sorted((shared / "fixtures/mastodon/api").glob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["interactions"]:
            url, response = one["request"]["uri"], one["response"]
            if "/timelines/tag/" not in url and "/timelines/public" not in url:
                continue
            body = json.dumps(response["json"]).encode()
            code = response["status"]["code"]
            answer = HttpResponse(code, url, "", response["headers"], body)
            source = Source(1, "mastodon-tag", url, "")
            result = KIND.read(source, "", (answer,), NOW)
            distinct = {(status["reblog"] or status)["uri"] for status in response["json"]}
            assert len(result.posts) + result.skipped == len(distinct)
            read += len(result.posts)
    assert read > 40
