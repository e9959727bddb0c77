"""Hacker News over loopback: pages to the last seen hit, and the recorded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.hackernews import KIND
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.hackernews import hit, page
from tests.unit.sources.samples import NOW


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def test_it_reads_every_page_to_the_last_seen_hit(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    hits = [hit(number) for number in range(250)]

    def search(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        since = int(asked.get("numericFilters", ["created_at_i>0"])[0].partition(">")[2])
        start = int(asked["page"][0]) * 100
        newer = [one for one in hits if one["created_at_i"] > since]
        return Reply(body=page(*newer[start : start + 100]))

    source = Source(1, "hackernews", loopback.add("/s", search) + "?query=x", "")
    first = KIND.read(source, "", KIND.fetch(source, "", http, NOW, CancelToken()), NOW)
    assert len(first.posts) == 100
    hits[:0] = [hit(number) for number in range(-230, 0)]
    answers = KIND.fetch(source, first.cursor, http, NOW, CancelToken())
    again = KIND.read(source, first.cursor, answers, NOW)
    ids = {post.native_id for post in again.posts}
    assert {one["objectID"] for one in hits[:230]} <= ids
    assert not again.hole


def test_what_is_changed_within_two_hours_is_read_again(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    older, newest = hit(100), hit(0)
    hits = [newest, older]

    def search(request: Request) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        since = int(asked.get("numericFilters", ["created_at_i>0"])[0].partition(">")[2])
        return Reply(body=page(*(one for one in hits if one["created_at_i"] > since)))

    source = Source(1, "hackernews", loopback.add("/s", search) + "?query=x", "")
    first = KIND.read(source, "", KIND.fetch(source, "", http, NOW, CancelToken()), NOW)
    hits[1] = older | {"comment_text": "Café Lumen has answered after all."}
    answers = KIND.fetch(source, first.cursor, http, NOW, CancelToken())
    again = KIND.read(source, first.cursor, answers, NOW)
    texts = {post.native_id: post.text for post in again.posts}
    assert "answered after all" in texts[older["objectID"]]


def test_recorded_answers_replay(shared: Path) -> None:
    recorded = json.loads((shared / "fixtures/hackernews/fixtures.json").read_text("utf-8"))
    source = Source(1, "hackernews", "https://hn.algolia.com/api/v1/search?query=x", "")
    read = 0
    for one in recorded:
        if "hits" not in one["reply"]:
            continue
        body = json.dumps(one["reply"]).encode()
        answer = HttpResponse(200, one["url"], "", {}, body)
        result = KIND.read(source, "", (answer,), NOW)
        assert len(result.posts) + result.skipped == len(one["reply"]["hits"])
        read += len(result.posts)
    assert read > 10
