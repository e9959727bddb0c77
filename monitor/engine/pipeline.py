"""From what a fetch brought to what the writer stores. Pure. No I/O.

Content decides "changed"; dates in a feed never do: many feeds touch them at every build. Stars are
content, since their author changed what they say. Likes, replies and shares are not: they stay as
they were when the post was first read or last edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.engine.finder import Finder
from monitor.engine.schedule import NextTry
from monitor.model.poll import AnalysedPost, PollOutcome
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.sources.base import FetchResult
from monitor.text import Text

LATE = timedelta(hours=1)
"""How long after its date a search may show a post."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of a source before the poll. `first`: never read successfully until now.

    `items` are the posts it ever brought. `hashes` are native id -> content hash of those fetched posts that are stored already.
    `usual` is the language in which authors of short posts mostly write. `since`: on a first read, when
    the source was last read under another address, None if never.
    """

    source: Source
    first: bool
    items: int
    hashes: Mapping[str, str]
    usual: Mapping[Author, str] = field(default_factory=dict)
    since: datetime | None = None


def outcome_of(
    before: Before, result: FetchResult, finder: Finder, now: datetime, plan: NextTry
) -> PollOutcome:
    """A successful poll. Every changed or new post is matched and scored; the others stop here."""
    deleted = frozenset(result.withdrawn)
    fetched = _once_each(tuple(one for one in result.posts if one.native_id not in deleted))
    posts = tuple(
        _analysed(before, post, content_hash, finder)
        for post in fetched
        if before.hashes.get(post.native_id) != (content_hash := post.content_hash)
    )
    source = before.source
    return PollOutcome(
        source_id=source.id,
        finished_at=now,
        state=plan.state,
        next_due=plan.due,
        posts=posts,
        next_cursor=result.cursor,
        failures=plan.failures,
        skipped=result.skipped,
        moved_to=result.moved_to,
        learned_name="" if source.name else result.title,
        learned_language="" if source.language else result.language,
        lost_window=not before.first and _has_hole(before, result.hole, bool(fetched)),
        withdrawn=result.withdrawn,
        note=result.note,
    )


def _analysed(before: Before, post: Post, content_hash: str, finder: Finder) -> AnalysedPost:
    """What the person's own accounts write is kept for what it answers, and is about no brand."""
    if finder.is_own(post, before.source):
        return AnalysedPost(post, content_hash, (), own=True)
    found = finder.mentions(
        post,
        alert=_is_news(before, post) and post.native_id not in before.hashes,
        usual_language=before.usual.get(post.author, ""),
        about=before.source.about,
    )
    return AnalysedPost(post, content_hash, found)


def _is_news(before: Before, post: Post) -> bool:
    """A source that begins to be read brings history. One that merely asks for more (a name was added
    to its words) goes on: what was published since it was last read is new to everybody."""
    if not before.first:
        return True
    if before.since is None or post.published is None:
        return False
    return post.published > before.since - LATE


def _has_hole(before: Before, told: bool | None, brought: bool) -> bool:
    """What the source tells; else nothing known among what came: the feed's window has moved on."""
    return brought and before.items > 0 and not before.hashes if told is None else told


def failure_of(
    source_id: int, now: datetime, plan: NextTry, error: Text, hint: Text
) -> PollOutcome:
    """A failed poll: the cursor and everything stored stay as they are."""
    return PollOutcome(
        source_id=source_id,
        finished_at=now,
        state=plan.state,
        next_due=plan.due,
        error=error,
        hint=hint,
        failures=plan.failures,
    )


def _once_each(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """An identity that repeats inside one answer counts once, its newest (first) text kept."""
    return tuple({post.native_id: post for post in reversed(posts)}.values())[::-1]
