"""Posts that were deleted where they were published: what they said is deleted here too.

In the caller's transaction. The row stays, so that the mention keeps its place, its author and what
a person did about it; a draft is the person's own and stays as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from monitor.store.json_columns import Judgement, judgement_from_json, judgement_to_json
from monitor.store.schema import alerts, mentions, posts
from monitor.store.search import before_edit
from monitor.store.storable import storable
from monitor.store.stories import succeed
from monitor.store.times import to_micros

_STILL_THERE = (
    select(posts.c.id)
    .where(
        posts.c.source_id == bindparam("source_id"),
        posts.c.native_id.in_(bindparam("native_ids", expanding=True)),
        posts.c.withdrawn_at.is_(None),
    )
    .order_by(posts.c.id)
)
_EMPTY: dict[str, Any] = {
    "title": "",
    "text": "",
    "rating": None,
    "reply_to": "",
    # No post has this hash: published again, it is read again.
    "content_hash": "",
}
_OF_POST = select(mentions.c.id, mentions.c.verdict).where(
    mentions.c.post_id == bindparam("post_id")
)


def withdraw(
    connection: Connection, source_id: int, native_ids: Sequence[str], now: datetime, change: int
) -> list[int]:
    """The mentions that changed, copies that now stand for their story included."""
    if not native_ids:
        return []
    stored_as = sorted({storable(native_id) for native_id in native_ids})
    asked = {"source_id": source_id, "native_ids": stored_as}
    changed: list[int] = []
    for post_id in connection.execute(_STILL_THERE, asked).scalars().all():
        before_edit(connection, post_id)
        emptied = _EMPTY | {"withdrawn_at": to_micros(now)}
        connection.execute(update(posts).where(posts.c.id == post_id).values(**emptied))
        rows = connection.execute(_OF_POST, {"post_id": post_id}).all()
        for row in rows:
            _empty(connection, row, change)
        own = [row.id for row in rows]
        changed += [*own, *succeed(connection, own, change)]
    return changed


def _empty(connection: Connection, row: Any, change: int) -> None:
    """Nothing to answer, to be alerted of, or to be the same story as. The reasons quote the text."""
    judged = judgement_from_json(row.verdict)
    wordless = Judgement(replace(judged.verdict, reasons=()), flagged=False, needs_answer=False)
    connection.execute(delete(alerts).where(alerts.c.mention_id == row.id))
    connection.execute(
        update(mentions)
        .where(mentions.c.id == row.id)
        .values(
            matches="[]",
            verdict=judgement_to_json(wordless),
            flagged=False,
            needs_answer=False,
            has_alert=False,
            story_key="",
            story_of=None,
            change_seq=change,
        )
    )
