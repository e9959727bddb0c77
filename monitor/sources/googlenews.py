"""Google News: newspaper headlines that a search finds, in one edition.

Page: https://news.google.com (no documentation, no account). Limits: 100 headlines an answer, the most
fitting and not the newest, so only the days since the last check are asked for; one request in ten
seconds. Terms: for personal, non-commercial use in a feed reader. Links lead through Google, which
tells the newspaper's own address to browsers only.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources import editions, search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import moment, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.charset import decode
from monitor.sources.editions import Edition
from monitor.sources.feed import FeedSource
from monitor.sources.feed_cursor import read_cursor
from monitor.sources.feed_parse import is_html
from monitor.sources.publishers import publishers
from monitor.text import text

_HOST = "news.google.com"
_MOST = 100  # headlines of one answer
_FIRST_DAYS = 30
_MOST_DAYS = 365
_DAY = timedelta(days=1)
_LATE = timedelta(hours=12)  # headlines may be found long after their date
_BLOCKED_PAUSE = timedelta(hours=6)
_WHEN = re.compile(r"\s*\bwhen:\w+")
_WITH_BODY = (200, 203, 226)

# Where Google names an edition after a part of the world or a script. Its other Spanish ones are es-419.
_SPOKEN = {"pt-BR": "pt-419", "pt-PT": "pt-150", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
_UNTOLD = ("AT", "BE", "CH")  # countries that Google's `hl` does not tell

_INFO = SourceInfo(
    kind="googlenews",
    label=text("Google News"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
        editions.FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=15 * 60,
    default_interval=30 * 60,
    unseen=text(
        "The articles' own words: only headlines are shown, for personal use. An article that names "
        "the brand further down is not a mention."
    ),
    spacing={_HOST: 10.0},
)

_FEED = FeedSource()


class GoogleNews:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        query = search_words.any_of(search_words.names(fields))
        return _address("/rss/search", query, editions.edition_of(fields))

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname != _HOST or not parts.path.rstrip("/").endswith("/search"):
            return None
        asked = parse_qs(parts.query)
        words = search_words.names_in(_WHEN.sub("", asked.get("q", [""])[0]))
        return {search_words.KEY: words, editions.KEY: _edition(asked)} if words else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return tuple(
            {search_words.KEY: wanted.name, editions.KEY: str(edition)}
            for edition in editions.offered(wanted)
        )

    def page_of(self, source: Source) -> str:
        return f"https://{_HOST}/search?{parts_of(source.address).query}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """The days since the last answer, and back to the newest headline seen: without it nobody
        could tell a quiet week from a missed one. The first time a month."""
        known, newest = _read_cursor(cursor, now)
        answered = read_cursor(known).since
        days = _FIRST_DAYS
        if answered is not None:
            since = min(answered, newest or answered)
            days = min(max(1, -(-(now - since + _LATE) // _DAY)), _MOST_DAYS)
        asked = dataclasses.replace(source, address=_within(source.address, days))
        return _FEED.fetch(asked, known, http, now, cancel)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        (answer,) = answers
        if answer.status in _WITH_BODY and _is_page(answer):
            raise _blocked(answer, now)
        known, newest = _read_cursor(cursor, now)
        result = _FEED.read(source, known, answers, now)
        papers = publishers(answer)
        dates = [post.published for post in result.posts if post.published is not None]
        latest = min(now, max((*dates, *([newest] if newest else [])), default=now))
        seen = int(latest.timestamp()) if dates or newest else None
        return dataclasses.replace(
            result,
            posts=tuple(_headline(post, papers.get(post.url, Author())) for post in result.posts),
            cursor=json.dumps({"v": 1, "feed": result.cursor, "newest": seen}),
            moved_to="",  # of one answer, not of the search
            title=_title(self.fields_of(source.address)) or result.title,
            hole=read_cursor(known).since is not None
            and len(result.posts) + result.skipped >= _MOST,
        )


KIND = GoogleNews()


def _address(path: str, query: str, edition: Edition) -> str:
    language, country, written = edition.language, edition.country, str(edition)
    spoken = _SPOKEN.get(written, language)
    shown = language if country in (language.upper(), *_UNTOLD) else written
    if language == "es" and country != "ES":
        spoken = shown = "es-419"
    asked = {"q": query, "hl": shown, "gl": country, "ceid": f"{country}:{spoken}"}
    return f"https://{_HOST}{path}?{urlencode(asked)}"


def _edition(asked: Mapping[str, list[str]]) -> str:
    country, _, spoken = asked.get("ceid", [""])[0].partition(":")
    language = spoken or asked.get("hl", ["en"])[0]
    return editions.written(language, country or asked.get("gl", ["US"])[0])


def _read_cursor(cursor: str, now: datetime) -> tuple[str, datetime | None]:
    """The feed's own cursor, and the date of the newest headline seen."""
    try:
        stored = json.loads(cursor)
    except (ValueError, RecursionError):
        return "", None
    return string(stored, "feed"), moment(stored, "newest", now=now)


def _within(address: str, days: int) -> str:
    parts = urlsplit(address)
    asked = [
        (key, f"{value} when:{days}d" if key == "q" else value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return parts._replace(query=urlencode(asked)).geturl()


def _title(fields: Mapping[str, str] | None) -> str:
    """Tells the editions of one search apart; "" for an address of another form."""
    return f"Google News {fields[editions.KEY]} · {fields[search_words.KEY]}" if fields else ""


def _headline(post: Post, paper: Author) -> Post:
    """Google joins headline and newspaper in the title, and repeats both in the description, there
    with headlines of others on the same story."""
    headline, _, last = post.title.rpartition(" - ")
    if paper.name and post.title.endswith(f" - {paper.name}"):
        headline = post.title.removesuffix(f" - {paper.name}")
    elif headline:
        paper = Author(name=last)
    headline = headline or post.title
    said = "" if headline and post.text.startswith(headline) else post.text
    return dataclasses.replace(post, title=headline, text=said, author=paper)


def _is_page(answer: HttpResponse) -> bool:
    return is_html(decode(answer.body[:20_000], answer.headers.get("content-type", "")))


def _blocked(answer: HttpResponse, now: datetime) -> SourceError:
    return SourceError(
        text("Google shows a page for people instead of the news: it asks for consent first."),
        text("Nothing already collected is lost."),
        text(
            "It is tried again in six hours. Bing News, or the feed of a Google Alert, "
            "brings the same news without this page."
        ),
        retry_at=now + _BLOCKED_PAUSE,
        status=answer.status,
    )
