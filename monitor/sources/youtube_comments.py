"""YouTube: all comments on the person's own channel, with their replies, read with its login.

Page: developers.google.com/youtube/v3/docs/commentThreads/list. Limits: 10,000 units a day for the
person's Google Cloud project; every request here costs one, at most MOST_REQUESTS a check: 1,920 a day at
the shortest interval; a reply that is sent costs 50. Threads come newest first and do not move when
somebody answers: so the newest page is read each time, and 50 older threads in turn, which shows edits,
deletions and new replies of the newest WATCHED. Terms: what is stored is looked at again or deleted in
30 days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.networks.youtube import BASE, SCOPE
from monitor.sources.addressed import addressed
from monitor.sources.api_answers import Json, number, objects, peek, string, unexpected
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    Share,
    SourceInfo,
    Wanted,
)
from monitor.sources.google_reading import get, next_looks, object_of, stored
from monitor.sources.posts import newest_first, usable_id
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.sources.youtube_comment import post_of
from monitor.text import text

MOST_REQUESTS = 20
WATCHED = 500
"""Threads that are looked at again in turn, the newest ones."""

_ADDRESS = f"{BASE}/commentThreads"
_PAGE = 100
_LOOKS = 50
_MOST_PAGES = 10

_INFO = SourceInfo(
    kind="youtube-comments",
    label=text("YouTube: comments on your channel"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=15 * 60,
    default_interval=30 * 60,
    unseen=text(
        "Comments held for review or taken for spam, live chats, videos of other channels, and that "
        "somebody deleted a single reply. A new reply below an older thread may be seen hours late."
    ),
    shares={"www.googleapis.com": Share(5_000, 24 * 60 * 60)},
    network="youtube",
    own_place=True,
)


class YouTubeComments:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        return f"{_ADDRESS}#{account_of(fields)}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        label = account_in(address)
        ours = address.partition("#")[0] == _ADDRESS
        return {ACCOUNT: label} if ours and label else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return "https://studio.youtube.com/"

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The newest threads to one that is known, some older ones, and the replies that are new."""
        known, last = _known(cursor)
        reading = _Reading(access, http, cancel)
        reading.newest(access.login.secret["channel"], known)
        if known:
            present = {string(thread, "id") for thread in _threads(reading.answers)}
            reading.look(next_looks(list(known), last, present, _LOOKS))
            reading.replies(known)
        return tuple(reading.answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, last = _known(cursor)
        first, *rest = [one for one in answers if "allThreadsRelatedToChannelId" in _asked(one)]
        if not isinstance(object_of(first, now).get("items"), list):
            raise unexpected(first)
        for answer in rest:
            if answer.status != 400:  # a mark of a page that YouTube no longer takes
                object_of(answer, now)
        own = _asked(first)["allThreadsRelatedToChannelId"]
        label = account_in(source.address)
        threads = {string(thread, "id"): thread for thread in _threads(answers)}
        threads.pop("", None)
        below = _replies(answers)
        posts = [
            post
            for id_, thread in threads.items()
            for post in addressed(
                (
                    post_of(one, thread, own, label, now)
                    for one in _comments(thread, below.get(id_, {}))
                ),
                label,
            )
        ]
        readable = {post.native_id: post for post in posts if post.native_id and post.full_text}
        looked, gone = _looked(answers)
        pages = [first, *rest]
        return FetchResult(
            posts=newest_first(tuple(readable.values())),
            cursor=_cursor(known, threads, below, gone, [last, *looked][-1]),
            skipped=sum(not post.full_text for post in posts),
            title=f"YouTube · {label}",
            withdrawn=tuple(map(usable_id, gone)),
            hole=bool(known) and not _meets(pages, known) and _goes_on(pages[-1]),
        )


KIND = YouTubeComments()


class _Reading:
    """The requests of one fetch, never more than MOST_REQUESTS."""

    def __init__(self, access: Access, http: HttpClient, cancel: CancelToken) -> None:
        self._access = access
        self._http = http
        self._cancel = cancel
        self.answers: list[HttpResponse] = []

    def newest(self, channel: str, known: Mapping[str, int]) -> None:
        page = ""
        for _ in range(_MOST_PAGES if known else 1):
            asked: dict[str, str | int] = {
                "part": "snippet,replies",
                "allThreadsRelatedToChannelId": channel,
                "order": "time",
                "maxResults": _PAGE,
            }
            answer = self._ask("commentThreads", asked | ({"pageToken": page} if page else {}))
            page = string(peek(answer), "nextPageToken")
            if not page or _meets([answer], known):
                return

    def look(self, ids: list[str]) -> None:
        """YouTube may refuse all of them because one is gone: then by halves."""
        if not ids or len(self.answers) >= MOST_REQUESTS:
            return
        answer = self._ask("commentThreads", {"part": "snippet,replies", "id": ",".join(ids)})
        if answer.status == 404 and len(ids) > 1:
            self.look(ids[: len(ids) // 2])
            self.look(ids[len(ids) // 2 :])

    def replies(self, known: Mapping[str, int]) -> None:
        """Of threads that have more or fewer replies than they had, and show only some of them."""
        for thread in list(_threads(self.answers)):
            id_, count = string(thread, "id"), _count(thread)
            shown = len(list(objects(thread, "replies", "comments")))
            if count > shown and count != known.get(id_) and len(self.answers) < MOST_REQUESTS:
                self._ask("comments", {"part": "snippet", "parentId": id_, "maxResults": _PAGE})

    def _ask(self, what: str, asked: Mapping[str, str | int]) -> HttpResponse:
        query = urlencode({**asked, "textFormat": "plainText"})
        url = f"{BASE}/{what}?{query}"
        self.answers.append(get(url, self._access.login, SCOPE, self._http, self._cancel))
        return self.answers[-1]


def _asked(answer: HttpResponse) -> dict[str, str]:
    """The question that was put, without anything secret: the token is no part of it."""
    return {key: values[0] for key, values in parse_qs(urlsplit(answer.url).query).items()}


def _threads(answers: Answers | list[HttpResponse]) -> Iterator[Json]:
    for answer in answers:
        if "parentId" not in _asked(answer):
            yield from objects(peek(answer), "items")


def _replies(answers: Answers) -> dict[str, dict[str, Json]]:
    """Thread -> id -> reply, of the threads whose replies were asked for."""
    found: dict[str, dict[str, Json]] = {}
    for answer in answers:
        parent = _asked(answer).get("parentId", "")
        if parent and 200 <= answer.status < 300:
            listed = objects(peek(answer), "items")
            found.setdefault(parent, {}).update({string(one, "id"): one for one in listed})
    return found


def _comments(thread: Json, below: Mapping[str, Json]) -> Iterator[Json]:
    """The first one, then the replies, each once."""
    top = thread.get("snippet")
    top = top.get("topLevelComment") if isinstance(top, dict) else None
    if isinstance(top, dict):
        yield top
    inside = {string(one, "id"): one for one in objects(thread, "replies", "comments")}
    yield from {**inside, **below}.values()


def _looked(answers: Answers) -> tuple[list[str], list[str]]:
    """Of the threads that were looked at again, those that are still there, and those that are gone."""
    looked: list[str] = []
    gone: list[str] = []
    for answer in answers:
        ids = [one for one in _asked(answer).get("id", "").split(",") if one]
        found = {string(one, "id") for one in objects(peek(answer), "items")}
        if answer.status == 200 and isinstance(peek(answer), dict):
            looked += [one for one in ids if one in found]
            gone += [one for one in ids if one not in found]
        elif answer.status == 404 and len(ids) == 1:
            gone += ids
    return looked, gone


def _meets(pages: list[HttpResponse], known: Mapping[str, int]) -> bool:
    return any(string(thread, "id") in known for thread in _threads(pages))


def _goes_on(answer: HttpResponse) -> bool:
    return answer.status != 200 or bool(string(peek(answer), "nextPageToken"))


def _count(thread: Json) -> int:
    return number(thread, "snippet", "totalReplyCount") or 0


def _known(cursor: str) -> tuple[dict[str, int], str]:
    """The threads that are watched, newest first, with their replies counted; the one looked at last."""
    found = stored(cursor)
    threads = found.get("threads")
    pairs: Any = threads.items() if isinstance(threads, dict) else ()
    known = {id_: count for id_, count in pairs if isinstance(count, int)}
    return known, string(found, "looked")


def _cursor(
    known: Mapping[str, int],
    threads: Mapping[str, Json],
    below: Mapping[str, object],
    gone: list[str],
    looked: str,
) -> str:
    """A thread whose replies could not all be asked for keeps its old count: they are asked for next."""
    counts = {}
    for id_, thread in threads.items():
        shown = len(list(objects(thread, "replies", "comments")))
        whole = not known or id_ in below or _count(thread) <= shown
        counts[id_] = _count(thread) if whole else known.get(id_, -1)
    new = {id_: count for id_, count in counts.items() if id_ not in known}
    old = {id_: counts.get(id_, count) for id_, count in known.items() if id_ not in gone}
    kept = list({**new, **old}.items())[:WATCHED]
    return json.dumps({"v": 1, "threads": dict(kept), "looked": looked})
