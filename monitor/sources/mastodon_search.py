"""Mastodon and its kin: public posts that name a brand, by the full-text search of the account's server.

Page: https://docs.joinmastodon.org/methods/search/#v2 (right read:search). Limits: 300 requests in five
minutes for a token. Newest first; its min_id and max_id are whole seconds, so older pages are asked for
by their place, overlapping a little, back to two hours before the newest seen post, because posts
arrive late from other servers. Many servers have no full-text search and then find nothing for
anything: where nothing is found, a word is looked for that every server has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.source import Source
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    Json,
    entries,
    json_of,
    moment,
    objects,
    peek,
    refused,
    string,
    unexpected,
)
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
from monitor.sources.mastodon_account import asking, asking_aside, question, server_asked
from monitor.sources.mastodon_own import is_own, own_address, own_replies
from monitor.sources.mastodon_pages import PAGE, ids, missing_from
from monitor.sources.mastodon_post import identity, post_of, unwrapped
from monitor.sources.posts import newest_first
from monitor.sources.rate_limits import used_up_until
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in
from monitor.sources.server_address import host_of
from monitor.text import text

RIGHT = "read:search"
_SEARCH = "/api/v2/search"
_STEP = 35  # a page holds 40: five are asked for twice, in case some vanished in between
_MOST_PAGES = 10
_MOST_CHECKS = 5
_LATE = timedelta(hours=2)
_EVERYWHERE = "mastodon"  # a server that searches finds it
_LOOK_AGAIN = timedelta(days=1)
_GONE = (404, 410)
_ASKED = re.compile(r"^https://[^/?#]+/api/v2/search\?[^#]*#(.+)$")
_STATUS = re.compile(r"/api/v1/statuses/([^/?#]+)$")

_INFO = SourceInfo(
    kind="mastodon-search",
    label=text("Mastodon: search"),
    fields=(
        Field(search_words.KEY, text("Name to look for"), example="Café Lumen", words=True),
        ACCOUNT_FIELD,
    ),
    capabilities=frozenset({Capability.SEARCH, Capability.REPLY}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Posts of people who did not agree to be found, what this server has not received, and everything where it has no full-text search."
    ),
    network="mastodon",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """`since`: the newest date up to which everything was read. `seen`: the server's ids of the newest
    page -> native ids. `searches`: whether the server was seen to find anything, as of `looked`."""

    since: datetime | None = None
    seen: Mapping[str, str] = field(default_factory=dict)
    searches: bool = True
    looked: datetime | None = None


class MastodonSearch:
    """Stateless; safe from any thread that brings its own HttpClient."""

    info = _INFO

    def address_of(self, fields: Mapping[str, str]) -> str:
        words = search_words.quoted(search_words.one_name(fields))
        server, label = server_asked(fields)
        asked = urlencode({"q": words, "type": "statuses", "limit": PAGE})
        return f"https://{server}{_SEARCH}?{asked}#{label}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        found, words = _ASKED.match(address), _words(address)
        return {search_words.KEY: words, ACCOUNT: found[1]} if found and words else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ({search_words.KEY: wanted.name},)

    def page_of(self, source: Source) -> str:
        host = host_of(source.address)
        query = urlencode({"q": search_words.quoted(_words(source.address)), "type": "statuses"})
        return f"https://{host}/search?{query}" if host else ""

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The newest page; older ones back to what was seen; posts that are missing; the account's own
        newest posts; where nothing was found, whether the server finds anything."""
        known, address = _read_cursor(cursor), question(source.address)
        base = address.partition(_SEARCH)[0]
        ask = asking(access.login, RIGHT, http, cancel)
        answers = [ask(address)]
        page = _page(peek(answers[0]))
        if peek(answers[0]) is not None and not page:
            looked = known.looked and timedelta() <= now - known.looked < _LOOK_AGAIN
            if known.seen or not looked:
                probe = urlencode({"q": _EVERYWHERE, "type": "statuses", "limit": 1})
                answers.append(ask(f"{base}{_SEARCH}?{probe}"))
            return tuple(answers)
        met = set(page)
        while known.since and len(answers) < _MOST_PAGES and _goes_on(answers[-1], known, now):
            answers.append(ask(f"{address}&offset={_STEP * len(answers)}"))
            new = set(_page(peek(answers[-1]))) - met
            if not new:
                break
            met |= new
        aside = asking_aside(access.login, http, cancel)
        for id_ in missing_from(known.seen, page)[:_MOST_CHECKS]:
            answers.append(aside(f"{base}/api/v1/statuses/{quote(id_, safe='')}"))
        if page and (own := own_address(base, access.login)):
            answers.append(aside(own))
        return tuple(answers)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        known, host = _read_cursor(cursor), host_of(source.address)
        first, *others = answers
        checks = {_check_id(answer): answer.status for answer in others if _check_id(answer)}
        probes = [answer for answer in others if _is_probe(answer)]
        aside = [answer for answer in others if _check_id(answer) or is_own(answer)]
        pages = [answer for answer in others if answer not in aside and answer not in probes]
        if not isinstance(json_of(first, now), dict) or "statuses" not in json_of(first, now):
            raise unexpected(first)
        found: dict[str, Json] = {}
        unread = 0
        for answer in (first, *pages):
            readable = {string(one, "id"): one for one in _statuses(peek(answer))}
            unread += entries(peek(answer), "statuses") - len(readable)
            found = readable | found
        names = {id_: identity(status, host) for id_, status in found.items()}
        known_names = {**known.seen, **names}
        shown = [*found.values(), *own_replies(others, known_names)]
        posts = [post_of(status, host, known_names, now) for status in shown]
        newest = _page(peek(first))
        gone = [id_ for id_ in missing_from(known.seen, newest) if id_ in checks]
        searches, looked = known.searches, known.looked
        if newest or probes:
            searches = bool(newest) or bool(_page(peek(probes[0]))) or peek(probes[0]) is None
            looked = now
        refusal = next((answer for answer in pages if peek(answer) is None), None)
        fell_short = len(pages) + 1 >= _MOST_PAGES and _goes_on(pages[-1], known, now)
        seen = {id_: names[id_] for id_ in newest}
        late = {id_: name for id_, name in known.seen.items() if id_ not in checks}
        if newest:
            late = {id_: known.seen[id_] for id_ in missing_from(late, newest)}
        return FetchResult(
            posts=newest_first([post for post in posts if post.full_text]),
            cursor=_write_cursor(
                _Known(
                    # Broken off on the way: the same stretch is read again.
                    known.since if refusal else _newest(found.values(), known.since, now),
                    seen | late,
                    searches,
                    looked,
                )
            ),
            wait_until=refused(refusal, now).retry_at
            if refusal
            else used_up_until(answers[-1].headers, now),
            skipped=unread + sum(not post.full_text for post in posts),
            title=f"“{_words(source.address)}” · {account_in(source.address)}",
            withdrawn=tuple(known.seen[id_] for id_ in gone if checks[id_] in _GONE),
            # Or nobody had written the name until now, and then more did than a page holds.
            hole=fell_short or (bool(cursor) and not known.since and len(newest) >= PAGE),
            note=None
            if searches
            else text(
                "This server finds no words in any post: it has no full-text search, or it is out of order. Listen to hashtags as well."
            ),
        )


