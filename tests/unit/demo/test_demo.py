"""The demonstration: what is served reads back as what was written, by our own feed reader."""

from __future__ import annotations

import contextlib
import http.client
import importlib.resources
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.demo.samples import SampleFeed, load_brands, load_feeds
from monitor.demo.server import DemoServer
from monitor.demo.setup import is_sample, last_port, moved, sample_sources
from monitor.demo.site import Site
from monitor.model.source import Source
from monitor.sources.feed_parse import parse_feed
from tests.unit.engine.fake_clock import FakeClock

FOLDER = Path(str(importlib.resources.files("resources") / "demo"))
FEEDS = load_feeds(FOLDER)
BASE = "http://127.0.0.1:1"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def site(clock: FakeClock) -> Site:
    return Site(FEEDS, clock)


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.key)
def test_each_feed_reads_back_whole(site: Site, clock: FakeClock, feed: SampleFeed) -> None:
    page = site.page(f"/feeds/{feed.key}", BASE)
    assert page is not None
    parsed = parse_feed(page.body, page.content_type, f"{BASE}/feeds/{feed.key}", clock.now())
    assert parsed is not None
    assert parsed.skipped == 0
    at_first = [entry for entry in feed.entries if not entry.late]
    assert len(parsed.posts) == len(at_first)
    for post in parsed.posts:
        assert post.url.startswith(BASE)
        assert "<script" not in post.full_text
        assert post.published is None or post.published <= clock.now()


def test_late_entries_come_after_the_first_poll_and_only_once(site: Site, clock: FakeClock) -> None:
    feed = next(feed for feed in FEEDS if any(entry.late for entry in feed.entries))
    path = f"/feeds/{feed.key}"
    first = site.page(path, BASE)
    clock.pass_seconds(1)
    assert site.page(path, BASE) == first
    clock.pass_seconds(10)
    second = site.page(path, BASE)
    clock.pass_seconds(3600)
    assert second != first
    assert site.page(path, BASE) == second


def test_links_and_front_page_open_as_plain_pages(site: Site) -> None:
    for feed in FEEDS:
        for entry in feed.entries:
            page = site.page(entry.path, BASE)
            assert page is not None
            assert b"<script" not in page.body
            assert page.content_type.startswith("text/html")
    front = site.page("/", BASE)
    assert front is not None
    assert front.body.count(b'rel="alternate"') == len(FEEDS)
    assert site.page("/nothing", BASE) is None


@pytest.fixture
def server(site: Site) -> Iterator[DemoServer]:
    running = DemoServer(site)
    running.start()
    yield running
    running.stop()


def test_the_server_knows_conditional_requests(server: DemoServer) -> None:
    url = f"{server.address}/feeds/{FEEDS[0].key}"
    with urllib.request.urlopen(url) as answer:
        etag = answer.headers["ETag"]
        assert answer.headers["Server"].startswith("VigieDemo")
    asked = urllib.request.Request(url, headers={"If-None-Match": etag})
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(asked)
    assert unchanged.value.code == 304
    unchanged.value.close()
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{server.address}/none")
    assert missing.value.code == 404
    missing.value.close()


def test_the_server_takes_no_long_or_endless_body(server: DemoServer) -> None:
    for length in (str(10**9), "-1", ""):
        asked = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        with contextlib.closing(asked):
            asked.putrequest("POST", "/api/v1/statuses")
            if length:
                asked.putheader("Content-Length", length)
            asked.endheaders()
            assert asked.getresponse().status == 413


def test_a_taken_port_is_an_error(server: DemoServer, site: Site) -> None:
    with pytest.raises(OSError, match=r".+"):
        DemoServer(site, server.server_port)


def test_sources_follow_the_server_to_another_port() -> None:
    (source, *_) = sample_sources(FEEDS, "http://127.0.0.1:8000")
    assert is_sample(source)
    assert last_port([source]) == 8000
    assert moved(source, "http://127.0.0.1:8000") is None
    there = moved(source, "http://127.0.0.1:9000")
    assert there is not None
    assert there.address == source.address.replace("8000", "9000")
    ordinary = Source(id=1, kind="feed", address="http://example.org/", name="")
    assert not is_sample(ordinary)
    assert last_port([ordinary]) == 0


def test_the_site_may_release_at_once(clock: FakeClock) -> None:
    quick = Site(FEEDS, clock, release_after=timedelta(0))
    path = f"/feeds/{FEEDS[0].key}"
    first = quick.page(path, BASE)
    clock.pass_seconds(1)
    assert quick.page(path, BASE) != first


def test_the_sample_brand_and_its_rival_are_there() -> None:
    brands = load_brands(FOLDER)
    assert [brand.rival for brand in brands] == [False, True]
