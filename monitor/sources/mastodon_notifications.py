"""Mastodon and its kin: the posts that mention the person's account, read with that account.

Page: https://docs.joinmastodon.org/methods/notifications/#get (right read:notifications). Limits: 300
requests in five minutes for a token, paging ones 300 in fifteen. The newest page is read each time, so
edits of its posts are seen; from the last seen notification on, pages are walked forward, so no hole
can arise. A notification that was dismissed is no deleted post: posts that went missing are asked for.
The account's own newest replies (right read:statuses) tell what is answered already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources.api_answers import Json, json_of, objects, peek, refused, string, unexpected
from monitor.sources.base import (
    ACCOUNT,
    Access,
    Answers,
    Capability,
    FetchResult,
    SourceInfo,
    Wanted,
)
from monitor.sources.mastodon_account import asking, asking_aside, question, server_asked
from monitor.sources.mastodon_own import is_own, own_address, own_replies
from monitor.sources.mastodon_pages import (
    PAGE,
    Known,
    ids,
    missing,
    order,
    read_cursor,
    write_cursor,
)
from monitor.sources.mastodon_post import identity, post_of
from monitor.sources.mastodon_walk import walk
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in
from monitor.sources.server_address import host_of
from monitor.text import text

RIGHT = "read:notifications"
_MOST_CHECKS = 5
_GONE = (404, 410)
_LIST = "/api/v1/notifications"
_ASKED = re.compile(r"^https://[^/?#]+/api/v1/notifications\?[^#]*#(.+)$")
_STATUS = re.compile(r"/api/v1/statuses/([^/?#]+)$")

_INFO = SourceInfo(
    kind="mastodon-notifications",
    label=text("Mastodon: mentions of your account"),
    fields=(ACCOUNT_FIELD,),
    capabilities=frozenset({Capability.FEED, Capability.REPLY}),
    needs_account=True,
    min_interval=2 * 60,
    default_interval=5 * 60,
    unseen=text(
        "What names the brand without mentioning the account, and people the account has blocked or muted."
    ),
    network="mastodon",
    own_place=True,
)


class MastodonNotifications:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        server, label = server_asked(fields)
        asked = urlencode({"types[]": "mention", "limit": PAGE})
        return f"https://{server}{_LIST}?{asked}#{label}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        found = _ASKED.match(address)
        return {ACCOUNT: found[1]} if found else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()  # an account, not a name

    def page_of(self, source: Source) -> str:
        host = host_of(source.address)
        return f"https://{host}/notifications" if host else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The newest page; what lies between it and the last seen notification; posts that are missing;
        the account's own newest posts."""
        known, address = read_cursor(cursor), question(source.address)
        base = address.partition(_LIST)[0]
        ask = asking(access.login, RIGHT, http, cancel)
        newest = ask(address)
        page = ids(peek(newest))
        answers = [newest]
        if peek(newest) is None:
            return (newest,)
        if known.last and page and order(page[-1]) > order(known.last):
            answers += walk(address, known.last, page[-1], ask)
        aside = asking_aside(access.login, http, cancel)
        for id_ in missing(known, page)[:_MOST_CHECKS]:
            status = quote(known.seen[id_].partition(" ")[0], safe="")
            answers.append(aside(f"{base}/api/v1/statuses/{status}"))
        if own := own_address(base, access.login):
            answers.append(aside(own))
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, host = read_cursor(cursor), host_of(source.address)
        newest, *others = answers
        checks = [answer for answer in others if _check_id(answer)]
        walked = [answer for answer in others if answer not in checks and not is_own(answer)]
        if not isinstance(json_of(newest, now), list):
            raise unexpected(newest)
        found: dict[str, Json] = {}  # id of the notification -> status
        unread = 0
        for answer in (newest, *walked):
            readable = dict(_statuses(peek(answer)))
            unread += sum(string(one, "type") == "mention" for one in objects(peek(answer)))
            unread -= len(readable)
            found |= readable
        # The notification's place -> its status and the native id, so that either is known later.
        seen = {
            id_: f"{string(status, 'id')} {identity(status, host)}"
            for id_, status in found.items()
            if ids([status])
        }
        names = _names({**known.seen, **seen})
        shown = (*found.values(), *own_replies(others, names))
        posts = [post_of(one, host, names, now) for one in shown]
        distinct = {post.native_id: post for post in posts if post.full_text}
        page = ids(peek(newest))
        asked = {_check_id(answer): answer.status for answer in checks}
        gone = [id_ for id_ in missing(known, page) if _status(known, id_) in asked]
        late = {id_: known.seen[id_] for id_ in missing(known, page) if id_ not in gone}
        refusal = next((answer for answer in walked if peek(answer) is None), None)
        return FetchResult(
            posts=newest_first(list(distinct.values())),
            cursor=write_cursor(
                Known(
                    _reached(known, page, walked),
                    {id_: seen[id_] for id_ in page if id_ in seen} | late,
                )
            ),
            wait_until=refused(refusal, now).retry_at
            if refusal
            else used_up_until(answers[-1].headers, now),
            skipped=unread + sum(not post.full_text for post in posts),
            title=f"@{account_in(source.address)}",
            withdrawn=tuple(
                known.seen[id_].partition(" ")[2]
                for id_ in gone
                if asked[_status(known, id_)] in _GONE
            ),
            # Nobody had mentioned the account until now, and then more did than a page holds.
            hole=bool(cursor) and not known.last and len(page) >= PAGE,
        )


KIND = MastodonNotifications()


def _reached(known: Known, newest: list[str], walked: list[HttpResponse]) -> str:
    """The id up to which everything was read: the end of the walk where it fell short."""
    if not newest:
        return known.last
    pages = [ids(peek(answer)) for answer in walked]
    ends = [page[0] for page in pages if page]
    complete = not walked or (peek(walked[-1]) is not None and not pages[-1])
    if not complete and (not ends or order(ends[-1]) < order(newest[-1])):
        return max(ends[-1], known.last, key=order) if ends else known.last
    return max(newest[0], known.last, key=order)


def _statuses(page: Any) -> Iterator[tuple[str, Json]]:
    """The mentions of a page: their ids, and the statuses. Servers may send other kinds too."""
    for one in objects(page):
        status = one.get("status")
        if string(one, "type") != "mention" or not isinstance(status, dict):
            continue
        if string(one, "id") and string(status, "id"):
            yield string(one, "id"), status


def _names(seen: Mapping[str, str]) -> dict[str, str]:
    """The server's id of a status -> its identity."""
    return {status: name for status, _, name in (one.partition(" ") for one in seen.values())}


def _status(known: Known, id_: str) -> str:
    return known.seen[id_].partition(" ")[0]


def _check_id(answer: HttpResponse) -> str:
    found = _STATUS.search(urlsplit(answer.url).path)
    return unquote(found[1]) if found else ""