KIND = MastodonSearch()


def _statuses(found: Any) -> list[Json]:
    statuses = (unwrapped(status) for status in objects(found, "statuses"))
    return [status for status in statuses if string(status, "id")]


def _page(found: Any) -> list[str]:
    """The ids on a page, newest first."""
    return ids([{"id": string(status, "id")} for status in _statuses(found)])


def _goes_on(page: HttpResponse, known: _Known, now: datetime) -> bool:
    """Whether the page reaches back less far than what was seen."""
    dates = [moment(status, "created_at", now=now) for status in _statuses(peek(page))]
    oldest = min((date for date in dates if date), default=None)
    return bool(known.since and oldest and oldest > known.since - _LATE)


def _newest(found: Any, since: datetime | None, now: datetime) -> datetime | None:
    dates = [moment(status, "created_at", now=now) for status in found]
    return max((date for date in (*dates, since) if date), default=None)


def _words(address: str) -> str:
    return parse_qs(parts_of(address).query).get("q", [""])[0].strip('" ')


def _check_id(answer: HttpResponse) -> str:
    found = _STATUS.search(urlsplit(answer.url).path)
    return unquote(found[1]) if found else ""


def _is_probe(answer: HttpResponse) -> bool:
    return parse_qs(urlsplit(answer.url).query).get("limit") == ["1"]


def _read_cursor(stored: str) -> _Known:
    """An empty one for "" and for everything this version did not write."""
    try:
        values = json.loads(stored)
        if values["v"] != 1:
            return _Known()
        since, looked = (_date(values[key]) for key in ("since", "looked"))
        seen = {str(id_): str(name) for id_, name in values["seen"].items()}
        return _Known(since, seen, values["searches"] is not False, looked)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _Known()


def _date(stored: str) -> datetime | None:
    found = datetime.fromisoformat(stored) if stored else None
    return found if found and found.tzinfo else None


def _write_cursor(known: _Known) -> str:
    values = {
        "v": 1,
        "since": known.since.isoformat() if known.since else "",
        "seen": dict(known.seen),
        "searches": known.searches,
        "looked": known.looked.isoformat() if known.looked else "",
    }
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)
