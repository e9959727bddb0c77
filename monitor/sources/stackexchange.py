"""Stack Exchange: questions and answers that name a brand, on Stack Overflow or a sister site.

Page: https://api.stackexchange.com/docs (2.3, read without a key: 300 requests a day and address, for
all sites together). `backoff` is obeyed; the same question is never put twice in a minute. The search
tells which posts name the brand, a second request brings them whole with their authors. What is newer
than the newest seen post is asked for, and two days further, so edits are seen. Nobody answers by a
program: the sites forbid it in spirit, the browser opens the post. Terms: CC BY-SA, name the author.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import JSON_ONLY, Json, number, objects, peek, string
from monitor.sources.base import Answers, Capability, FetchResult, Field, Share, SourceInfo, Wanted
from monitor.sources.posts import newest_first
from monitor.sources.stackexchange_answers import (
    after_backoff,
    checked,
    id_of,
    next_day,
    post_of,
)
from monitor.sources.stackexchange_sites import host_of, site_at, site_of
from monitor.text import text

_API = "https://api.stackexchange.com/2.3"
_DEFAULT_SITE = "stackoverflow"
_PAGE = 100
_MOST_PAGES = 10
_REREAD = 2 * 86_400  # seconds
_EXCERPTS = "/search/excerpts"
_LANGUAGES = {"es": "es.stackoverflow", "pt": "pt.stackoverflow", "ja": "ja.stackoverflow"}

_INFO = SourceInfo(
    kind="stackexchange",
    label=text("Stack Exchange: Stack Overflow and its sister sites"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
        Field(
            "site",
            text("Site"),
            example="superuser",
            required=False,
            default=_DEFAULT_SITE,
            hint=text("The first part of its address, for instance superuser or cooking."),
        ),
    ),
    capabilities=frozenset({Capability.SEARCH}),
    needs_account=False,
    min_interval=30 * 60,
    default_interval=60 * 60,
    unseen=text("Comments below questions and answers, and deleted posts."),
    spacing={"api.stackexchange.com": 2.0},
    shares={"api.stackexchange.com": Share(300, 86_400)},
)


class StackExchange:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        query = search_words.quoted(search_words.one_name(fields))
        site = site_of(fields.get("site", "").strip() or _DEFAULT_SITE)
        asked = {"q": query, "site": site, "sort": "creation", "order": "desc", "pagesize": _PAGE}
        return f"{_API}{_EXCERPTS}?{urlencode(asked)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts = parts_of(address)
        asked = parse_qs(parts.query)
        words = asked.get("q", [""])[0].strip('" ')
        if parts.hostname == "api.stackexchange.com":
            site = asked.get("site", [""])[0]
        else:
            site = site_at(parts.hostname or "") if parts.path == "/search" else ""
        usable = words and '"' not in words and "," not in words
        return {search_words.KEY: words, "site": site} if site and usable else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        sites = [
            _DEFAULT_SITE,
            *(_LANGUAGES[code] for code in wanted.languages if code in _LANGUAGES),
        ]
        return tuple({search_words.KEY: wanted.name, "site": site} for site in sites)

    def page_of(self, source: Source) -> str:
        query = urlencode({"q": search_words.quoted(_asked(source, "q")), "tab": "newest"})
        return f"https://{host_of(_asked(source, 'site'))}/search?{query}"

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages of the search back to the newest seen post, after each the posts it names."""
        since = _since(cursor)
        newer = f"&fromdate={max(1, since - _REREAD)}" if since else ""
        answers: list[HttpResponse] = []
        for page in range(1, (_MOST_PAGES if since else 1) + 1):
            url = f"{source.address}{newer}&page={page}"
            answers.append(http.get(url, cancel=cancel, headers=JSON_ONLY))
            found = peek(answers[-1])
            if posts := _posts_address(source.address, map(id_of, objects(found, "items"))):
                answers.append(http.get(posts, cancel=cancel, headers=JSON_ONLY))
            if not _has_more(found) or number(found, "backoff"):
                break
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        first, *others = answers  # by its place: where a redirect led it says nothing
        named = [checked(answer, now) for answer in others if _is_posts(answer)]
        searches = [checked(answer, now) for answer in others if not _is_posts(answer)]
        searches = [checked(first, now), *searches]
        hits = {id_of(hit): hit for page in searches for hit in objects(page, "items")}
        hits.pop("", None)
        whole = {string(one, "post_id"): one for page in named for one in objects(page, "items")}
        # The search still knows what the site has deleted.
        gone = tuple(id_ for id_ in hits if named and id_ not in whole)
        host = host_of(_asked(source, "site"))
        posts = [
            post_of(hit, whole.get(id_, {}), host, now)
            for id_, hit in hits.items()
            if id_ not in gone
        ]
        readable = [post for post in posts if post.full_text]
        before = _since(cursor)
        short = bool(before) and _has_more(searches[-1])
        since = _newest(hits.values(), before, now)
        if short and len(searches) < _MOST_PAGES:
            since = before  # it was asked to pause: the next check asks for the same again
        left = number(searches[-1], "quota_remaining")
        return FetchResult(
            posts=newest_first(readable),
            cursor=json.dumps({"v": 1, "since": since}),
            wait_until=next_day(now) if left == 0 else after_backoff([*searches, *named], now),
            skipped=len(posts) - len(readable),
            title=f"{host} · {_asked(source, 'q')}",
            language=_language(_asked(source, "site")),
            withdrawn=gone,
            hole=short and len(searches) == _MOST_PAGES,
            note=text(
                "Today’s share of requests to Stack Exchange is used up. It goes on tomorrow."
            )
            if left == 0
            else None,
        )


KIND = StackExchange()


def _newest(hits: Iterable[Json], before: int, now: datetime) -> int:
    newest = max((number(hit, "creation_date") or 0 for hit in hits), default=0)
    return max(before, min(newest, int(now.timestamp())))


def _has_more(found: Any) -> bool:
    return isinstance(found, dict) and found.get("has_more") is True


def _posts_address(address: str, ids: Iterable[str]) -> str:
    """Where the posts a search named are shown whole; "" where nothing else than the search is asked."""
    named = ";".join(id_ for id_ in ids if id_.isascii() and id_.isdigit())
    base, found, query = address.partition(f"{_EXCERPTS}?")
    if not named or not found:
        return ""
    asked = {"site": parse_qs(query).get("site", [""])[0], "filter": "withbody", "pagesize": _PAGE}
    return f"{base}/posts/{named}?{urlencode(asked)}"


def _is_posts(answer: HttpResponse) -> bool:
    return "/posts/" in parts_of(answer.url).path


def _asked(source: Source, key: str) -> str:
    return parse_qs(parts_of(source.address).query).get(key, [""])[0].strip('"')


def _language(site: str) -> str:
    """Sites in other languages than English begin with its code."""
    code, dot, _ = site.partition(".")
    return code if dot and len(code) == 2 else "en" if site == _DEFAULT_SITE else ""


def _since(cursor: str) -> int:
    try:
        return max(0, number(json.loads(cursor), "since") or 0)
    except (ValueError, RecursionError):
        return 0
