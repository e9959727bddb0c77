"""Mastodon and its kin: the public posts with a hashtag, as one server has received them.

Page: https://docs.joinmastodon.org/methods/timelines/#tag (read without an account). Limits: 300
requests in five minutes for an address, paging ones 300 in fifteen. No server has everything: each
knows what its own people follow. The newest page is read each time, so edits and deletions of its
posts are seen; from the last seen post on, pages are walked forward, so no hole can arise. A server
that closes hashtags to strangers is read by the tag's RSS. Terms: each server's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote, unquote, urlsplit

from monitor.errors import Action, BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import mastodon_feed
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    JSON_ONLY,
    Json,
    json_of,
    objects,
    peek,
    refused,
    string,
    unexpected,
)
from monitor.sources.base import Answers, Capability, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.mastodon_pages import (
    PAGE,
    Known,
    ids,
    missing,
    order,
    reached,
    read_cursor,
    write_cursor,
)
from monitor.sources.mastodon_post import identity, post_of, unwrapped
from monitor.sources.mastodon_walk import walk
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.server_address import host_of, server_of
from monitor.text import text

_DEFAULT_SERVER = "mastodon.social"
_MOST_CHECKS = 5  # posts missing from the newest page that are asked for one by one
_CLOSED = (401, 403, 422)
_CLOSED_FOR = timedelta(hours=24)  # then it is looked whether the server has opened again
_LONGEST_TAG = 100

_TIMELINE = re.compile(r"^(https?://[^/?#]+)/api/v1/timelines/tag/([^/?#]+)")
_STATUS = re.compile(r"/api/v1/statuses/([^/?#]+)$")
_TAG_PAGE = re.compile(r"^/tags/([^/]+?)(?:\.rss)?/?$")
# Blogs have "/tags/…" too: only hosts named like servers of this network are taken for one.
_LIKELY_HOST = re.compile(r"^(?:mastodon|mstdn|masto|toot|social)\.|\.social$|^mas\.to$|mastodon")

_INFO = SourceInfo(
    kind="mastodon-tag",
    label=text("Mastodon: hashtag"),
    fields=(
        Field("tag", text("Hashtag"), example="#CafeLumen"),
        Field(
            "server",
            text("Server"),
            example=_DEFAULT_SERVER,
            required=False,
            default=_DEFAULT_SERVER,
            hint=text("A large server has received more posts than a small one."),
        ),
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Posts without the hashtag, posts for followers only, and what this server has not received."
    ),
    network="mastodon",
)


class MastodonTag:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        tag = _tag(fields.get("tag", ""))
        if not any(letter.isalpha() for letter in tag) or len(tag) > _LONGEST_TAG:
            raise BadInput(
                text("That is not a hashtag."),
                text("Nothing was added."),
                text("Write one word of letters and digits, for instance #CafeLumen."),
            )
        server = server_of(fields.get("server", "").strip() or _DEFAULT_SERVER)
        return f"{server}/api/v1/timelines/tag/{quote(tag)}?limit={PAGE}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        host = host_of(address)
        if found := _TIMELINE.match(address):
            return {"tag": unquote(found[2]), "server": host}
        if (found := _TAG_PAGE.match(parts.path)) and _LIKELY_HOST.search(host):
            return {"tag": unquote(found[1]), "server": host}
        return None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        tag = _tag(wanted.name)
        return ({"tag": tag, "server": _DEFAULT_SERVER},) if tag else ()

    def page_of(self, source: Source) -> str:
        found = _TIMELINE.match(source.address)
        return f"{found[1]}/tags/{found[2]}" if found else ""

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """The newest page; what lies between it and the last seen post; posts that are missing; the
        tag's feed where the server shows nothing."""
        known = read_cursor(cursor)
        feed = _feed_address(source.address)
        if feed and known.closed and timedelta() <= now - known.closed < _CLOSED_FOR:
            return (http.get(feed, cancel=cancel),)
        newest = http.get(source.address, cancel=cancel, headers=JSON_ONLY)
        if feed and (newest.status in _CLOSED or peek(newest) == []):
            return newest, http.get(feed, cancel=cancel)
        page = ids(peek(newest))
        answers = [newest]

        def ask(url: str) -> HttpResponse:
            return http.get(url, cancel=cancel, headers=JSON_ONLY)

        if known.last and page and order(page[-1]) > order(known.last):
            answers += walk(source.address, known.last, page[-1], ask)
        if found := _TIMELINE.match(source.address):
            for id_ in missing(known, page)[:_MOST_CHECKS]:
                address = f"{found[1]}/api/v1/statuses/{quote(id_, safe='')}"
                answers.append(ask(address))
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known = read_cursor(cursor)
        title = _title(source)
        *before, last = answers
        if _is_feed(last):
            first = before[0] if before else None
            if first is None or first.status in _CLOSED or last.status == 200:
                return _from_feed(first, last, known, title, now)
        newest, *others = answers  # by its place: where a redirect led it says nothing
        checks = [answer for answer in others if _check_id(answer)]
        pages = [answer for answer in others if not _check_id(answer) and not _is_feed(answer)]
        pages = [newest, *pages]
        result = _from_pages(host_of(source.address), known, pages, checks, title, now)
        # Nobody had written the word until now, and then more did than the newest page holds.
        burst = bool(cursor) and not known.last and len(ids(peek(pages[0]))) >= PAGE
        return replace(result, hole=burst)


