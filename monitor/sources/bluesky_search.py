"""Bluesky: posts that name a brand, by the search of the whole network, asked with the account.

Page: https://docs.bsky.app/docs/api/app-bsky-feed-search-posts, through the account's own server (strangers
are refused). Limits: 3,000 requests in five minutes for an address; the network asks for few words,
seldom. What is newer than the last post seen is asked for, ten minutes overlapping because the index
lags; older pages by their cursor. Nobody can change a post; deleted ones are found by asking for the
seen ones again. Followers are in the authors' profiles. Terms: deletions must be honoured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import entries, objects, peek, refused, string, unexpected
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    Field,
    SourceInfo,
    Wanted,
)
from monitor.sources.bluesky_account import SERVICE, Pairs, asking, method_of, told
from monitor.sources.bluesky_pages import (
    MOST_PAGES,
    OVERLAP,
    PAGE,
    after,
    ask_again,
    followers_in,
    goes_on,
    looked_at,
    pages,
    read_cursor,
    write_cursor,
)
from monitor.sources.bluesky_post import post_of
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.text import text

_METHOD = "app.bsky.feed.searchPosts"
_LIST = "posts"
_ASKED = re.compile(rf"^{re.escape(SERVICE + _METHOD)}\?[^#]*#(.+)$")

_INFO = SourceInfo(
    kind="bluesky-search",
    label=text("Bluesky: search"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
        ACCOUNT_FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH, Capability.REPLY}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Posts in which the name is only in a picture, people who block the account, and private messages."
    ),
    network="bluesky",
)


class BlueskySearch:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        words = search_words.quoted(search_words.one_name(fields))
        label = account_of(fields)
        return f"{SERVICE}{_METHOD}?{urlencode({'q': words, 'sort': 'latest'})}#{label}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts, words = parts_of(address), _words(address)
        if found := _ASKED.match(address):
            return {search_words.KEY: words, ACCOUNT: found[1]} if words else None
        if (parts.hostname, parts.path.rstrip("/")) == ("bsky.app", "/search") and words:
            return {search_words.KEY: words}
        return None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name},)

    def page_of(self, source: Source) -> str:
        query = urlencode({"q": search_words.quoted(_words(source.address))})
        return f"https://bsky.app/search?{query}"

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Pages back to what was read; the seen posts again; the authors."""
        known, ask = read_cursor(cursor), asking(access.login, http, cancel)
        asked = [("q", search_words.quoted(_words(source.address))), ("sort", "latest")]
        asked.append(("limit", str(PAGE)))
        if known.since:
            since = (known.since - OVERLAP).astimezone(UTC).isoformat(timespec="milliseconds")
            asked.append(("since", since.replace("+00:00", "Z")))

        def page(mark: str) -> HttpResponse:
            more: Pairs = [("cursor", mark)] if mark else []
            return ask(_METHOD, [*asked, *more])

        answers = pages(page, _LIST, known, now)
        hits = [hit for answer in answers for hit in objects(peek(answer), _LIST)]
        met = {string(hit, "uri") for hit in hits}
        if peek(answers[0]) is not None:
            authors = (string(hit, "author", "did") for hit in hits)
            answers += ask_again(ask, (), known, authors, met)
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known = read_cursor(cursor)
        first, *others = answers
        found = told(first, now)
        if not isinstance(found, dict) or _LIST not in found:
            raise unexpected(first)
        shown = [first, *(answer for answer in others if method_of(answer) == _METHOD)]
        hits = {
            string(hit, "uri"): hit
            for answer in shown
            for hit in objects(peek(answer), _LIST)
            if string(hit, "uri")
        }
        there, lost = looked_at(others)
        followers = followers_in(others)
        posts = [post_of(view, followers, now) for view in {**there, **hits}.values()]
        refusal = next((answer for answer in shown if peek(answer) is None), None)
        dates = [post.published for post in posts if post.published]
        newest = max((*dates, known.since) if known.since else dates, default=None)
        kept, gone = after(known, known.since if refusal else newest, hits, there, lost)
        more = len(shown) >= MOST_PAGES and goes_on(shown[-1], _LIST, known, now)
        burst = bool(cursor) and not known.since and entries(found, _LIST) >= PAGE
        total = sum(entries(peek(answer), _LIST) for answer in shown)
        return FetchResult(
            posts=newest_first([post for post in posts if post.full_text]),
            cursor=write_cursor(kept),
            wait_until=refused(refusal, now).retry_at
            if refusal
            else used_up_until(answers[-1].headers, now),
            skipped=max(0, total - len(hits)) + sum(not post.full_text for post in posts),
            title=f"“{_words(source.address)}” · {account_in(source.address)}",
            withdrawn=gone,
            hole=more or burst,
        )


KIND = BlueskySearch()


def _words(address: str) -> str:
    return parse_qs(parts_of(address).query).get("q", [""])[0].strip('" ')
