"""Where the reading of a Mastodon timeline stands: what was read, what is missing. Pure and total."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.sources.api_answers import objects, string

PAGE = 40
MOST_PAGES = 10
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Known:
    """`last`: the server's id up to which everything was read. `seen`: its ids of the newest page ->
    native ids. `closed`: since when the server shows nothing to strangers."""

    last: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    closed: datetime | None = None


def order(id_: str) -> tuple[int, str]:
    """Ids are opaque; the documentation orders them by length, then by letters."""
    return len(id_), id_


def ids(page: Any) -> list[str]:
    """The ids on a page, newest first."""
    found = (string(status, "id") for status in objects(page))
    # Others cannot stand in an address.
    usable = (id_ for id_ in found if 0 < len(id_) <= _LONGEST_ID and id_.isascii())
    return sorted(usable, key=order, reverse=True)


def missing(known: Known, page: list[str]) -> list[str]:
    """Ids that stood in the newest page and should still stand in this one, newest first."""
    return missing_from(known.seen, page)


def missing_from(seen: Iterable[str], page: list[str]) -> list[str]:
    """Those of `seen` that should stand in the page, newest first."""
    oldest = page[-1] if len(page) >= PAGE else ""
    gone = [id_ for id_ in seen if id_ not in page and order(id_) > order(oldest)]
    return sorted(gone, key=order, reverse=True)


def reached(known: Known, newest: list[str], walked: Sequence[list[str]]) -> str:
    """The id up to which everything was read: the end of the walk where it fell short of the newest
    page, else the newest post."""
    if not newest:
        return known.last
    ends = [page[0] for page in walked if page]
    if len(walked) == MOST_PAGES and ends and order(ends[-1]) < order(newest[-1]):
        return ends[-1]
    return max(newest[0], known.last, key=order)


def read_cursor(stored: str) -> Known:
    """An empty one for "" and for everything this version did not write."""
    try:
        values = json.loads(stored)
        if values.pop("v") != 1:
            return Known()
        closed = values["closed"]
        seen = {str(id_): str(name) for id_, name in values["seen"].items()}
        moment = datetime.fromisoformat(closed) if closed else None
        return Known(str(values["last"]), seen, moment if moment and moment.tzinfo else None)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Known()


def write_cursor(known: Known) -> str:
    values = {
        "v": 1,
        "last": known.last,
        "seen": dict(known.seen),
        "closed": known.closed.isoformat() if known.closed else None,
    }
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)
