"""One poll into the database: posts, mentions, alerts, health and cursor in the caller's transaction.

Idempotent: the same outcome twice changes nothing the second time. The cursor is written with the
posts it covers, so a crash at any moment means reading again, never missing or doubling.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from monitor.model.poll import AnalysedPost, Applied, PollOutcome
from monitor.store.changes import next_change
from monitor.store.mention_rows import (
    insert_mention,
    lose_places,
    mentions_of_post,
    reanalyse,
)
from monitor.store.own_posts import OwnPosts
from monitor.store.places import PlaceOf, Places
from monitor.store.post_rows import COUNTS, count_values, post_values
from monitor.store.schema import brands, posts, sources
from monitor.store.search import add_mentions, after_edit, before_edit
from monitor.store.source_health import write_health
from monitor.store.storable import storable
from monitor.store.times import to_micros
from monitor.store.withdrawals import withdraw

_SOURCE = select(sources).where(
    sources.c.id == bindparam("source_id"), sources.c.removed_at.is_(None)
)
_KNOWN = select(
    posts.c.native_id,
    posts.c.id,
    posts.c.content_hash,
    posts.c.own,
    *(posts.c[name] for name in COUNTS),
).where(
    posts.c.source_id == bindparam("source_id"),
    posts.c.native_id.in_(bindparam("native_ids", expanding=True)),
)
_INSERT_POST = insert(posts)
_UPDATE_POST = update(posts).where(posts.c.id == bindparam("post_id"))
_BRAND_IDS = select(brands.c.id)
_NOTHING = Applied((), (), (), 0)


def apply_poll(connection: Connection, outcome: PollOutcome, place_of: PlaceOf) -> Applied:
    """Write one outcome. A source that was removed or turned to another address meanwhile takes nothing."""
    source = connection.execute(_SOURCE, {"source_id": outcome.source_id}).one_or_none()
    if source is None or (outcome.owner and source.lease_owner != outcome.owner):
        return _NOTHING
    change = next_change(connection)
    places = Places(connection, place_of)
    applied = _Writing(connection, outcome.source_id, outcome.finished_at, change, places)
    applied.write(outcome.posts, all_new=not source.items)
    withdrawn = withdraw(connection, source.id, outcome.withdrawn, outcome.finished_at, change)
    write_health(connection, source, outcome, applied.new_posts, change)
    return Applied(
        new_mentions=tuple(applied.new),
        changed_mentions=(*applied.changed, *withdrawn),
        alerted_mentions=tuple(applied.alerted),
        new_posts=len(applied.new_posts),
    )


class _Writing:
    """The posts of one poll on their way in, and what they changed."""

    def __init__(
        self,
        connection: Connection,
        source_id: int,
        now: datetime,
        change: int,
        places: Places,
    ) -> None:
        self._connection = connection
        self._source_id = source_id
        self._now = now
        self._change = change
        self._places = places
        self._own = OwnPosts(connection, places, change)
        self.new: list[int] = []
        self.changed: list[int] = []
        self.alerted: list[int] = []
        self.new_posts: list[AnalysedPost] = []

    def write(self, analysed: tuple[AnalysedPost, ...], *, all_new: bool) -> None:
        """Oldest first, so that ids grow with time; the newest text of a repeated identity counts.
        `all_new`: the source never brought anything, so nothing is looked for."""
        wanted = {storable(item.post.native_id): item for item in reversed(analysed)}
        if not wanted:
            return
        known = {} if all_new else self._known(wanted)
        fresh = {native_id: item for native_id, item in wanted.items() if native_id not in known}
        self._insert_posts(fresh)
        self.new_posts = list(fresh.values())
        naming = {native_id: item for native_id, item in fresh.items() if item.mentions}
        answering = {native_id: item for native_id, item in fresh.items() if item.own}
        watched = self._brand_ids() if naming or known else set()
        for native_id, row in self._known(naming).items():
            self._insert_mentions(row.id, naming[native_id], watched, may_alert=True)
        for native_id, row in known.items():
            self._meet_again(row, wanted[native_id], watched)
        add_mentions(self._connection, self.new)
        ours = [row.id for row in self._known(answering).values()]
        self.changed += self._own.answered_by(ours)

    def _known(self, wanted: dict[str, AnalysedPost]) -> dict[str, Any]:
        if not wanted:
            return {}
        asked = {"source_id": self._source_id, "native_ids": list(wanted)}
        rows = {row.native_id: row for row in self._connection.execute(_KNOWN, asked)}
        return {native_id: rows[native_id] for native_id in wanted if native_id in rows}

    def _insert_posts(self, fresh: dict[str, AnalysedPost]) -> None:
        if not fresh:
            return
        common: dict[str, Any] = {
            "source_id": self._source_id,
            "first_seen": to_micros(self._now),
            "edited_at": None,
        }
        rows = [
            common
            | {"native_id": native_id, "own": item.own}
            | post_values(item.post, item.content_hash)
            for native_id, item in fresh.items()
        ]
        self._connection.execute(_INSERT_POST, rows)

    def _brand_ids(self) -> set[int]:
        """A brand may have been removed while the poll was under way."""
        return set(self._connection.execute(_BRAND_IDS).scalars())

    def _insert_mentions(
        self, post_id: int, item: AnalysedPost, watched: set[int], *, may_alert: bool
    ) -> None:
        named = [found for found in item.mentions if found.brand_id in watched]
        if not named:
            return
        written = item.post.published or self._now
        answer = self._own.answer_to(self._source_id, item.post, written)
        native_id = storable(item.post.native_id)
        for found in named:
            mention_id, alerted = insert_mention(
                self._connection,
                source_id=self._source_id,
                post_id=post_id,
                post=item.post,
                found=found,
                now=self._now,
                change=self._change,
                may_alert=may_alert and answer is None,
                same=self._places.same_post(self._source_id, native_id, found.brand_id),
            )
            if answer is not None:
                self._own.mark([mention_id], answer)
            self.new.append(mention_id)
            if alerted:
                self.alerted.append(mention_id)

    def _meet_again(self, row: Any, item: AnalysedPost, watched: set[int]) -> None:
        """A known post: edited, published again, counted anew, or only seen by a poll that ended twice."""
        if item.own and not row.own:
            self.changed += self._own.take([row.id])
        if row.own:  # whoever has the account by now
            item = replace(item, mentions=())
        edited = row.content_hash != item.content_hash
        mentioned = mentions_of_post(self._connection, row.id)
        counted = count_values(item.post)
        if edited:
            self._edit(row.id, item, mentioned)
        elif any(getattr(row, name) != count for name, count in counted.items()):
            # No edit, and nobody is told: others like and share all day long.
            self._connection.execute(_UPDATE_POST, {"post_id": row.id} | counted)
        missing = tuple(found for found in item.mentions if found.brand_id not in mentioned)
        self._insert_mentions(row.id, replace(item, mentions=missing), watched, may_alert=False)

    def _edit(self, post_id: int, item: AnalysedPost, mentioned: dict[int, Any]) -> None:
        before_edit(self._connection, post_id)
        values = post_values(item.post, item.content_hash)
        values |= {"post_id": post_id, "edited_at": to_micros(self._now), "withdrawn_at": None}
        self._connection.execute(_UPDATE_POST, values)
        after_edit(self._connection, post_id)
        found = {mention.brand_id: mention for mention in item.mentions}
        for brand_id, row in mentioned.items():
            if brand_id in found:
                reanalyse(self._connection, row, found[brand_id], self._change)
            else:
                lose_places(self._connection, row, self._change)
            self.changed.append(row.id)
