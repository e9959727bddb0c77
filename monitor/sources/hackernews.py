"""Hacker News: stories and comments that name a brand, by Algolia's search.

Page: https://hn.algolia.com/api (read without a key). Limits: 10,000 requests an hour and address; at
most 1,000 hits a query, so what is newer than the last hit seen is asked for, and two hours before it:
the index lags, and so long people may change what they wrote. Nobody can answer by a program: the browser opens the comment. Terms: show
"Search by Algolia"; texts belong to their authors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    JSON_ONLY,
    Json,
    entries,
    json_of,
    moment,
    number,
    objects,
    peek,
    string,
)
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.markup import html_to_text, title_to_text
from monitor.sources.posts import newest_first, usable_id
from monitor.text import text

_SEARCH = "https://hn.algolia.com/api/v1/search_by_date"
_ITEM = "https://news.ycombinator.com/item?id="
_HOSTS = ("hn.algolia.com", "news.ycombinator.com")
_PAGE = 100
_MOST_PAGES = 10  # the search shows no more than 1,000 hits
_REREAD = 2 * 3600  # seconds

_INFO = SourceInfo(
    kind="hackernews",
    label=text("Hacker News"),
    fields=(Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text("Deleted comments, and comments of the last minutes. Search by Algolia."),
)


class HackerNews:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        query = search_words.quoted(search_words.one_name(fields))
        asked = {"query": query, "tags": "(story,comment)", "typoTolerance": "false"}
        return f"{_SEARCH}?{urlencode(asked)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        if parts.hostname not in _HOSTS:
            return None
        asked = parse_qs(parts.query)
        words = (asked.get("query") or asked.get("q") or [""])[0].strip('" ')
        return {search_words.KEY: words} if words else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name},)

    def page_of(self, source: Source) -> str:
        fields = self.fields_of(source.address) or source.fields
        query = urlencode({"q": search_words.quoted(fields.get(search_words.KEY, ""))})
        return f"https://hn.algolia.com/?{query}&sort=byDate"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages until the hits seen last time: one page where nothing was ever read."""
        since = _since(cursor)
        answers = []
        for page in range(_MOST_PAGES if since else 1):
            asked: dict[str, Any] = {"hitsPerPage": _PAGE, "page": page}
            if since:
                asked["numericFilters"] = f"created_at_i>{since - _REREAD}"
            url = f"{source.address}&{urlencode(asked)}"
            answers.append(http.get(url, cancel=cancel, headers=JSON_ONLY))
            if entries(peek(answers[-1]), "hits") < _PAGE:
                break
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        hits: dict[str, Json] = {}
        total = 0
        for answer in answers:
            found = json_of(answer, now)
            total += entries(found, "hits")
            hits |= {string(hit, "objectID"): hit for hit in objects(found, "hits")}
        posts = [_post(hit, now) for number_, hit in hits.items() if number_]
        readable = tuple(post for post in posts if post.full_text)
        newest = max((number(hit, "created_at_i") or 0 for hit in hits.values()), default=0)
        since = max(_since(cursor), min(newest, int(now.timestamp())))
        return FetchResult(
            posts=newest_first(readable),
            cursor=json.dumps({"v": 1, "since": since}),
            skipped=total - len(readable),
            title=f"Hacker News · {(self.fields_of(source.address) or {}).get(search_words.KEY, '')}",
            hole=len(answers) == _MOST_PAGES and total >= _MOST_PAGES * _PAGE,
        )


KIND = HackerNews()


def _post(hit: Json, now: datetime) -> Post:
    item, author = usable_id(string(hit, "objectID")), title_to_text(string(hit, "author"))
    story = usable_id(string(hit, "story_id")) or item
    body = string(hit, "comment_text") or string(hit, "story_text")
    return Post(
        native_id=item,
        url=_ITEM + item,
        title=title_to_text(string(hit, "title")),
        text=html_to_text(body),
        author=Author(author, author, f"https://news.ycombinator.com/user?id={quote(author)}")
        if author
        else Author(),
        published=moment(hit, "created_at_i", now=now) or moment(hit, "created_at", now=now),
        language="en",
        thread_id=story,
        parent_id=usable_id(string(hit, "parent_id")),
        likes=number(hit, "points"),
        replies=number(hit, "num_comments"),
    )


def _since(cursor: str) -> int:
    try:
        return max(0, number(json.loads(cursor), "since") or 0)
    except (ValueError, RecursionError):
        return 0
