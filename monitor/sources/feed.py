"""Feeds: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed 1.1, at any address.

Formats: https://www.rssboard.org/rss-specification, RFC 4287, https://jsonfeed.org/version/1.1.
Limits: a feed shows its newest entries only, and what leaves it is not deleted. Manners: conditional
GET, Retry-After, ttl and max-age are kept; 5 minutes at least between two checks of one feed.
Terms: feeds are published to be read by programs; the author's rights in the texts remain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import feed_errors, reddit_login
from monitor.sources.addresses import typed_addresses
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.feed_cursor import Cursor, conditions, moved, read_cursor, write_cursor
from monitor.sources.feed_parse import ParsedFeed, parse_feed
from monitor.sources.feed_timing import next_allowed
from monitor.text import text

_INFO = SourceInfo(
    kind="feed",
    label=text("Feed (RSS, Atom, JSON Feed)"),
    fields=(Field("address", text("Address of the feed"), example="https://example.org/feed"),),
    capabilities=frozenset({Capability.FEED}),
    needs_account=False,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text("What the site leaves out of its feed: often comments and replies."),
)

_WITH_BODY = (200, 203, 226)
_NOT_MODIFIED = 304


class FeedSource:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return typed_addresses(fields.get("address", ""))[0]

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        return None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return source.address

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """One conditional GET. `cursor` holds validators, body hash and a move under observation."""
        headers = conditions(read_cursor(cursor), now)
        if reddit_login.is_personal(source.address):
            asked = reddit_login.asked(source.address)
            answer = http.get(asked, cancel=cancel, headers=headers)
            return (reddit_login.without_question(answer),)
        return (http.get(source.address, cancel=cancel, headers=headers),)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        """Its posts, or nothing when neither the server nor the body says that anything changed."""
        known = read_cursor(cursor)
        (answer,) = answers
        if answer.status == _NOT_MODIFIED and known.has_validators:
            return _unchanged(source, known, answer, now)
        if answer.status not in _WITH_BODY:
            raise feed_errors.refused(answer, now)
        digest = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
        if digest == known.body_hash:
            return _unchanged(source, known.renewed(answer, now), answer, now)
        parsed = parse_feed(answer.body, answer.headers.get("content-type", ""), answer.url, now)
        if parsed is None:
            raise feed_errors.no_feed(answer)
        if parsed.ended:
            raise feed_errors.ended()
        return _changed(source, known, answer, parsed, digest, now)


KIND = FeedSource()


def _changed(
    source: Source,
    known: Cursor,
    answer: HttpResponse,
    parsed: ParsedFeed,
    digest: str,
    now: datetime,
) -> FetchResult:
    moving, moved_to = moved(known.moving, source.address, answer.permanent_url, now)
    cursor = known.renewed(answer, now).with_body(
        digest, parsed.ttl, parsed.skip_hours, parsed.skip_days
    )
    return FetchResult(
        posts=parsed.posts,
        cursor=write_cursor(cursor.with_move(moving)),
        wait_until=next_allowed(answer.headers, cursor, now),
        skipped=parsed.skipped,
        moved_to=moved_to,
        title=parsed.title,
        language=parsed.language,
    )


def _unchanged(source: Source, known: Cursor, answer: HttpResponse, now: datetime) -> FetchResult:
    moving, moved_to = moved(known.moving, source.address, answer.permanent_url, now)
    cursor = known.confirmed(answer).with_move(moving)
    return FetchResult(
        posts=(),
        cursor=write_cursor(cursor),
        not_modified=True,
        wait_until=next_allowed(answer.headers, cursor, now),
        moved_to=moved_to,
    )
