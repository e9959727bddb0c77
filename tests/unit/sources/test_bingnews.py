"""Bing News over loopback: own addresses, newspapers, and ids that survive changing links."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.sources.base import FetchResult, Wanted
from monitor.sources.bingnews import KIND
from tests.support.loopback import LoopbackServer, Reply
from tests.unit.sources.recorded.bingnews import item, page
from tests.unit.sources.samples import NOW


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(http: HttpClient, url: str, cursor: str = "") -> FetchResult:
    source = Source(1, "bingnews", url + "?q=%22Moka%22&format=rss", "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def test_the_article_and_its_newspaper(http: HttpClient, loopback: LoopbackServer) -> None:
    (post,) = read(http, loopback.add("/b", page(item()))).posts
    assert post.url == "https://lequotidien.example/article?id=1&page=1"
    assert post.native_id == post.url
    assert post.author.name == "Le Quotidien"
    assert post.text == "Le café fait parler de lui."


def test_the_same_article_by_another_counter_is_the_same(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    first = read(http, loopback.add("/b", page(item(counter="1"))))
    again = read(http, loopback.add("/b", page(item(counter="2"))), first.cursor)
    assert [post.native_id for post in again.posts] == [post.native_id for post in first.posts]
    assert [post.content_hash for post in again.posts] == [p.content_hash for p in first.posts]
    twice = read(http, loopback.add("/b", page(item(counter="3"), item(counter="4"))))
    assert len(twice.posts) == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/", "//", "http://["])
def test_what_is_no_address_inside_the_link_leaves_the_link(
    http: HttpClient, loopback: LoopbackServer, url: str
) -> None:
    (post,) = read(http, loopback.add("/b", page(item(url=url)))).posts
    assert post.url.startswith("http://www.bing.com/news/apiclick.aspx?")


def test_a_plain_link_stays(http: HttpClient, loopback: LoopbackServer) -> None:
    plain = "<item><title>Moka</title><link>https://lesoir.example/1?url=x</link></item>"
    (post,) = read(http, loopback.add("/b", page(plain))).posts
    assert (post.url, post.author.name) == ("https://lesoir.example/1?url=x", "")


def test_a_web_page_instead_of_news_is_told(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/b", Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><html>"))
    with pytest.raises(SourceError, match="web page"):
        read(http, url)


def test_the_page_is_the_search_for_people() -> None:
    address = KIND.address_of({"words": "Moka", "edition": "fr-FR"})
    page_ = KIND.page_of(Source(1, "bingnews", address, ""))
    assert "format" not in page_
    assert KIND.fields_of(page_) == {"words": "Moka", "edition": "fr-FR"}


def test_editions_are_offered() -> None:
    offers = KIND.offers(Wanted("Moka", ("de",), "AT"))
    assert [fields["edition"] for fields in offers] == ["de-AT", "de-DE", "de-CH"]
    assert KIND.offers(Wanted("Moka", ("eo",), "")) == ()
