"""The measurement's feeds and their server: what is measured must be what is said."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.sources.feed_parse import parse_feed
from tests.bench.feed_bodies import BRAND, feed_body
from tests.bench.feed_server import feed_url

FEEDS, ENTRIES = 30, 20


@pytest.fixture
def port() -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench.feed_server", "--feeds", str(FEEDS)]
    with subprocess.Popen(
        [*command, "--latency", "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        yield int(server.stdout.readline())
        server.stdin.close()


def ask(url: str, tag: str = "") -> tuple[int, str, bytes]:
    request = urllib.request.Request(url, headers={"If-None-Match": tag} if tag else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers.get("ETag", ""), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", b""


def test_one_post_in_ten_names_the_brand() -> None:
    named = sum(feed_body(feed, ENTRIES, 0).count(BRAND.encode()) for feed in range(FEEDS))
    assert named == FEEDS * ENTRIES / 10


@pytest.mark.parametrize("feed", range(3))
def test_every_kind_of_feed_is_read_whole(feed: int) -> None:
    body = feed_body(feed, ENTRIES, 1)
    parsed = parse_feed(body, "application/xml", "https://example.org/", datetime.now(UTC))
    assert parsed is not None
    assert len(parsed.posts) == ENTRIES


def test_the_server_knows_what_is_unchanged_and_adds_one_entry(port: int) -> None:
    url = feed_url(7, port)
    status, tag, body = ask(url)
    assert (status, body) == (200, feed_body(7, ENTRIES, 0))
    assert ask(url, tag)[0] == 304
    ask(f"http://127.0.0.1:{port}/bump")
    status, _, body = ask(url, tag)
    assert (status, body) == (200, feed_body(7, ENTRIES, 1))
    assert json.loads(ask(f"http://127.0.0.1:{port}/stats")[2]) == {"sent": 2, "not_modified": 1}
