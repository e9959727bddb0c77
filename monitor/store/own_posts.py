"""Posts of the person's own accounts: no mentions, but answers to those of others. In the caller's transaction.

What a person decided stays: done is done, and what they opened again is not answered by the same post.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from monitor.model.mention import TriageState
from monitor.model.post import Author, Post
from monitor.model.voices import Voices
from monitor.store.changes import next_change
from monitor.store.mention_rows import UNTOUCHED
from monitor.store.places import PlaceOf, Places
from monitor.store.schema import (
    HAS_THREAD,
    OWN,
    Time,
    alerts,
    mentions,
    own_answers,
    posts,
)
from monitor.store.storable import storable
from monitor.store.stories import succeed
from monitor.store.times import list_time

CHUNK = 500

_WAITS = mentions.c.state.in_((TriageState.OPEN.value, TriageState.WAITING.value))
_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_AT = func.coalesce(posts.c.published, posts.c.first_seen).label("at")
_OWN_POST = select(posts.c.id, _AT, posts.c.source_id, posts.c.parent_id, posts.c.thread_id)
_OWN_POSTS = _OWN_POST.where(posts.c.id.in_(_IDS)).order_by(_AT, posts.c.id)
_ANY = select(posts.c.id).where(OWN).limit(1)

_WAITING = (
    select(mentions.c.id)
    .join(posts, posts.c.id == mentions.c.post_id)
    # IS TRUE and not ABOUT_US, which would start the read at an index of every mention.
    .where(
        posts.c.source_id.in_(_PLACES),
        posts.c.own.is_(False),
        mentions.c.about_us.is_(True),
        _WAITS,
    )
)
_OF_PARENT = _WAITING.where(posts.c.native_id == bindparam("key"))
_OF_THREAD = _WAITING.where(
    posts.c.thread_id == bindparam("key"), HAS_THREAD, mentions.c.at <= bindparam("at")
)
_ANSWER = _OWN_POST.where(posts.c.source_id.in_(_PLACES), posts.c.withdrawn_at.is_(None))
_TO_POST = _ANSWER.where(OWN, posts.c.parent_id == bindparam("key")).order_by(_AT).limit(1)
_IN_THREAD = (
    _ANSWER.where(
        posts.c.thread_id == bindparam("key"),
        HAS_THREAD,
        posts.c.own.is_(True),  # not OWN: the index of the thread is the shorter way
        posts.c.parent_id == "",
        bindparam("at", type_=Time) <= _AT,
    )
    .order_by(_AT)
    .limit(1)
)
_AUTHORS = (
    select(posts.c.source_id, posts.c.author_handle, posts.c.author_url)
    .where(posts.c.own.is_(False), or_(posts.c.author_handle != "", posts.c.author_url != ""))
    .distinct()
)
_BY_AUTHOR = select(posts.c.id).where(
    posts.c.source_id == bindparam("source_id"),
    posts.c.author_handle == bindparam("handle"),
    posts.c.author_url == bindparam("url"),
    posts.c.own.is_(False),
)


class OwnPosts:
    """For one transaction."""

    def __init__(self, connection: Connection, places: Places, change: int) -> None:
        self._connection = connection
        self._places = places
        self._change = change

    def answer_to(self, source_id: int, post: Post, at: datetime) -> Any | None:
        """The first post of ours that answers this one, written at `at`; None without one."""
        if not self._any:
            return None
        asked = self._places.asked(source_id, storable(post.native_id))
        found = self._connection.execute(_TO_POST, asked).one_or_none()
        if found is None and post.thread_id:
            asked = self._places.asked(source_id, storable(post.thread_id)) | {"at": list_time(at)}
            found = self._connection.execute(_IN_THREAD, asked).one_or_none()
        return found

    def answered_by(self, post_ids: Sequence[int]) -> list[int]:
        """These posts are ours: the mentions they answer are answered now. A network that tells what a
        post answers is believed; where it does not, it answers what its thread held before it."""
        changed: list[int] = []
        for start in range(0, len(post_ids), CHUNK):
            chunk = {"ids": list(post_ids[start : start + CHUNK])}
            for own in self._connection.execute(_OWN_POSTS, chunk).all():
                key = own.parent_id or own.thread_id
                if not key:
                    continue
                statement = _OF_PARENT if own.parent_id else _OF_THREAD
                asked = self._places.asked(own.source_id, key) | {"at": own.at}
                changed += self.mark(
                    self._connection.execute(statement, asked).scalars().all(), own
                )
        return changed

    def mark(self, mention_ids: Sequence[int], own: Any) -> list[int]:
        """Answered by this post of ours, with the copies they stand for, where nobody did more yet."""
        if not mention_ids:
            return []
        wanted = or_(mentions.c.id.in_(mention_ids), mentions.c.story_of.in_(mention_ids))
        statement = (
            update(mentions)
            .where(wanted, _WAITS)
            .values(state=TriageState.ANSWERED.value, wake_at=None, change_seq=self._change)
            .returning(mentions.c.id)
        )
        changed = list(self._connection.execute(statement).scalars())
        forget_answers(self._connection, changed)
        rows = [{"mention_id": one, "post_id": own.id, "at": own.at} for one in changed]
        if rows:
            self._connection.execute(insert(own_answers), rows)
        return changed

    def take(self, post_ids: Sequence[int]) -> list[int]:
        """Stored posts turn out to be ours: their mentions leave the lists, unless a person did something
        with them, and what they answer is answered. The mentions that changed."""
        changed: list[int] = []
        for start in range(0, len(post_ids), CHUNK):
            ids = post_ids[start : start + CHUNK]
            self._connection.execute(update(posts).where(posts.c.id.in_(ids)).values(own=True))
            hidden = self._hide(ids)
            changed += [*hidden, *succeed(self._connection, hidden, self._change)]
        self._any = True
        return changed + self.answered_by(post_ids)

    def stored_of(self, voices: Voices) -> list[int]:
        """Stored posts, not known as ours, that these voices wrote. Reads the authors of all posts."""
        found: list[int] = []
        for source_id, handle, url in self._connection.execute(_AUTHORS).all():
            place = self._places.of[source_id]
            if voices.include(Author("", handle, url), place.network, place.host):
                asked = {"source_id": source_id, "handle": handle, "url": url}
                found += self._connection.execute(_BY_AUTHOR, asked).scalars()
        return sorted(found)

    def _hide(self, post_ids: Sequence[int]) -> list[int]:
        statement = (
            update(mentions)
            .where(mentions.c.post_id.in_(post_ids), UNTOUCHED)
            .values(about_us=False, needs_answer=False, has_alert=False, change_seq=self._change)
            .returning(mentions.c.id)
        )
        hidden = list(self._connection.execute(statement).scalars())
        self._connection.execute(delete(alerts).where(alerts.c.mention_id.in_(hidden)))
        return hidden

    @cached_property
    def _any(self) -> bool:
        """Most profiles hold no post of their own, and need not look for one at every mention."""
        return self._connection.execute(_ANY).first() is not None


def recognise(connection: Connection, voices: Voices, place_of: PlaceOf) -> tuple[int, ...]:
    """What these voices wrote before they were known as the person's; the mentions that changed."""
    own = OwnPosts(connection, Places(connection, place_of), next_change(connection))
    return tuple(own.take(own.stored_of(voices)))


def forget_answers(connection: Connection, mention_ids: Sequence[int]) -> None:
    """These mentions are not, or no longer, answered by a post that a source brought."""
    connection.execute(delete(own_answers).where(own_answers.c.mention_id.in_(mention_ids)))
