"""Discourse forums: posts that name a brand by the forum's search, or everything new on it.

Page: https://docs.discourse.org (every page of a public forum as JSON, without an account). Limits: 200
requests a minute for an address, searches about 8. Where strangers may not search, the newest posts
are read instead and matched here. Search: newest first, back to the newest seen post and one hour
further. Newest posts: back by their numbers to the last one seen. Terms: each forum's own rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import JSON_ONLY, entries, moment, number, objects, peek, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.discourse_answers import (
    checked,
    is_gone,
    old_topic,
    post_of,
    says,
    topics_of,
)
from monitor.sources.posts import newest_first, usable_id
from monitor.sources.server_address import host_of, server_of
from monitor.text import Text, text

_SEARCH = "/search.json"
_POSTS = "/posts.json"
_LATEST_FIRST = " order:latest"
_SEARCH_PAGE = 50
_WINDOW = 50  # numbers of posts that one page of the newest ones looks at
_MOST_PAGES = 10
_MOST_SEARCHES = 5  # more within a minute are refused
_LATE = timedelta(hours=1)
_CLOSED = (401, 403, 404)

_INFO = SourceInfo(
    kind="discourse",
    label=text("Discourse forum"),
    fields=(
        Field("server", text("Address of the forum"), example="https://forum.example.org"),
        Field(
            search_words.KEY,
            text("Name to look for"),
            example="Café Lumen",
            required=False,
            words=True,
            hint=text("Without a name everything new on the forum is read."),
        ),
    ),
    capabilities=frozenset({Capability.SEARCH, Capability.FEED}),
    needs_account=False,
    min_interval=10 * 60,
    default_interval=30 * 60,
    unseen=text(
        "What only members see, and of a long post found by search all but the lines around the name."
    ),
    network="discourse",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """`since`: the date of the newest hit. `last`: the number of the newest post on the forum."""

    since: datetime | None = None
    last: int = 0


class Discourse:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        server = server_of(fields.get("server", ""))
        if not fields.get(search_words.KEY, "").strip(" ,"):
            return server + _POSTS
        query = search_words.quoted(search_words.one_name(fields)) + _LATEST_FIRST
        return f"{server}{_SEARCH}?{urlencode({'q': query})}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        asked = parse_qs(parts.query)
        # "/search?q=" alone may be any site's: the forum's own search page says "expanded".
        ours = parts.path == _SEARCH or (parts.path == "/search" and "expanded" in asked)
        words = _words(asked.get("q", [""])[0])
        return {"server": host_of(address), search_words.KEY: words} if ours and words else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        parts = parts_of(source.address)
        query = parse_qs(parts.query).get("q", [""])[0]
        page = f"search?{urlencode({'q': query, 'expanded': 'true'})}" if query else "latest"
        return f"{parts.scheme}://{parts.netloc}/{page}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages of the search, or of the newest posts where nobody searches or may search."""
        known = _read_cursor(cursor)
        parts = parts_of(source.address)
        if parts.path == _POSTS:
            return tuple(_newest(source.address, known.last, http, cancel))
        answers: list[HttpResponse] = []
        for page in range(1, (_MOST_SEARCHES if known.since else 1) + 1):
            url = f"{source.address}&page={page}"
            answers.append(http.get(url, cancel=cancel, headers=JSON_ONLY))
            if not _goes_on(peek(answers[-1]), known.since and known.since - _LATE, now):
                break
        if answers[0].status in _CLOSED and parts.path == _SEARCH:
            posts = f"{parts.scheme}://{parts.netloc}{_POSTS}"
            answers += _newest(posts, known.last, http, cancel)
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known = _read_cursor(cursor)
        newest = [answer for answer in answers if parts_of(answer.url).path == _POSTS]
        searched = [answer for answer in answers if answer not in newest]
        if newest and newest[0].status in _CLOSED and searched:
            checked(searched[0], now)  # closed altogether: its first words tell why
        site = _site(source.address)
        pages = [checked(answer, now) for answer in newest or searched]
        found = _posts(pages, site, now)
        readable = [post for post in found if post.full_text]
        dates = [post.published for post in found if post.published and post.published <= now]
        since = max(dates if known.since is None else [known.since, *dates], default=None)
        highest = max((one for page in pages for one in _numbers(page)), default=0)
        last = max(known.last, highest) if newest else known.last
        return FetchResult(
            posts=newest_first(readable),
            cursor=_write_cursor(_Known(known.since if newest else since, last)),
            skipped=len(found) - len(readable),
            title=f"{host_of(source.address)} · {_words(_query(source))}".removesuffix(" · "),
            withdrawn=tuple(
                usable_id(string(one, "id"))
                for page in pages
                for one in objects(page, "latest_posts")
                if is_gone(one)
            ),
            hole=len(pages) >= (_MOST_PAGES if newest else _MOST_SEARCHES)
            and _is_short(pages[-1], known, bool(newest), now),
            note=_note(pages, bool(newest and searched)),
        )


