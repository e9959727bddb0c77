"""A post that names a brand, with what we think of it and what we did about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.brand import Match
from monitor.model.post import Author, Post
from monitor.model.verdict import Intent, Tone, Verdict


class TriageState(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # snoozed until `wake_at`
    ANSWERED = "answered"
    DONE = "done"  # filed without an answer


class Correction(StrEnum):
    """What a person said with one key; it overrides the verdict and is kept for learning."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NOT_US = "not_us"


class View(StrEnum):
    """The work views of the left navigation. NOT_US mentions are in ALL with `not_us=True` only."""

    TO_ANSWER = "to_answer"  # needs_answer and OPEN
    ALL = "all"
    WAITING = "waiting"
    ALERTS = "alerts"  # has an alert row
    DRAFTS = "drafts"  # has an unsent draft with text
    DONE = "done"  # ANSWERED or DONE


@dataclass(frozen=True, slots=True)
class MentionFilter:
    """What the list shows, newest first. None and "" mean no limit. `text` is a full-text search."""

    view: View = View.ALL
    brand_id: int | None = None
    source_id: int | None = None
    tone: Tone | None = None
    intent: Intent | None = None
    language: str = ""
    since: datetime | None = None
    text: str = ""
    not_us: bool = False


@dataclass(frozen=True, slots=True)
class MentionKey:
    """Place in the newest-first order, for keyset paging: (`at` descending, `id` descending)."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of the list, and all the detail panel needs.

    `at` is the post's date, or when it was first seen if it has none (UTC). `tone` is what is
    shown: the correction if there is one, else the verdict's. `flagged` is the decision to call
    it negative, `needs_answer` the decision to put it under "To answer". `outlets` counts the
    places that carry the same text, itself included. `seen` is False until opened. `withdrawn`: it was
    deleted where it was published; title and text are empty, and nobody can answer it.
    """

    id: int
    brand_id: int
    brand_name: str
    source_id: int
    source_name: str
    source_kind: str
    post: Post
    at: datetime
    first_seen: datetime
    matches: tuple[Match, ...]
    verdict: Verdict
    tone: Tone
    flagged: bool
    needs_answer: bool
    correction: Correction | None
    state: TriageState
    wake_at: datetime | None
    seen: bool
    edited: bool
    outlets: int
    has_alert: bool
    has_draft: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply being written. One per mention. `language` is ISO 639-1; `template` its key or ""."""

    mention_id: int
    text: str
    language: str
    template: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A post of the person's own that answered a mention and did not go through us. `url` is "" where it
    cannot be opened."""

    author: Author
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MentionDetail:
    """A mention with its surroundings. Lists are newest first and at most 20 long.

    `earlier` are other mentions by the same author; `same_story` the other outlets. `answer` is how an
    answered one was answered where a source told it, None where the person or the outbox did.
    """

    mention: Mention
    earlier: tuple[Mention, ...]
    earlier_count: int
    same_story: tuple[Mention, ...]
    draft: Draft | None
    answer: OwnAnswer | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the left navigation. `by_brand` and `to_answer` count OPEN needs_answer mentions."""

    to_answer: int
    all: int
    waiting: int
    alerts_unseen: int
    drafts: int
    done: int
    by_brand: tuple[tuple[int, int], ...]  # (brand id, to answer)
    sources: int
    sources_need_you: int
