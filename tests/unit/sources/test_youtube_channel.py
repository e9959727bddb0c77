"""YouTube's channel feeds: which addresses tell the channel, and videos as threads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.youtube_channel import KIND
from tests.support.loopback import LoopbackServer
from tests.unit.sources.recorded.youtube_channel import CHANNEL, entry, page
from tests.unit.sources.samples import NOW

FEED = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(http: HttpClient, url: str, cursor: str = "") -> FetchResult:
    source = Source(1, "youtube-channel", url, "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


@pytest.mark.parametrize(
    "typed",
    [
        CHANNEL,
        f" https://www.youtube.com/channel/{CHANNEL} ",
        f"youtube.com/channel/{CHANNEL}/about",
        f"https://m.youtube.com/channel/{CHANNEL}?view_as=subscriber",
        FEED,
    ],
)
def test_the_channel_s_number_in_every_writing(typed: str) -> None:
    assert KIND.address_of({"channel": typed}) == FEED


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.youtube.com/@cafelumen",
        "@cafelumen",
        "https://www.youtube.com/c/cafelumen",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/channel/",
        "https://www.youtube.com/channel/a%22b",
        "https://youtube.com.evil.example/channel/" + CHANNEL,
        "Café Lumen",
    ],
)
def test_addresses_that_do_not_tell_the_number(typed: str) -> None:
    assert KIND.fields_of(typed) is None
    with pytest.raises(BadInput):
        KIND.address_of({"channel": typed})


def test_the_page_of_what_is_listened_to() -> None:
    for page_ in (
        f"https://www.youtube.com/channel/{CHANNEL}",
        "https://www.youtube.com/playlist?list=PL0123",
    ):
        address = KIND.address_of({"channel": page_})
        assert KIND.page_of(Source(1, "youtube-channel", address, "")) == page_


def test_a_video_is_a_thread(http: HttpClient, loopback: LoopbackServer) -> None:
    result = read(http, loopback.add("/y", page(entry())))
    (post,) = result.posts
    assert result.title == "Café Lumen TV"
    assert (post.native_id, post.thread_id) == ("yt:video:video-00001", "video-00001")
    assert post.url == "https://www.youtube.com/watch?v=video-00001"
    assert (post.title, post.text) == ("Le moka, partie 1", "Notre nouveau moka.")
    assert post.author.name == "Café Lumen TV"
    assert post.author.url == f"https://www.youtube.com/channel/{CHANNEL}"
    assert post.likes == 5


@pytest.mark.parametrize("count", ["", "-1", "many", "9" * 30, "٣"])
def test_odd_counts_are_none(http: HttpClient, loopback: LoopbackServer, count: str) -> None:
    odd = entry().replace('starRating count="5"', f'starRating count="{count}"')
    (post,) = read(http, loopback.add("/y", page(odd))).posts
    assert post.likes is None


def test_an_edited_description_is_the_same_video(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    first = read(http, loopback.add("/y", page(entry())))
    again = read(http, loopback.add("/y", page(entry(body="Rappel du moka."))), first.cursor)
    assert again.posts[0].native_id == first.posts[0].native_id
    assert again.posts[0].text == "Rappel du moka."


def test_real_feed_addresses_come_back_as_they_are(shared: Path) -> None:
    found = set()
    for path in (shared / "fixtures/opml-awesome-rss-feeds").rglob("*.opml"):
        words = path.read_text("utf-8")
        found |= set(re.findall(r"https://www\.youtube\.com/feeds/videos\.xml\?[^\"&]+", words))
    assert len(found) > 20
    for address in found:
        fields = KIND.fields_of(address)
        assert fields is not None, address
        assert KIND.address_of(fields) == address
