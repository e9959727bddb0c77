"""What one poll of one source brought, from the fetch thread to the writer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.brand import Match
from monitor.model.post import Post
from monitor.model.source import SourceState
from monitor.model.verdict import Verdict
from monitor.text import Text


@dataclass(frozen=True, slots=True)
class BrandMention:
    """One brand found in one post. `alerts` is False for history (first poll), rivals and edits."""

    brand_id: int
    matches: tuple[Match, ...]
    verdict: Verdict
    flagged: bool
    needs_answer: bool
    alerts: bool
    story_key: str


@dataclass(frozen=True, slots=True)
class AnalysedPost:
    """A new or changed post with what was found in it; unchanged posts never get this far.

    `own`: one of the person's accounts wrote it. It has no mentions, whatever it names.
    """

    post: Post
    content_hash: str
    mentions: tuple[BrandMention, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """Everything `store.apply` writes in ONE transaction, the next cursor included.

    `next_cursor` None keeps the stored one (a failed poll). `moved_to` replaces the source's
    address once a permanent move has proved permanent. `learned_name` and `learned_language` fill
    what the person left empty. `lost_window` is True when the feed no longer reached back to
    anything known, so posts may have been missed. `skipped` counts unreadable entries. `owner` had
    the source's lease: when it was taken away meanwhile (another address, removed and added again)
    nothing is written. "" asks for no lease. `withdrawn` are native ids of posts that were deleted
    where they were published; none of them is in `posts`. `note` is what the person should know of a
    source that works; a failed poll keeps the stored one.
    """

    source_id: int
    finished_at: datetime
    state: SourceState
    next_due: datetime | None
    posts: tuple[AnalysedPost, ...] = ()
    next_cursor: str | None = None
    error: Text | None = None
    hint: Text | None = None
    failures: int = 0
    skipped: int = 0
    moved_to: str = ""
    learned_name: str = ""
    learned_language: str = ""
    lost_window: bool = False
    owner: str = ""
    withdrawn: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What a committed poll changed, for the events that follow the commit."""

    new_mentions: tuple[int, ...]
    changed_mentions: tuple[int, ...]
    alerted_mentions: tuple[int, ...]
    new_posts: int
