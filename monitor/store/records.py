"""Records that pass between the store and the engine and are of no use to the window. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.poll import BrandMention
from monitor.model.post import Post
from monitor.model.source import Source, SourceState


@dataclass(frozen=True, slots=True)
class PollingState:
    """What the scheduler needs of one source. `cursor` "" means that it was never read to the
    end. `items` counts the posts it ever brought. `last_success` stays when the cursor begins anew, for
    another address: what is newer is no history."""

    source: Source
    cursor: str
    failures: int
    items: int
    state: SourceState
    next_due: datetime | None
    last_success: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post as stored, to be matched again when the brands change. `about` is its source's."""

    id: int
    source_id: int
    content_hash: str
    post: Post
    about: int


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A brand found in a stored post; dropped when the post has another `content_hash` by now."""

    post_id: int
    content_hash: str
    mention: BrandMention
