"""A place that is listened to, and how it is doing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.text import Text


class SourceState(StrEnum):
    NEW = "new"  # never polled
    LISTENING = "listening"
    WAITING = "waiting"  # failed, tries again by itself
    NEEDS_YOU = "needs_you"  # cannot go on without the person
    PAUSED = "paused"  # the person paused it
    GONE = "gone"  # the server said it is gone for good (410)


@dataclass(frozen=True, slots=True)
class Source:
    """`id` is 0 until stored. `fields` are the answers to the kind's declared fields, never secrets.

    `folder` keeps the nesting of an imported OPML ("Press / Regional"), "" at the top.
    `interval` is the person's wish in seconds, 0 for the kind's default. `account_id` is the account it
    reads with, 0 for a stranger's eyes. `about` is the id of the brand that everything there is about,
    named or not (reviews, comments on an own page); 0: only what names a brand is a mention.
    """

    id: int
    kind: str
    address: str
    name: str
    folder: str = ""
    language: str = ""
    interval: int = 0
    paused: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    account_id: int = 0
    about: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """The place of a source in the queue of a host that allows one request in `spacing` seconds."""

    host: str
    at: datetime
    spacing: float


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source with its health, as the Sources view shows it. Times are UTC.

    `per_day` are new posts on each of the last 7 days, oldest first. `skipped` counts entries of
    the last poll that could not be read. `gap_since` is the start of a stretch that may have been
    missed (the feed's window no longer reached back to the last seen post), None without one.
    `note` is what the person should know of a source that works ("this server does not search").
    `turn` is set while it waits to be asked because its host allows few requests. `unreached` says that
    the last try got no answer at all: the site or this computer's own connection is down.
    """

    source: Source
    state: SourceState
    last_success: datetime | None
    last_attempt: datetime | None
    next_due: datetime | None
    error: Text | None
    hint: Text | None
    failures: int
    items: int
    mentions: int
    skipped: int
    per_day: tuple[int, ...]
    gap_since: datetime | None
    note: Text | None = None
    turn: Turn | None = None
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed found at or on an address a person typed. `samples` are its newest titles, at most 3.

    `texts` are the full texts of its newest entries, at most 100 and each cut at 2,000 code
    points: a preview asks `Service.naming` which of them name the brand.
    """

    kind: str
    address: str
    title: str
    language: str
    items: int
    samples: tuple[str, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an OPML import did: sources added, already known, and lines that could not be used."""

    added: int
    known: int
    unusable: tuple[str, ...]