KIND = MastodonTag()


def _from_pages(
    host: str,
    known: Known,
    pages: Sequence[HttpResponse],
    checks: Sequence[HttpResponse],
    title: str,
    now: datetime,
) -> FetchResult:
    found: dict[str, Json] = {}
    names: dict[str, str] = {}
    unread = 0
    for answer in pages:
        statuses = json_of(answer, now)
        if not isinstance(statuses, list):
            raise unexpected(answer)
        readable = [one for one in map(unwrapped, objects(statuses)) if string(one, "id")]
        unread += len(statuses) - len(readable)
        for status in readable:
            name = names[string(status, "id")] = identity(status, host)
            edited = string(status, "edited_at")
            if name not in found or edited > string(found[name], "edited_at"):
                found[name] = status
    posts = [post_of(status, host, names, now) for status in found.values()]
    newest, *walked = (ids(peek(answer)) for answer in pages)
    asked = {_check_id(answer): answer.status for answer in checks}
    gone = (known.seen.get(id_, "") for id_, status in asked.items() if status in (404, 410))
    seen = {id_: names.get(id_, "") for id_ in newest}
    late = {id_: known.seen[id_] for id_ in missing(known, newest) if id_ not in asked}
    return FetchResult(
        posts=newest_first([post for post in posts if post.full_text]),
        cursor=write_cursor(Known(reached(known, newest, walked), seen | late)),
        wait_until=used_up_until(pages[-1].headers, now),
        skipped=unread + sum(not post.full_text for post in posts),
        title=title,
        withdrawn=tuple(name for name in gone if name),
    )


def _from_feed(
    refusal: HttpResponse | None,
    feed: HttpResponse,
    known: Known,
    title: str,
    now: datetime,
) -> FetchResult:
    """What the tag's feed shows where the server is closed to strangers."""
    parsed = mastodon_feed.read(feed, now)
    if refusal is None and (parsed is None or feed.status != 200):
        raise unexpected(feed) if feed.status == 200 else refused(feed, now)
    if refusal is not None and refusal.status == 403 and feed.status != 200:
        raise refused(refusal, now)  # a wall before the whole server rather than a closed door
    if parsed is None or feed.status != 200:
        raise SourceError(
            text("This server shows hashtags to its members only."),
            text("Nothing already collected is lost."),
            text("Take another server, for instance mastodon.social."),
            action=Action.PAUSE,
            status=refusal.status if refusal else 0,
        )
    closed = known.closed if refusal is None else now
    if refusal is not None and refusal.status == 200 and not parsed.posts:
        closed = None  # nobody has written it yet
    return FetchResult(
        posts=parsed.posts,
        cursor=write_cursor(Known(known.last, known.seen, closed)),
        skipped=parsed.skipped,
        title=title,
        note=text(
            "This server shows hashtags to its members only: its newest 20 posts are read from the feed, without counts."
        )
        if closed
        else None,
    )


# -- small things -----------------------------------------------------------------------------
def _tag(typed: str) -> str:
    """As the network compares them: without the #, without what no hashtag holds, in small letters."""
    return "".join(letter for letter in typed if letter.isalnum() or letter == "_").lower()


def _title(source: Source) -> str:
    found = _TIMELINE.match(source.address)
    return f"#{unquote(found[2])} · {host_of(source.address)}" if found else ""


def _feed_address(address: str) -> str:
    found = _TIMELINE.match(address)
    return f"{found[1]}/tags/{found[2]}.rss" if found else ""


def _is_feed(answer: HttpResponse) -> bool:
    return urlsplit(answer.url).path.endswith(".rss")


def _check_id(answer: HttpResponse) -> str:
    found = _STATUS.search(urlsplit(answer.url).path)
    return unquote(found[1]) if found else ""
