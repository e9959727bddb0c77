"""Lemmy: posts and comments that name a brand, by the search of one server.

Pages: https://lemmy.readme.io (v3, read without an account), https://join-lemmy.org/docs (v4 of the
1.0 servers, asked where v3 is gone). Limits: each server's own, mostly 60 searches in ten minutes. A
server finds what it has federated. Newest first, read back to the newest seen hit and two hours
further, because posts arrive late from other servers. Terms: each server's own rules.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    JSON_ONLY,
    entries,
    json_of,
    objects,
    peek,
    refused,
    string,
    unexpected,
)
from monitor.sources.base import Answers, Capability, FetchResult, Field, Share, SourceInfo, Wanted
from monitor.sources.lemmy_post import View, identity, is_gone, post_of, thing, when
from monitor.sources.posts import newest_first
from monitor.sources.server_address import host_of, server_of
from monitor.text import text

_DEFAULT_SERVER = "lemmy.world"
_PAGE = 50
_MOST_PAGES = 10
_LATE = timedelta(hours=2)
_LISTS = ("posts", "comments", "search", "results")  # "search" holds both, in v4
_LONGEST_MARK = 1000
_GONE = (404, 410)  # what a server without v3 answers to it
_LIMITED = b"rate_limit_error"  # old servers say it with 400

_ASKED = re.compile(r"^(https?://[^/?#]+)/api/v[34]/search\?")
_LIKELY_HOST = re.compile(r"lemmy|^feddit\.|^jlai\.lu$|^sh\.itjust\.works$|^beehaw\.org$")

_INFO = SourceInfo(
    kind="lemmy",
    label=text("Lemmy: search"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
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
    unseen=text("Communities this server does not receive, private messages, and who voted."),
    spacing={_DEFAULT_SERVER: 10.0},
    shares={_DEFAULT_SERVER: Share(60, 600)},
    network="lemmy",
)


class Lemmy:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        # Without quotation marks: the search would look for them too.
        asked = {"q": search_words.one_name(fields), "type_": "All", "sort": "New"}
        server = server_of(fields.get("server", "").strip() or _DEFAULT_SERVER)
        more = urlencode({"listing_type": "All", "limit": _PAGE})
        return f"{server}/api/v3/search?{urlencode(asked)}&{more}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        parts, host = parts_of(address), host_of(address)
        ours = parts.path.rstrip("/") == "/search" and _LIKELY_HOST.search(host)
        if not ours and not _ASKED.match(address):
            return None
        asked = parse_qs(parts.query)
        words = (asked.get("q") or asked.get("search_term") or [""])[0].strip('" ')
        return {search_words.KEY: words, "server": host} if words else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name, "server": _DEFAULT_SERVER},)

    def page_of(self, source: Source) -> str:
        found = _ASKED.match(source.address)
        query = urlencode({"q": _words(source), "type": "All", "sort": "New", "listingType": "All"})
        return f"{found[1]}/search?{query}" if found else ""

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Pages until the hits seen last time: one page where nothing was ever read."""
        since = _since(cursor)
        address, url = source.address, f"{source.address}&page=1"
        answers: list[HttpResponse] = []
        for page in range(2, (_MOST_PAGES if since else 1) + 2):
            answers.append(http.get(url, cancel=cancel, headers=JSON_ONLY))
            newer = _as_v4(address)
            if len(answers) == 1 and answers[0].status in _GONE and newer:
                address = newer
                answers = [http.get(address, cancel=cancel, headers=JSON_ONLY)]
            found = peek(answers[-1])
            if not _goes_on(found, since and since - _LATE, now):
                break
            after = string(found, "next_page")
            if not after.isascii() or len(after) > _LONGEST_MARK:
                break
            url = (
                f"{address}&{urlencode({'page_cursor': after})}"
                if after
                else f"{address}&page={page}"
            )
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known: dict[str, View] = {}
        nameless = 0
        for answer in answers:
            found = _json_of(answer, now)
            if not any(isinstance(found.get(key), list) for key in _LISTS):
                raise unexpected(answer)
            for view in _views(found):
                name = identity(view)
                nameless += not name
                if name:
                    known.setdefault(name, view)
        comments = {
            string(view, "comment", "id"): name for name, view in known.items() if "comment" in view
        }
        posts = [
            post_of(view, host_of(source.address), comments, now)
            for view in known.values()
            if not is_gone(view)
        ]
        before = _since(cursor)
        dates = [date for view in known.values() if (date := when(view, now)) and date <= now]
        since = max(dates if before is None else [before, *dates], default=None)
        readable = [post for post in posts if post.full_text]
        return FetchResult(
            posts=newest_first(readable),
            cursor=json.dumps({"v": 1, "since": since.isoformat() if since else ""}),
            skipped=nameless + len(posts) - len(readable),
            title=f"Lemmy · {_words(source)} · {host_of(source.address)}",
            withdrawn=tuple(name for name, view in known.items() if is_gone(view)),
            hole=len(answers) == _MOST_PAGES and _goes_on(peek(answers[-1]), before, now),
        )


KIND = Lemmy()


def _views(found: Any) -> Iterator[View]:
    """The posts and comments of an answer of either version."""
    for key in _LISTS:
        for view in objects(found, key):
            if thing(view):
                yield view


def _goes_on(found: Any, since: datetime | None, now: datetime) -> bool:
    """True while a list of this page is full and has not reached back to `since`."""
    if since is None:
        return False
    for key in _LISTS:
        if entries(found, key) < _PAGE and not string(found, "next_page"):
            continue
        dates = [date for view in objects(found, key) if (date := when(view, now))]
        if dates and min(dates) > since:
            return True
    return False


def _json_of(answer: HttpResponse, now: datetime) -> Any:
    if answer.status == 400 and _LIMITED in answer.body:
        raise refused(dataclasses.replace(answer, status=429), now)
    found = json_of(answer, now)
    if not isinstance(found, dict):
        raise unexpected(answer)
    return found


def _as_v4(address: str) -> str:
    """The same question in the interface of 1.0; "" where it was no question of v3."""
    parts = urlsplit(address)
    if parts.path != "/api/v3/search":
        return ""
    words = parse_qs(parts.query).get("q", [""])[0]
    asked = {"search_term": words, "type_": "all", "sort": "new", "listing_type": "all"}
    return f"{parts.scheme}://{parts.netloc}/api/v4/search?{urlencode(asked)}&limit={_PAGE}"


def _words(source: Source) -> str:
    return parse_qs(parts_of(source.address).query).get("q", [""])[0]


def _since(cursor: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(string(json.loads(cursor), "since"))
    except (ValueError, RecursionError):
        return None
    return found if found.tzinfo else None
