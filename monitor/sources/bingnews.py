"""Bing News: articles that a search finds, newest first, in one edition.

Page: https://www.bing.com/news (no documentation, no account). Limits: about a dozen articles an answer
and no further pages; some markets answer with nothing or with a web page. Terms: for personal use.
Each link counts the click and changes with every answer: the newspaper's own address stands in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qs, urlencode

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources import editions, search_words
from monitor.sources.addresses import parts_of
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed import FeedSource
from monitor.sources.markup import safe_link
from monitor.sources.posts import MAX_ID, newest_first
from monitor.sources.publishers import publishers
from monitor.text import text

_PAGE = "https://www.bing.com/news/search"
_HOSTS = ("www.bing.com", "bing.com")
_NEWEST_FIRST = 'sortbydate="1"'

_INFO = SourceInfo(
    kind="bingnews",
    label=text("Bing News"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
        editions.FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=30 * 60,
    default_interval=30 * 60,
    unseen=text(
        "More than the dozen newest articles, and their own words: only headlines and first lines are "
        "shown, for personal use."
    ),
    spacing={"www.bing.com": 5.0},
)

_FEED = FeedSource()


class BingNews:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        query = search_words.any_of(search_words.names(fields))
        edition = editions.edition_of(fields)
        asked = {
            "q": query,
            "format": "rss",
            "setlang": edition.language,
            "cc": edition.country,
            "qft": _NEWEST_FIRST,
        }
        return f"{_PAGE}?{urlencode(asked)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname not in _HOSTS or parts.path.rstrip("/") != "/news/search":
            return None
        asked = parse_qs(parts.query)
        words = search_words.names_in(asked.get("q", [""])[0])
        if not words:
            return None
        language, country = asked.get("setlang", ["en"])[0], asked.get("cc", ["US"])[0]
        return {search_words.KEY: words, editions.KEY: editions.written(language, country)}

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return tuple(
            {search_words.KEY: wanted.name, editions.KEY: str(edition)}
            for edition in editions.offered(wanted)
        )

    def page_of(self, source: Source) -> str:
        asked = parse_qs(parts_of(source.address).query)
        asked.pop("format", None)
        return f"{_PAGE}?{urlencode(asked, doseq=True)}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        return _FEED.fetch(source, cursor, http, now, cancel)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        result = _FEED.read(source, cursor, answers, now)
        papers = publishers(answers[0])
        # Two links of one article differ only in what they count.
        articles: dict[str, Post] = {}
        for post in result.posts:
            mended = _article(post, papers.get(post.url, Author()))
            articles.setdefault(mended.native_id, mended)
        return dataclasses.replace(
            result,
            posts=newest_first(tuple(articles.values())),
            moved_to="",  # of one answer, not of the search
            title=_title(self.fields_of(source.address)) or result.title,
        )


KIND = BingNews()


def _title(fields: Mapping[str, str] | None) -> str:
    """Tells the editions of one search apart; "" for an address of another form."""
    return f"Bing News {fields[editions.KEY]} · {fields[search_words.KEY]}" if fields else ""


def _article(post: Post, paper: Author) -> Post:
    url = _own_address(post.url)
    stable = url if url and len(url) <= MAX_ID else post.native_id
    return dataclasses.replace(post, native_id=stable, url=url, author=paper)


def _own_address(link: str) -> str:
    """The newspaper's address in a link that counts clicks; every other link as it is."""
    parts = parts_of(link)
    if parts.hostname not in _HOSTS or not parts.path.endswith("/apiclick.aspx"):
        return link
    return safe_link(parse_qs(parts.query).get("url", [""])[0]) or link
