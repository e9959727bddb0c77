"""What every source file provides, and what it is given. No I/O here.

A new source is ONE new file in this folder: a docstring with the API's page, limits and terms, and a
class that satisfies `SourceKind`. The registry finds it, the dialog draws its fields, the contract
test runs it. Sources never sleep or retry: one scheduler and one HTTP client own all politeness.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.text import Text


class Capability(StrEnum):
    SEARCH = "search"  # finds mentions by the brand's name
    FEED = "feed"  # reads one address, we match locally
    REPLY = "reply"  # can send the reply itself


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the "add a source" form. Secret answers go to the keyring, never to the store."""

    key: str
    label: Text
    example: str = ""
    secret: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A kind of source. `min_interval` and `default_interval` are seconds; `unseen` says in words
    what the network will never show ("private groups are not visible")."""

    kind: str
    label: Text
    fields: tuple[Field, ...]
    capabilities: frozenset[Capability]
    needs_account: bool
    min_interval: int
    default_interval: int
    unseen: Text | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one fetch brought. `posts` newest first. `cursor` is opaque JSON owned by the source.

    `wait_until` (UTC) is the server's wish for the next check (ttl, max-age, Retry-After), None
    without one. `moved_to` is set once a permanent move has proved permanent.
    """

    posts: tuple[Post, ...]
    cursor: str
    not_modified: bool = False
    wait_until: datetime | None = None
    skipped: int = 0
    moved_to: str = ""
    title: str = ""
    language: str = ""


Answers = tuple[HttpResponse, ...]
"""What the network said in one fetch, as it came. Without any body there is nothing to think about."""


class SourceKind(Protocol):
    """Stateless; called from any thread. Raises SourceError and nothing else on purpose.

    Two steps, because waiting is for many threads and thinking for one, or for another process.
    """

    info: SourceInfo

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Ask for what is new. `cursor` is "" on the first call. Blocking, network; reads nothing."""
        ...

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        """What the answers to `fetch(source, cursor, ...)` hold. Pure: may run in another process."""
        ...
