"""Google Alerts over loopback: own addresses of what was found, and alerts that are gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.googlealerts import KIND
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply
from tests.unit.sources.recorded.googlealerts import ADDRESS, entry, page
from tests.unit.sources.samples import NOW


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(http: HttpClient, url: str, cursor: str = "") -> FetchResult:
    source = Source(1, "googlealerts", url, "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("https://lequotidien.example/1", "https://lequotidien.example/1"),
        ("https://a.example/%3Fid%3D1%26b%3D2", "https://a.example/?id=1&b=2"),
        ("http://a.example/caf%25C3%25A9", "http://a.example/caf%C3%A9"),
    ],
)
def test_the_link_leads_to_the_page_itself(
    http: HttpClient, loopback: LoopbackServer, inside: str, url: str
) -> None:
    (post,) = read(http, loopback.add("/a", page(entry(url=inside)))).posts
    assert post.url == url
    assert post.native_id == "tag:google.com,2013:googlealerts/feed:1"
    assert post.title == "Café Lumen rappelle, acte 1"
    assert post.text == "Un rappel de Café Lumen fait parler ..."


def test_what_is_no_address_inside_the_link_leaves_the_link(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    (post,) = read(http, loopback.add("/a", page(entry(url="javascript:alert(1)")))).posts
    assert post.url.startswith("https://www.google.com/url?")


def test_an_edited_find_is_the_same_post_with_other_words(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    first = read(http, loopback.add("/a", page(entry())))
    again = read(http, loopback.add("/a", page(entry(body="Autre extrait"))), first.cursor)
    assert again.posts[0].native_id == first.posts[0].native_id
    assert again.posts[0].content_hash != first.posts[0].content_hash


def test_nothing_is_sent_twice(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/a", routes.conditional(page(entry())))
    first = read(http, url)
    assert read(http, url, first.cursor).not_modified


def test_a_deleted_alert_says_what_to_do(http: HttpClient, loopback: LoopbackServer) -> None:
    with pytest.raises(SourceError, match="Create the alert again") as caught:
        read(http, loopback.add("/a", Reply(404, body=b"<html>404</html>")))
    assert (caught.value.action, caught.value.status) == (Action.RETRY, 404)


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.google.com/alerts",
        "https://www.google.com/alerts/feeds/1",
        "https://evil.example/alerts/feeds/1/2",
        "https://google.com.evil.example/alerts/feeds/1/2",
        "1/2",
    ],
)
def test_other_addresses_are_no_alert(typed: str) -> None:
    assert KIND.fields_of(typed) is None
    with pytest.raises(BadInput):
        KIND.address_of({"address": typed})


def test_what_was_copied_around_the_address_is_dropped() -> None:
    assert KIND.address_of({"address": f" {ADDRESS}?hl=fr \n"}) == ADDRESS
    assert KIND.address_of({"address": ADDRESS.removeprefix("https://")}) == ADDRESS
