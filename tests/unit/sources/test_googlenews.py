"""Google News over loopback: editions, the days asked for, headlines, and its page for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources.base import FetchResult, Wanted
from monitor.sources.googlenews import KIND
from tests.support import loopback as routes
from tests.support.loopback import LoopbackServer, Reply, Request
from tests.unit.sources.recorded.googlenews import item, page
from tests.unit.sources.samples import NOW

QUESTION = "?q=%22Moka%22&hl=fr&gl=FR&ceid=FR%3Afr"


@pytest.fixture
def http() -> Iterator[HttpClient]:
    client = HttpClient()
    yield client
    client.close()


def read(
    http: HttpClient, url: str, cursor: str = "", *, later: timedelta = timedelta()
) -> FetchResult:
    source = Source(1, "googlenews", url + QUESTION, "")
    answers = KIND.fetch(source, cursor, http, NOW + later, CancelToken())
    return KIND.read(source, cursor, answers, NOW + later)


def only(http: HttpClient, loopback: LoopbackServer, one: str) -> Post:
    (post,) = read(http, loopback.add("/n", page(one))).posts
    return post


def days_asked(request: Request) -> str:
    return parse_qs(urlsplit(request.path).query)["q"][0]


@pytest.mark.parametrize(
    ("edition", "asked"),
    [
        ("fr-FR", "hl=fr&gl=FR&ceid=FR%3Afr"),
        ("fr-be", "hl=fr&gl=BE&ceid=BE%3Afr"),
        ("fr_CA", "hl=fr-CA&gl=CA&ceid=CA%3Afr"),
        ("en", "hl=en-GB&gl=GB&ceid=GB%3Aen"),
        ("en-US", "hl=en-US&gl=US&ceid=US%3Aen"),
        ("es-ES", "hl=es&gl=ES&ceid=ES%3Aes"),
        ("es-MX", "hl=es-419&gl=MX&ceid=MX%3Aes-419"),
        ("pt-BR", "hl=pt-BR&gl=BR&ceid=BR%3Apt-419"),
    ],
)
def test_every_edition_has_its_address_and_comes_back_from_it(edition: str, asked: str) -> None:
    address = KIND.address_of({"words": "Moka", "edition": edition})
    assert address == f"https://news.google.com/rss/search?q=%22Moka%22&{asked}"
    fields = KIND.fields_of(address)
    assert fields is not None
    assert KIND.address_of(fields) == address


@pytest.mark.parametrize("edition", ["", "x", "français", "xx", "fr-FRA"])
def test_what_is_no_edition_is_told(edition: str) -> None:
    with pytest.raises(BadInput):
        KIND.address_of({"words": "Moka", "edition": edition})


def test_several_names_are_one_query_and_come_back() -> None:
    address = KIND.address_of({"words": "Café Lumen, Lumen & Co", "edition": "fr-FR"})
    assert KIND.fields_of(address) == {"words": "Café Lumen, Lumen & Co", "edition": "fr-FR"}


@pytest.mark.parametrize("query", ["moka -bar", "intitle:moka", "site:a.example moka", "%22a%22 b"])
def test_a_pasted_search_that_says_more_than_names_is_no_source_of_this_kind(query: str) -> None:
    assert KIND.fields_of(f"https://news.google.com/search?q={query}&hl=fr&gl=FR") is None


def test_the_own_country_is_offered_first() -> None:
    offers = KIND.offers(Wanted("Moka", ("fr", "en"), "CA"))
    assert [fields["edition"] for fields in offers] == [
        "fr-CA", "fr-FR", "fr-BE", "fr-CH", "en-CA", "en-GB", "en-US",
    ]  # fmt: skip


def test_the_page_is_the_search_for_people() -> None:
    source = Source(1, "googlenews", f"https://news.google.com/rss/search{QUESTION}", "")
    assert KIND.page_of(source) == f"https://news.google.com/search{QUESTION}"


def test_the_editions_of_one_search_have_names_of_their_own(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    source = Source(1, "googlenews", f"https://news.google.com/rss/search{QUESTION}", "")
    answer = http.get(loopback.add("/n", page(item())), cancel=CancelToken())
    assert KIND.read(source, "", (answer,), NOW).title == "Google News fr-FR · Moka"
    assert read(http, loopback.url("/n")).title == '"Café Lumen" - Google News'


def test_it_asks_for_the_days_since_the_last_answer(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    url = loopback.add("/n", page(item(date="Sun, 02 Aug 2026 11:59:00 GMT")))
    first = read(http, url)
    again = read(http, url, first.cursor, later=timedelta(minutes=30))
    for later in (timedelta(hours=14), timedelta(days=5), timedelta(days=900)):
        read(http, url, again.cursor, later=later)
    assert [days_asked(request) for request in loopback.requests] == [
        f'"Moka" when:{days}d' for days in (30, 1, 2, 6, 365)
    ]


def test_after_a_quiet_week_the_last_headline_is_shown_again(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    url = loopback.add("/n", page(item()))  # of the day before
    result = read(http, url)
    for day in range(1, 8):
        result = read(http, url, result.cursor, later=timedelta(days=day))
        assert result.not_modified
    assert days_asked(loopback.requests[-1]) == '"Moka" when:9d'


def test_a_search_without_headlines_asks_for_the_days_since_the_answer(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    url = loopback.add("/n", page())
    first = read(http, url)
    read(http, url, first.cursor, later=timedelta(days=1))
    assert days_asked(loopback.requests[-1]) == '"Moka" when:2d'


def test_more_than_it_shows_is_a_hole(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/n", page(*(item(number) for number in range(100))))
    first = read(http, url)
    assert not first.hole  # nothing was ever read before
    loopback.add("/n", page(*(item(number) for number in range(7, 107))))
    assert read(http, url, first.cursor).hole
    loopback.add("/n", page(*(item(number) for number in range(7, 57))))
    assert not read(http, url, first.cursor).hole


def test_the_newspaper_is_the_author_and_leaves_the_headline(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    post = only(http, loopback, item(headline="Café Lumen - le rappel", paper="Actu - Le Journal"))
    assert post.title == "Café Lumen - le rappel, acte 1"
    assert (post.author.name, post.author.url) == (
        "Actu - Le Journal",
        "https://lequotidien.example",
    )
    assert post.full_text == post.title  # the description only repeats it
    assert post.native_id == "CBMi1"
    assert post.language == "fr"


def test_without_a_source_the_end_of_the_headline_is_the_newspaper(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    post = only(http, loopback, item().replace("<source", "<was").replace("</source>", "</was>"))
    assert (post.title, post.author.name) == (
        "Café Lumen rappelle un produit, acte 1",
        "Le Quotidien",
    )


def test_headlines_of_others_on_the_story_are_left_out(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    told = (
        "<ol><li><a>Café Lumen rappelle un produit, acte 1</a> <font>Le Quotidien</font></li>"
        "<li><a>Une autre marque</a> <font>Le Soir</font></li></ol>"
    )
    assert "autre" not in only(http, loopback, item(body=told)).full_text


def test_newest_first_whatever_the_order(http: HttpClient, loopback: LoopbackServer) -> None:
    url = loopback.add("/n", page(item(9), item(2), item(30), item(1)))
    assert [post.native_id for post in read(http, url).posts] == [
        "CBMi1", "CBMi2", "CBMi9", "CBMi30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><title>Before you continue</title></html>",
        b"<!-- x --><html><head></head><body>unusual traffic</body></html>",
    ],
)
def test_the_page_for_people_is_told_and_rests(
    http: HttpClient, loopback: LoopbackServer, body: bytes
) -> None:
    asked = loopback.add("/ml", Reply(200, {"Content-Type": "text/html"}, body))
    url = loopback.add("/n", routes.redirect(asked))
    with pytest.raises(SourceError) as caught:
        read(http, url)
    assert caught.value.action is Action.RETRY
    assert caught.value.retry_at == NOW + timedelta(hours=6)
    assert "Google" in str(caught.value.title)


def test_too_much_traffic_is_a_refusal_even_as_a_page(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    url = loopback.add("/n", Reply(429, {"Content-Type": "text/html"}, b"<html>sorry</html>"))
    with pytest.raises(SourceError) as caught:
        read(http, url)
    assert caught.value.whole_host


def test_a_permanent_move_does_not_change_the_question(
    http: HttpClient, loopback: LoopbackServer
) -> None:
    loopback.add("/there", page(item()))
    url = loopback.add("/n", routes.redirect("/there", 301))
    first = read(http, url)
    for days in (1, 2, 3):
        first = read(http, url, first.cursor, later=timedelta(days=days))
        assert first.moved_to == ""