KIND = Discourse()


def _newest(
    address: str, last: int, http: HttpClient, cancel: CancelToken
) -> Iterable[HttpResponse]:
    """The newest posts of the forum, and those before them down to the last one seen."""
    url = address
    before = 0
    for _ in range(_MOST_PAGES if last else 1):
        answer = http.get(url, cancel=cancel, headers=JSON_ONLY)
        yield answer
        found = peek(answer)
        ids = _numbers(found)
        if entries(found, "latest_posts") == 0 and not before:
            return
        # A page may be empty when all its posts are hidden: the next window lies below it.
        before = min(ids) - 1 if ids else before - _WINDOW
        if answer.status != 200 or before <= last:
            return
        url = f"{address}?before={before}"


def _posts(pages: Iterable[Any], site: str, now: datetime) -> list[Post]:
    """Each post once, as the first page that shows it has it."""
    found: dict[str, Post] = {}
    for page in pages:
        topics = topics_of(page)
        shown = [*objects(page, "posts"), *objects(page, "latest_posts")]
        places = {
            (string(one, "topic_id"), string(one, "post_number")): string(one, "id")
            for one in shown
        }
        for one in shown:
            if string(one, "id") and not is_gone(one):
                found.setdefault(string(one, "id"), post_of(one, topics, places, site, now))
        for group in objects(page):
            for one in objects(group, "results"):
                if group.get("type") == "topic" and string(one, "id"):
                    post = old_topic(one, site)
                    found.setdefault(post.native_id, post)
    return list(found.values())


def _goes_on(found: Any, since: datetime | None, now: datetime) -> bool:
    """True while a page of the search is full and has not reached back to `since`."""
    more = isinstance(found, dict) and isinstance(found.get("grouped_search_result"), dict)
    if since is None or not more or entries(found, "posts") < _SEARCH_PAGE:
        return False
    if not found["grouped_search_result"].get("more_full_page_results"):
        return False
    dates = [
        date for one in objects(found, "posts") if (date := moment(one, "created_at", now=now))
    ]
    return bool(dates) and min(dates) > since


def _is_short(page: Any, known: _Known, newest: bool, now: datetime) -> bool:
    if newest:
        ids = _numbers(page)
        return bool(known.last and ids) and min(ids) > known.last + 1
    return _goes_on(page, known.since, now)


def _note(pages: Iterable[Any], search_is_closed: bool) -> Text | None:
    if search_is_closed:
        return text(
            "This forum lets nobody search without an account: its newest posts are read instead."
        )
    words = next((said for page in pages if (said := says(page))), "")
    return text("The forum says: “{words}”.", words=words) if words else None


def _numbers(page: Any) -> list[int]:
    return [id_ for one in objects(page, "latest_posts") if (id_ := number(one, "id"))]


def _site(address: str) -> str:
    parts = parts_of(address)
    return f"{parts.scheme}://{parts.netloc}"


def _query(source: Source) -> str:
    return parse_qs(parts_of(source.address).query).get("q", [""])[0]


def _words(query: str) -> str:
    return query.replace(_LATEST_FIRST.strip(), "").strip(' "')


def _read_cursor(stored: str) -> _Known:
    try:
        values = json.loads(stored)
        since = string(values, "since")
        moment_ = datetime.fromisoformat(since) if since else None
        last = number(values, "last") or 0
    except (ValueError, RecursionError):
        return _Known()
    return _Known(moment_ if moment_ and moment_.tzinfo else None, max(0, last))


def _write_cursor(known: _Known) -> str:
    since = known.since.isoformat() if known.since else ""
    return json.dumps({"v": 1, "since": since, "last": known.last})
