"""What a feed's next poll must know of the last one: validators, body hash, a move that may be permanent.

Pure. The cursor is JSON; one of another version is as good as none, so a new reader re-reads all feeds.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.infra.http import HttpResponse

VERSION = 1

MAX_AGE = timedelta(days=8)
"""Older validators are not sent: broken servers answer 304 for ever."""

MOVE_PROOF = timedelta(hours=24)
MOVE_POLLS = 2

MAX_VALIDATOR = 1000


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect under observation: where to, since when, seen in how many polls."""

    target: str
    since: datetime
    polls: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """`etag` and `modified` are the server's strings, verbatim; `since` is when they came with a body."""

    etag: str = ""
    modified: str = ""
    since: datetime | None = None
    body_hash: str = ""
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    moving: Move | None = None

    @property
    def has_validators(self) -> bool:
        return bool(self.etag or self.modified)

    def renewed(self, answer: HttpResponse, now: datetime) -> Cursor:
        """After a full answer: its validators, even when it has none any more."""
        return dataclasses.replace(
            self,
            etag=_validator(answer, "etag"),
            modified=_validator(answer, "last-modified"),
            since=now,
        )

    def confirmed(self, answer: HttpResponse) -> Cursor:
        """After a 304, which may bring newer validators (RFC 9111, 4.3.4). `since` stays."""
        return dataclasses.replace(
            self,
            etag=_validator(answer, "etag") or self.etag,
            modified=_validator(answer, "last-modified") or self.modified,
        )

    def with_body(
        self, body_hash: str, ttl: int, skip_hours: tuple[int, ...], skip_days: tuple[int, ...]
    ) -> Cursor:
        return dataclasses.replace(
            self, body_hash=body_hash, ttl=ttl, skip_hours=skip_hours, skip_days=skip_days
        )

    def with_move(self, moving: Move | None) -> Cursor:
        return dataclasses.replace(self, moving=moving)


def conditions(known: Cursor, now: datetime) -> dict[str, str]:
    """The headers of a conditional GET; none when the validators are too old to be believed."""
    if known.since is None or not timedelta() <= now - known.since <= MAX_AGE:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def moved(seen: Move | None, address: str, target: str, now: datetime) -> tuple[Move | None, str]:
    """The move under observation after this poll, and the new address once it has proved permanent.

    Captive portals send 301 too, so the same target must come in several polls over a day.
    """
    if not target or target == address:
        return None, ""
    if seen is None or seen.target != target:
        return Move(target, now, 1), ""
    polls = seen.polls + 1
    if polls >= MOVE_POLLS and now - seen.since >= MOVE_PROOF:
        return None, target
    return Move(target, seen.since, polls), ""


def read_cursor(stored: str) -> Cursor:
    """An empty one for "" and for everything this version did not write."""
    try:
        values = json.loads(stored)
        if values.pop("v") != VERSION:
            return Cursor()
        moving = values.get("moving")
        return Cursor(
            etag=str(values["etag"]),
            modified=str(values["modified"]),
            since=_moment(values["since"]),
            body_hash=str(values["body_hash"]),
            ttl=int(values["ttl"]),
            skip_hours=tuple(map(int, values["skip_hours"])),
            skip_days=tuple(map(int, values["skip_days"])),
            moving=Move(str(moving[0]), datetime.fromisoformat(moving[1]), int(moving[2]))
            if moving
            else None,
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return Cursor()


def write_cursor(cursor: Cursor) -> str:
    moving = cursor.moving
    return json.dumps(
        {
            "v": VERSION,
            "etag": cursor.etag,
            "modified": cursor.modified,
            "since": cursor.since.isoformat() if cursor.since else None,
            "body_hash": cursor.body_hash,
            "ttl": cursor.ttl,
            "skip_hours": cursor.skip_hours,
            "skip_days": cursor.skip_days,
            "moving": [moving.target, moving.since.isoformat(), moving.polls] if moving else None,
        },
        separators=(",", ":"),
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _validator(answer: HttpResponse, name: str) -> str:
    value = answer.headers.get(name, "")
    return value if len(value) <= MAX_VALIDATOR and value.isprintable() else ""
