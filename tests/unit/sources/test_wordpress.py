"""WordPress comments over loopback: addresses, pages to the last seen comment, threads, own words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.sources.wordpress import KIND
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply, Request, Route
from tests.unit.sources import samples
from tests.unit.sources.recorded.wordpress import item, page
from tests.unit.sources.samples import NOW


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(http: HttpClient, url: str, cursor: str = "") -> FetchResult:
    source = Source(1, "wordpress", url, "")
    return KIND.read(source, cursor, KIND.fetch(source, cursor, http, NOW, CancelToken()), NOW)


def only(http: HttpClient, loopback: LoopbackServer, one: str) -> Post:
    (post,) = read(http, loopback.add("/f", page(one))).posts
    return post


def paged(newest: int, *, per_page: int = 10, ignored: bool = False) -> Route:
    """A site whose comments have the numbers 1 to `newest`."""

    def route(request: Request) -> Reply:
        asked = int(parse_qs(urlsplit(request.path).query).get("paged", ["1"])[0])
        last = newest if ignored else newest - (asked - 1) * per_page
        shown = range(last, max(0, last - per_page), -1)
        return Reply(body=page(*(item(number) for number in shown))) if shown else Reply(404)

    return route


def numbers(result: FetchResult) -> list[int]:
    return [int(post.native_id.rpartition("-")[2]) for post in result.posts]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("blog.example", "https://blog.example/comments/feed/"),
        ("https://blog.example/feed/", "https://blog.example/comments/feed/"),
        ("https://blog.example/avis/#comment-3", "https://blog.example/avis/feed/"),
        ("https://blog.example/avis/comment-page-2/", "https://blog.example/avis/feed/"),
        ("https://blog.example/avis/feed/?paged=2", "https://blog.example/avis/feed/"),
        ("https://blog.example/?p=9#comments", "https://blog.example/?feed=rss2&p=9"),
        ("https://blog.example/?feed=rss2&p=9", "https://blog.example/?feed=rss2&p=9"),
        (
            "https://blog.example/?feed=comments-rss2&paged=2",
            "https://blog.example/?feed=comments-rss2",
        ),
    ],
)
def test_a_site_or_a_post_has_its_comment_feed(typed: str, address: str) -> None:
    assert KIND.address_of({"address": typed}) == address
    assert KIND.address_of({"address": address}) == address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://blog.example/comments/feed/", "https://blog.example/"),
        ("https://blog.example/fr/comments/feed/", "https://blog.example/fr/"),
        ("https://blog.example/avis/feed/", "https://blog.example/avis/"),
        ("https://blog.example/?feed=rss2&p=9", "https://blog.example/?p=9"),
    ],
)
def test_the_page_is_the_site_or_the_post(address: str, shown: str) -> None:
    assert KIND.page_of(Source(1, "wordpress", address, "")) == shown


def test_a_feed_of_articles_is_no_comment_feed() -> None:
    assert KIND.fields_of("https://blog.example/feed/") is None
    assert KIND.fields_of("https://blog.example/avis/feed/") is None
    assert KIND.fields_of("https://not-a-site/comments/feed/") is None


def test_it_reads_to_the_last_seen_comment(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/f", paged(20))
    first = read(http, url)
    assert numbers(first) == list(range(20, 10, -1))
    loopback.add("/f", paged(45))
    again = read(http, url, first.cursor)
    assert numbers(again) == list(range(45, 15, -1))
    assert not again.hole
    assert len(loopback.requests) == 1 + 3
    loopback.add("/f", paged(46))
    assert numbers(read(http, url, again.cursor)) == list(range(46, 36, -1))
    assert len(loopback.requests) == 5


@pytest.mark.parametrize(
    ("route", "asked"), [(paged(45, ignored=True), 2), (paged(300), 10), (paged(6, per_page=2), 3)]
)
def test_what_the_site_does_not_show_is_a_hole(
    http: HttpClient, loopback: LoopbackServer, route: Route, asked: int
) -> None:
    url = loopback.add("/f", paged(1))
    first = read(http, url)
    loopback.add("/f", route)
    again = read(http, url, first.cursor)
    assert len(loopback.requests) == 1 + asked
    assert again.hole is (1 not in numbers(again) and asked != 3)
    assert not read(http, url, again.cursor).hole


def test_unchanged_is_asked_once(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/f", routes.conditional(page(item(5))))
    first = read(http, url)
    again = read(http, url, first.cursor)
    assert again.not_modified
    assert again.posts == ()
    assert read(http, url, again.cursor).not_modified


def test_a_comment_is_its_author_s_words_below_the_post(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    post = only(http, loopback, item(12))
    assert post.full_text == "Le service est en panne."
    assert post.author.name == "Léa"
    assert post.thread_id == "https://blog.example/avis/"
    assert post.url == "https://blog.example/avis/comment-page-2/#comment-12"
    assert (post.parent_id, post.language) == ("", "fr")


def test_a_reply_knows_what_it_answers_and_does_not_repeat_whom(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    post = only(http, loopback, item(13, answers=12))
    assert post.parent_id == "https://blog.example/?p=9#comment-12"
    assert post.full_text == "Le service est en panne."


def test_a_link_to_another_comment_is_no_reply(http: HttpClient, loopback: LoopbackServer) -> None:
    said = '<p>Voir <a href="https://blog.example/avis/#comment-2">ceci</a> et cela, hier soir.</p>'
    post = only(http, loopback, item(13, body=said.replace(".</p>", ", " + "x" * 60 + "</p>")))
    assert post.parent_id == ""
    assert post.text.startswith("Voir ceci et cela")


def test_an_edited_comment_is_the_same_one(http: HttpClient, loopback: LoopbackServer) -> None:
    first = read(http, loopback.add("/f", page(item(3))))
    again = read(http, loopback.add("/f", page(item(3, body="<p>Réparé !</p>"))), first.cursor)
    assert again.posts[0].native_id == first.posts[0].native_id
    assert again.posts[0].text == "Réparé !"


def test_the_title_of_a_made_up_name_stays_when_it_is_not_the_author(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    own = item(3).replace("Commentaires sur Avis par Léa", "Une question")
    assert only(http, loopback, own).title == "Une question"


def test_a_comment_without_words_is_skipped(http: HttpClient, loopback: LoopbackServer) -> None:
    bare = item(3, body='<img src="https://a.example/x.png">').replace("[CDATA[...]]", "[CDATA[]]")
    result = read(http, loopback.add("/f", page(bare, item(4))))
    assert (len(result.posts), result.skipped) == (1, 1)


def test_warnings_before_the_feed_do_not_matter(http: HttpClient, loopback: LoopbackServer) -> None:
    body = b"<br />\n<b>Warning</b>: Undefined variable in plugin.php\n" + page(item(3, answers=2))
    (post,) = read(http, loopback.add("/f", body)).posts
    assert post.parent_id.endswith("#comment-2")


def test_a_site_that_closed_its_feeds_is_told(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/f", b"<!doctype html><html><body>Maintenance</body></html>")
    with pytest.raises(SourceError, match="web page"):
        read(http, url)


def test_hostile_numbers_do_not_hold_it_up(http: HttpClient, loopback: LoopbackServer) -> None:
    body = page(item(3)) + b"<guid>" * 50_000 + b"<id" + b" " * 100_000
    read(http, loopback.add("/f", body))
    said = '<a href="#comment-' * 500 + samples.HOSTILE
    assert only(http, loopback, item(4, body=said)).native_id.endswith("-4")
