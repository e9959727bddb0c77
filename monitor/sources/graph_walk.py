"""How lists of Meta's Graph API are followed back to what was seen, and what is missing from them.

A list is known by what it hangs on: "feed", a post's number. The cursor keeps the newest moment seen, and
of the newest entries where they hung, so that one that is gone can be asked for. No network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks import graph
from monitor.networks.graph_replies import next_page
from monitor.sources.api_answers import Json, entries, moment, objects

MOST_PAGES = 30
"""Requests in one fetch for what the first pages did not hold."""
MOST_CHECKS = 5
"""Entries that are missing and asked for one by one in one fetch."""

MOST_NEWEST = 25

_MOST_NEW_PAGES = 8
_SMALL = "5"
_TOO_MUCH = "reduce the amount of data"
_LATE = timedelta(minutes=10)  # by which an entry may come into a list behind its own date
_LOOKED_AT = timedelta(days=14)
_KEPT = 200
Look: TypeAlias = Callable[[HttpResponse], None]


@dataclass(frozen=True, slots=True)
class Known:
    """`since`: the newest moment seen. `seen`: id -> the list it hung on, and when it was made. `counts`:
    how many comments a thing had."""

    since: datetime | None = None
    seen: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """What was read of one list: id -> when it was made. `whole`: there is no more of it."""

    made: dict[str, datetime | None] = field(default_factory=dict)
    whole: bool = False


Listings: TypeAlias = Mapping[str, Listing]


class Asking:
    """The questions of one fetch. `answers` are all answers so far."""

    def __init__(self, login: Login, http: HttpClient, cancel: CancelToken) -> None:
        self._login = login
        self._http = http
        self._cancel = cancel
        self.answers: list[HttpResponse] = []

    def ask(self, path: str, query: Mapping[str, str], look: Look | None = None) -> Any:
        """What the answer holds; None for an error, which `read` tells about. `look` may raise. What is
        too much for Meta at once is asked for in smaller pages."""
        answer = graph.get(self._login, path, query, self._http, self._cancel)
        if _is_too_much(answer):
            query = {**query, "limit": _SMALL}
            answer = graph.get(self._login, path, query, self._http, self._cancel)
        if look is not None:
            look(answer)
        self.answers.append(answer)
        return page_in(answer)

    def newest(
        self, path: str, query: Mapping[str, str], key: str, now: datetime, look: Look
    ) -> list[Any]:
        """The pages of the things whose comments are read: those of a fortnight, and the 25 newest. Empty
        where the first is an error."""
        found = self.ask(path, query, look)
        pages, count = [], 0
        while found is not None:
            pages.append(found)
            count += entries(found, "data")
            more = count < MOST_NEWEST or is_recent(found, key, now)
            if not next_page(found) or not more or len(pages) == _MOST_NEW_PAGES:
                break
            found = self.ask(path, {**query, **next_page(found)})
        return pages

    def room(self, first: int) -> bool:
        """Whether more may be asked, when `first` answers were there before the walking."""
        return len(self.answers) - first < MOST_PAGES


def page_in(answer: HttpResponse) -> Any:
    """The page in an answer, None for an error."""
    try:
        found = json.loads(answer.body) if answer.status == 200 else None
    except (ValueError, RecursionError):
        return None
    return None if graph.error_of(answer) is not None else found


def goes_on(found: Any, since: datetime | None, key: str, now: datetime) -> bool:
    """True while a list, newest first by `key`, has a next page that may hold what is new. One that turns
    out to be oldest first holds it at its end."""
    if since is None or not next_page(found):
        return False
    dates = [date for one in objects(found, "data") if (date := moment(one, key, now=now))]
    return bool(dates) and (min(dates) > since - _LATE or dates[0] < dates[-1])


def is_recent(found: Any, key: str, now: datetime) -> bool:
    """True where all of a page is of the last fourteen days."""
    dates = [date for one in objects(found, "data") if (date := moment(one, key, now=now))]
    return bool(dates) and min(dates) > now - _LOOKED_AT


def listed(
    into: dict[str, Listing],
    name: str,
    found: Any,
    identity: Callable[[Json], str],
    key: str,
    now: datetime,
) -> None:
    """Note a page of the list `name`: whose entries have this `identity`, and a date under `key`."""
    listing = into.setdefault(name, Listing())
    listing.whole = not next_page(found)
    for one in objects(found, "data"):
        if id_ := identity(one):
            listing.made[id_] = moment(one, key, now=now)


def missing(known: Known, listings: Listings) -> list[str]:
    """Ids that should still stand in the lists and do not, newest first."""
    gone = [
        id_
        for id_, (name, made) in known.seen.items()
        if name in listings and _should_hold(listings[name], id_, made)
    ]
    return sorted(gone, key=lambda id_: known.seen[id_][1], reverse=True)


def withdrawn(known: Known, checks: Iterable[HttpResponse]) -> tuple[str, ...]:
    """Of the entries that were asked for, those that are gone, and what hung on them."""
    gone: dict[str, None] = {}
    for answer in checks:
        id_, _ = graph.place_of(answer)
        error = graph.error_of(answer)
        if id_ in known.seen and error is not None and error.is_gone:
            gone[id_] = None
    below = [id_ for id_, (name, _) in known.seen.items() if name in gone]
    return tuple({**gone, **dict.fromkeys(below)})


def known_after(
    before: Known,
    listings: Listings,
    asked: Sequence[str],
    counts: Mapping[str, int],
    now: datetime,
) -> Known:
    """Where the reading stands now. `asked` are missing entries that were asked for."""
    fresh = {
        id_: (name, made)
        for name, listing in listings.items()
        for id_, made in listing.made.items()
        if made is not None
    }
    later = {id_: before.seen[id_] for id_ in missing(before, listings) if id_ not in asked}
    newest = sorted({**later, **fresh}.items(), key=lambda one: one[1][1], reverse=True)
    dates = [made for _, made in fresh.values() if made <= now]
    since = max([*dates, *([before.since] if before.since else [])], default=None)
    return Known(since, dict(newest[:_KEPT]), counts)


def read_cursor(stored: str) -> Known:
    """An empty one for "" and for everything this version did not write."""
    try:
        values = json.loads(stored)
        if values.pop("v") != 1:
            return Known()
        seen = {
            str(id_): (str(name), datetime.fromtimestamp(int(made), UTC))
            for id_, (name, made) in values["seen"].items()
        }
        counts = {str(id_): int(count) for id_, count in values["counts"].items()}
        since = values["since"]
        return Known(datetime.fromtimestamp(since, UTC) if since else None, seen, counts)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
        OSError,
    ):
        return Known()


def write_cursor(known: Known) -> str:
    values = {
        "v": 1,
        "since": int(known.since.timestamp()) if known.since else 0,
        "seen": {id_: [name, int(made.timestamp())] for id_, (name, made) in known.seen.items()},
        "counts": dict(known.counts),
    }
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


def _is_too_much(answer: HttpResponse) -> bool:
    error = graph.error_of(answer)
    return error is not None and _TOO_MUCH in error.words.lower()


def _should_hold(listing: Listing, id_: str, made: datetime) -> bool:
    if id_ in listing.made:
        return False
    dates = [date for date in listing.made.values() if date is not None]
    return listing.whole or (bool(dates) and made > min(dates))
