"""The demonstration's own Mastodon server: what it shows, what it takes, what it refuses."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.samples import load_feeds
from monitor.demo.site import Page, Site
from tests.unit.engine.fake_clock import FakeClock

FOLDER = Path(str(importlib.resources.files("resources") / "demo"))
BASE = "http://127.0.0.1:1"
TIMELINE = "/api/v1/timelines/tag/cafelumen"
STATUSES = "/api/v1/statuses"
TOKEN = "t"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def site(clock: FakeClock) -> Site:
    return Site(load_feeds(FOLDER), clock, token=TOKEN)


def told(page: Page | None) -> Any:
    assert page is not None
    return json.loads(page.body)


def post(site: Site, told: object, *, token: str = TOKEN, key: str = "k") -> Page:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    page = site.post(STATUSES, f"Bearer {token}", key, body, BASE)
    assert page is not None
    return page


def test_posts_stand_in_time_and_keep_their_ids(site: Site, clock: FakeClock) -> None:
    first = told(site.page(TIMELINE, BASE))
    assert [one["id"] for one in first] == sorted((one["id"] for one in first), reverse=True)
    dates = [one["created_at"] for one in first]
    assert dates == sorted(dates, reverse=True)
    clock.pass_seconds(10)
    later = told(site.page(TIMELINE, BASE))
    assert later[1:] == first
    assert "FUME" in later[0]["content"]
    again = told(Site(load_feeds(FOLDER), clock, token=TOKEN).page(TIMELINE, BASE))
    assert [one["id"] for one in again] == [one["id"] for one in first]


def test_a_reply_is_published_once_and_shown(site: Site, clock: FakeClock) -> None:
    parent = told(site.page(TIMELINE, BASE))[0]
    asked = {"status": "Bonjour", "in_reply_to_id": parent["id"], "language": "fr"}
    first = told(post(site, asked))
    assert told(post(site, asked)) == first
    clock.pass_seconds(-60)  # a clock that was set back
    second = told(post(site, asked, key="other"))
    assert int(second["id"]) > int(first["id"]) > int(parent["id"])
    assert first["in_reply_to_id"] == parent["id"]
    newest = told(site.page(TIMELINE, BASE))[:2]
    assert newest == [second, first]
    assert told(site.page("/api/v1/accounts/1/statuses", BASE)) == newest
    assert told(site.page(f"{STATUSES}/{first['id']}", BASE)) == first
    assert told(site.page(f"{STATUSES}/{parent['id']}", BASE))["replies_count"] == 1
    page = site.page(first["url"].removeprefix(BASE), BASE)
    assert page is not None
    assert b"Bonjour" in page.body


def test_what_it_refuses(site: Site) -> None:
    parent = told(site.page(TIMELINE, BASE))[0]["id"]
    assert post(site, {"status": "x", "in_reply_to_id": parent}, token="wrong").status == 401
    assert post(site, {"status": "x", "in_reply_to_id": "none"}).status == 404
    for odd in (b"", b"[]", b"{", b"[" * 100_000, {"status": "x"}):
        assert post(site, odd).status == 422
    assert site.post("/elsewhere", f"Bearer {TOKEN}", "k", b"{}", BASE) is None
    missing = site.page(f"{STATUSES}/none", BASE)
    assert missing is not None
    assert missing.status == 404
    assert site.page("/@cafelumen/1", BASE) is None
