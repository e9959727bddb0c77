"""From what a person types to the feeds: over a real server, and the rules that need none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import FoundFeed
from monitor.sources.addresses import guesses, is_private, known_feed, profile_feed, typed_addresses
from monitor.sources.discovery import discover
from monitor.sources.page_links import links_in_header, links_in_page
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply
from tests.unit.sources.samples import FULL_PAGE, NOW, atom, item, rss

BASE = "https://site.example/blog/"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def find(address: str, http: HttpClient) -> tuple[FoundFeed, ...]:
    return discover(address, http, CancelToken(), NOW)


def test_the_address_of_a_feed(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/f", Reply(headers={"Content-Type": "text/html"}, body=FULL_PAGE))
    (found,) = find(url, http)
    assert (found.kind, found.address, found.title, found.language) == ("feed", url, "Blog", "fr")
    assert (found.items, found.samples) == (50, ("Titre 50", "Titre 49", "Titre 48"))
    assert found.texts[0].startswith("Titre 50 · ")


@pytest.mark.parametrize("prefix", ["", "feed://", "feed:http://", "  http://"])
def test_addresses_as_people_paste_them(
    http: HttpClient, loopback: LoopbackServer, prefix: str
) -> None:
    loopback.add("/f", FULL_PAGE)
    (found,) = find(f"{prefix}127.0.0.1:{loopback.port}/f ", http)
    assert found.address == loopback.url("/f")


def test_the_feeds_a_page_declares(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/comments.xml", rss(item(7), "<title>Comments</title>"))
    loopback.add("/atom.xml", atom("<entry><title>x</title></entry>"))
    loopback.add("/broken.xml", b"no feed")
    url = loopback.add(
        "/",
        '<html><link rel=alternate type="application/rss+xml" href="/comments.xml">'
        '<link rel="alternate" type="application/rss+xml" href="/broken.xml">'
        '<LINK REL="Alternate" TYPE="application/atom+xml" HREF="atom.xml"></html>',
    )
    assert [found.title for found in find(url, http)] == ["Blog", "Comments"]


def test_the_link_header(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/f", FULL_PAGE)
    link = '</style.css>; rel=stylesheet, </f>; rel="alternate"; type="application/rss+xml"'
    url = loopback.add("/", Reply(headers={"Link": link}, body=b"<html></html>"))
    assert [found.items for found in find(url, http)] == [50]


def test_links_in_the_text(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/les-flux/rss", FULL_PAGE)
    url = loopback.add("/", '<html><a href="/les-flux/rss">S’abonner</a></html>')
    assert [found.items for found in find(url, http)] == [50]


def test_guesses(http: HttpClient, loopback: LoopbackServer) -> None:
    loopback.add("/feed.xml", FULL_PAGE)
    url = loopback.add("/", "<html>Bonjour</html>")
    (found,) = find(url, http)
    assert found.address == loopback.url("/feed.xml")


def test_a_permanent_redirect_gives_the_new_address(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    new = loopback.add("/new", FULL_PAGE)
    (found,) = find(loopback.add("/old", routes.redirect("/new", 301)), http)
    assert found.address == new


def test_a_page_without_feed(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/", "<html>Bonjour</html>")
    with pytest.raises(BadInput, match="No feed was found on this page"):
        find(url, http)
    assert len(loopback.requests) == 1 + 6


def test_a_missing_page(http: HttpClient, loopback: LoopbackServer) -> None:
    with pytest.raises(BadInput, match="no page at this address"):
        find(loopback.url("/absent"), http)


def test_a_login_page(http: HttpClient, loopback: LoopbackServer) -> None:
    with pytest.raises(SourceError, match="login page"):
        find(loopback.add("/", "<html><input type=password></html>"), http)


def test_a_site_that_does_not_answer(http: HttpClient) -> None:
    with pytest.raises(SourceError, match="was not found") as caught:
        find("nowhere.invalid", http)
    told = f"{caught.value.message} {caught.value.hint}"
    assert told == "Nothing was added. Check the address, or try again later."


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "bonjour",
        "deux mots",
        "ftp://a.example",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "a@b.example",
        "https://",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(BadInput, match="is not a web address"):
        typed_addresses(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("blog.example", "https://blog.example"),
        ("blog.example/a b#c", "https://blog.example/a%20b"),
        ("http://blog.example", "http://blog.example"),
        ("//blog.example/x", "https://blog.example/x"),
        ("<https://blog.example>", "https://blog.example"),
        ("localhost:8080", "http://localhost:8080"),
        ("[::1]:80", "http://[::1]:80"),
        ("@lea@social.example", "https://social.example/@lea"),
        ("café.example", "https://café.example"),
    ],
)
def test_typed_addresses(typed: str, first: str) -> None:
    assert typed_addresses(typed)[0] == first


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCabc/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"),
        ("https://youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://old.reddit.com/r/france/new/", "https://www.reddit.com/r/france/new/.rss"),
        ("https://www.reddit.com/r/france/.rss", ""),
        ("https://www.reddit.com/search/?q=marque", "https://www.reddit.com/search.rss?q=marque"),
        ("https://medium.com/@lea/post-1", "https://medium.com/feed/@lea"),
        ("https://lea.medium.com/", "https://lea.medium.com/feed"),
        ("https://github.com/o/r", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r/commits/main", "https://github.com/o/r/commits.atom"),
        ("https://github.com/o", "https://github.com/o.atom"),
        ("https://lea.substack.com/p/x", "https://lea.substack.com/feed"),
        ("https://lea.tumblr.com/", "https://lea.tumblr.com/rss"),
        ("https://bsky.app/profile/lea.example", "https://bsky.app/profile/lea.example/rss"),
        ("https://notyoutube.com/channel/UCabc", ""),
        ("https://site.example/", ""),
    ],
)  # fmt: skip
def test_sites_with_a_rule(page: str, feed: str) -> None:
    assert known_feed(page) == feed


def test_profiles_of_the_fediverse() -> None:
    assert profile_feed("https://social.example/@lea") == "https://social.example/@lea.rss"
    assert (
        profile_feed("https://social.example/tags/marque/")
        == "https://social.example/tags/marque.rss"
    )
    assert profile_feed("https://social.example/@lea/1234") == ""


def test_at_most_six_guesses() -> None:
    found = guesses("https://site.example/blog")
    assert found[0] == "https://site.example/blog/feed"
    assert len(found) == 6


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ('<link rel="alternate stylesheet" type="application/rss+xml" href="x.css">', []),
        ('<body><link href=f.xml rel=alternate type=application/rss+xml>', [BASE + "f.xml"]),
        ('<link rel="alternate" type="application/atom+xml" href="/a?b=1&amp;c=2">', ["https://site.example/a?b=1&c=2"]),
        ('<link rel="feed" href="f">', [BASE + "f"]),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', []),
        ('<link rel="alternate" type="application/json" title="JSON Feed" href="f.json">', [BASE + "f.json"]),
        ('<link rel="alternate" type="application/json+oembed" href="/oembed">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', []),
        ('<base href="https://b.example/d/"><link rel=alternate type=text/xml href=f>', ["https://b.example/d/f"]),
        ('<!-- <link rel="alternate" type="application/rss+xml" href="f"> -->', []),
    ],
)  # fmt: skip
def test_link_elements(markup: str, links: list[str]) -> None:
    assert links_in_page(markup, BASE)[0] == links


def test_hostile_pages_end() -> None:
    for page in (
        "<" * 100_000,
        "<div>" * 50_000,
        "<link " * 50_000,
        "\x00",
        "",
        "<a href='http://['>",
    ):
        links_in_page(page, BASE)
    assert links_in_header("<" * 50_000, BASE) == []
    assert links_in_header("<a>;" * 20_000, BASE) == []


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1/", True),
        ("http://192.168.1.1/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("http://printer.local/", True),
        ("http://93.184.215.14/", False),
        ("http://site.example/", False),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) is private
