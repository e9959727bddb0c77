"""What every source file provides, and what it is given. No I/O here.

A new source is ONE new file in this folder: a docstring with the API's page, limits and terms, and a
class that satisfies `SourceKind`. The registry finds it, the form draws its fields, the contract
test runs it. Sources never sleep or retry: one scheduler and one HTTP client own all politeness.

A source's `address` is what is asked (without a page or a time in it): two sources with one address
are one source. `address_of` makes it from the answers of the form, `page_of` is what a person opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.text import Text


class Capability(StrEnum):
    SEARCH = "search"  # finds mentions by the brand's name
    FEED = "feed"  # reads one address, we match locally
    REPLY = "reply"  # can send the reply itself


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the "add a source" form. Secret answers go to the keyring, never to the store.

    `default` stands in the field at first. `hint` is one sentence below it. A field with `words` takes
    names to look for, separated by commas; the form fills it with the brand's name. A field with
    `account` is a choice among the person's accounts at the kind's network: its answer is the
    account's `label`.
    """

    key: str
    label: Text
    example: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    hint: Text | None = None
    words: bool = False
    account: bool = False


ACCOUNT = "account"
"""The key of the field by which a kind asks whose account it reads with."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a network allows one address: at most so many requests in any so many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A kind of source. `min_interval` and `default_interval` are seconds; `unseen` says in words
    what the network will never show ("private groups are not visible").

    `network` is whose accounts (monitor/networks) can answer what it brings, and read it where
    `needs_account`; "" where no program may answer. `spacing` is host -> least seconds between two requests to it, for all sources together, where a
    network wants more than politeness; `shares` is host -> what it allows strangers, where it tells a
    number that several sources may reach. `one_for_all`: brands share one source of this kind, whose
    field of words grows (the network allows too few requests for one each). `own_place`: what it
    brings is said to the person's own account or about the one thing chosen, so that it is about the
    brand even where it does not name it (reviews, comments on an own page). `hosts` are the network's
    own sites, without "www.": a page there, which no stranger can read, leads to this kind's form.
    """

    kind: str
    label: Text
    fields: tuple[Field, ...]
    capabilities: frozenset[Capability]
    needs_account: bool
    min_interval: int
    default_interval: int
    unseen: Text | None = None
    spacing: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)
    one_for_all: bool = False
    network: str = ""
    own_place: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A brand that asks what could be listened to. `languages` are ISO 639-1, the person's own first;
    `country` is ISO 3166-1 in capitals, "" when unknown."""

    name: str
    languages: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one fetch brought. `posts` newest first. `cursor` is opaque JSON owned by the source.

    `wait_until` (UTC) is the server's wish for the next check (ttl, max-age, Retry-After), None
    without one. `moved_to` is set once a permanent move has proved permanent. `withdrawn` are native
    ids of posts the network says are deleted. `hole`: whether the network left out something since the
    last fetch; None where only the posts can tell (none of them known: a window that has moved on).
    `note` is what the person should know of a working source ("this server does not search").
    """

    posts: tuple[Post, ...]
    cursor: str
    not_modified: bool = False
    wait_until: datetime | None = None
    skipped: int = 0
    moved_to: str = ""
    title: str = ""
    language: str = ""
    withdrawn: tuple[str, ...] = ()
    hole: bool | None = None
    note: Text | None = None


Answers = tuple[HttpResponse, ...]
"""What the network said in one fetch, as it came. Without any body there is nothing to think about."""


class Described(Protocol):
    """What every kind has, whoever's eyes it reads with. Stateless; called from any thread."""

    info: SourceInfo

    def address_of(self, fields: Mapping[str, str]) -> str:
        """What is asked, for these answers of the form (key -> answer). Pure. Raises BadInput."""
        ...

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        """The answers of the form for a pasted address of this network (a page, or what is asked);
        None for every other address. Pure; never raises."""
        ...

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        """The answers of the form this kind proposes to a brand known by its name alone, the most
        useful first; () where the name does not do. Pure."""
        ...

    def page_of(self, source: Source) -> str:
        """Where a person sees in the browser what this source listens to; "" where there is no such page."""
        ...

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        """What the answers to the fetch hold. Pure: may run in another process. Raises SourceError."""
        ...


class SourceKind(Described, Protocol):
    """Reads what everybody can read. Raises SourceError and nothing else on purpose.

    Two steps, because waiting is for many threads and thinking for one, or for another process.
    """

    def fetch(
        self, source: Source, cursor: str, http: HttpClient, now: datetime, cancel: CancelToken
    ) -> Answers:
        """Ask for what is new. `cursor` is "" on the first call. Blocking, network; reads nothing."""
        ...


class Budget(Protocol):
    """What one account may cost in a calendar month (UTC), where a network takes money for reading.
    Amounts are millionths of a US dollar. Blocking, store."""

    def reserve(self, amount: int) -> bool:
        """Committed before the request leaves. False: the month's cap would be passed, do not ask."""
        ...

    def give_back(self, amount: int) -> None:
        """A part of what was reserved was not taken after all."""
        ...

    def left(self) -> int:
        """What may still be spent this month."""
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """With whose eyes a source reads, good now. In memory only, never in answers or a cursor."""

    login: Login
    budget: Budget


@runtime_checkable
class AccountKind(Described, Protocol):
    """Reads with the person's own account at `info.network`. One of its fields has `account`.

    Its `address` names what is listened to and by whom (host asked, question, "#" and the account's
    label), so that two accounts are two sources; where the requests go stands in the login.
    """

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """As SourceKind.fetch, logged in. Raises NotLoggedIn (monitor/networks/base.py) where the
        network no longer takes the login, or it lacks a right; no secret may be in the answers."""
        ...


AnyKind: TypeAlias = SourceKind | AccountKind
