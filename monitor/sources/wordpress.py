"""WordPress: the comments of a whole site, or below one post, by its public comment feed.

Page: https://wordpress.org/documentation/article/wordpress-feeds/. Limits: as many comments as the
site's owner chose, ten as a rule. Further pages are asked for, but most sites answer with the first
one again. Manners: as for every feed. Terms: the site's own; the comments belong to their authors.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.sources.api_answers import number, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed import FeedSource
from monitor.sources.feed_parse import parse_feed
from monitor.sources.posts import newest_first
from monitor.sources.wordpress_addresses import comment_feed, is_comment_feed, page_of_feed
from monitor.sources.wordpress_comments import comment_of, numbers, replies
from monitor.text import text

_MOST_PAGES = 10
_OK = 200

_INFO = SourceInfo(
    kind="wordpress",
    label=text("WordPress comments"),
    fields=(
        Field(
            "address",
            text("Address of the site or of one post"),
            example="https://blog.example/un-article/",
            hint=text("A site's address listens to all its comments, a post's to those below it."),
        ),
    ),
    capabilities=frozenset({Capability.FEED}),
    needs_account=False,
    min_interval=15 * 60,
    default_interval=30 * 60,
    unseen=text(
        "Comments that wait for approval or were removed; where more than ten come between two "
        "checks, often the oldest of them."
    ),
)

_FEED = FeedSource()


class WordPress:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return comment_feed(fields.get("address", ""))

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        with contextlib.suppress(BadInput):
            if is_comment_feed(address):
                return {"address": comment_feed(address)}
        return None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return page_of_feed(source.address)

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages until the last seen comment, or until one brings nothing new."""
        known, seen = _read_cursor(cursor)
        answers = list(_FEED.fetch(source, known, http, now, cancel))
        shown = fresh = _shown(answers[0])
        while seen and fresh and min(fresh) > seen and len(answers) < _MOST_PAGES:
            url = _page(source.address, len(answers) + 1)
            answers.append(http.get(url, cancel=cancel))
            fresh = _shown(answers[-1]) - shown
            shown = shown | fresh
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, seen = _read_cursor(cursor)
        result = _FEED.read(source, known, answers[:1], now)
        found = {post.native_id: post for post in _further(answers[1:], now)}
        found |= {post.native_id: post for post in result.posts}
        answered = {own: by for answer in answers for own, by in replies(answer).items()}
        comments = [comment_of(post, answered.get(post.native_id)) for post in found.values()]
        readable = tuple(post for post in comments if post.full_text)
        shown = {one for answer in answers for one in _shown(answer)}
        return dataclasses.replace(
            result,
            posts=newest_first(readable),
            cursor=json.dumps({"v": 1, "feed": result.cursor, "seen": max((*shown, seen))}),
            skipped=result.skipped + len(comments) - len(readable),
            hole=len(answers) > 1 and seen > 0 and min(shown, default=0) > seen,
        )


KIND = WordPress()


def _further(answers: Answers, now: datetime) -> list[Post]:
    found: list[Post] = []
    for answer in answers:
        kind = answer.headers.get("content-type", "")
        parsed = parse_feed(answer.body, kind, answer.url, now) if answer.status == _OK else None
        found += parsed.posts if parsed else ()
    return found


def _shown(answer: HttpResponse) -> set[int]:
    return numbers(answer.body) if answer.status == _OK else set()


def _page(address: str, page: int) -> str:
    parts = urlsplit(address)
    asked = [*parse_qsl(parts.query, keep_blank_values=True), ("paged", str(page))]
    return parts._replace(query=urlencode(asked)).geturl()


def _read_cursor(cursor: str) -> tuple[str, int]:
    """The feed's own cursor, and the number of the newest comment seen, 0 for none."""
    try:
        stored = json.loads(cursor)
    except (ValueError, RecursionError):
        return "", 0
    return string(stored, "feed"), max(0, number(stored, "seen") or 0)
