"""What a person does with mentions: file, snooze, correct, look at. In the caller's transaction.

A step on a mention is a step on its story: the copies that its row stands for follow it. A step on a
copy is one on the whole story only where both are the same post, brought by two sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from monitor.model.mention import Correction, TriageState
from monitor.store.changes import next_change
from monitor.store.json_columns import judgement_from_json
from monitor.store.schema import WAITING, alerts, brands, mentions, posts, verdict_corrections
from monitor.store.shown import shown_values
from monitor.store.times import maybe_to_micros, to_micros

CHUNK = 500
"""Ids in one statement; a person may file thousands at once."""

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STORY_ROWS = (
    select(
        mentions.c.id,
        mentions.c.post_id,
        mentions.c.verdict,
        mentions.c.correction,
        brands.c.rival,
        posts.c.withdrawn_at,
    )
    .join(brands, brands.c.id == mentions.c.brand_id)
    .join(posts, posts.c.id == mentions.c.post_id)
    .where(or_(mentions.c.id == bindparam("head"), mentions.c.story_of == bindparam("head")))
    .order_by(mentions.c.id)
)
_copy, _copied = mentions.alias("copy"), posts.alias("copied")
_SAME_POSTS = (
    select(mentions.c.id)
    .join(_copy, _copy.c.story_of == mentions.c.id)
    .join(_copied, _copied.c.id == _copy.c.post_id)
    .join(posts, posts.c.id == mentions.c.post_id)
    .where(_copy.c.id.in_(_IDS), posts.c.native_id == _copied.c.native_id)
)
"""The rows of which these are no mere copies, but the same post from another source."""
_VERSION = select(func.max(verdict_corrections.c.version)).where(
    verdict_corrections.c.mention_id == bindparam("mention")
)


def set_state(
    connection: Connection,
    mention_ids: Sequence[int],
    state: TriageState,
    wake_at: datetime | None,
) -> tuple[int, ...]:
    """The ids that changed. `wake_at` counts for WAITING only."""
    wake = maybe_to_micros(wake_at) if state is TriageState.WAITING else None
    change = next_change(connection)
    changed: list[int] = []
    for chunk in _chunks(mention_ids):
        ids = [*chunk, *connection.execute(_SAME_POSTS, {"ids": chunk}).scalars()]
        statement = (
            update(mentions)
            .where(or_(mentions.c.id.in_(_IDS), mentions.c.story_of.in_(_IDS)))
            .values(state=state.value, wake_at=wake, change_seq=change)
            .returning(mentions.c.id)
        )
        changed += connection.execute(statement, {"ids": ids}).scalars()
    return tuple(changed)


def wake_due(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Snoozed mentions whose hour has come are open again; their ids."""
    due = and_(WAITING, mentions.c.wake_at <= to_micros(now))
    # Asked several times a minute: a disk that sleeps is not woken for nothing.
    if connection.execute(select(mentions.c.id).where(due).limit(1)).first() is None:
        return ()
    statement = (
        update(mentions)
        .where(due)
        .values(
            state=TriageState.OPEN.value,
            wake_at=None,
            seen=False,
            change_seq=next_change(connection),
        )
        .returning(mentions.c.id)
    )
    return tuple(connection.execute(statement).scalars())


def correct(
    connection: Connection, mention_id: int, correction: Correction | None, now: datetime
) -> tuple[int, ...]:
    """Keep a person's word, or take it back (None); the ids that changed, copies included."""
    change = next_change(connection)
    word = None if correction is None else correction.value
    changed = []
    for row in connection.execute(_STORY_ROWS, {"head": mention_id}).all():
        if row.correction == word:
            continue
        judged = judgement_from_json(row.verdict)
        withdrawn = row.withdrawn_at is not None
        values = shown_values(judged, correction, rival=row.rival, withdrawn=withdrawn)
        connection.execute(
            update(mentions)
            .where(mentions.c.id == row.id)
            .values(correction=word, change_seq=change, **values)
        )
        changed.append(row.id)
        if row.id == mention_id:
            _remember(connection, row, word, judged.verdict.tone.value, now)
    return tuple(changed)


def mark_seen(connection: Connection, mention_ids: Sequence[int], now: datetime) -> tuple[int, ...]:
    """Their dots go, and their alerts are seen too; the ids that changed."""
    change = next_change(connection)
    changed: list[int] = []
    for ids in _chunks(mention_ids):
        connection.execute(
            update(alerts)
            .where(alerts.c.mention_id.in_(_IDS), alerts.c.seen_at.is_(None))
            .values(seen_at=to_micros(now)),
            {"ids": ids},
        )
        statement = (
            update(mentions)
            .where(mentions.c.id.in_(_IDS), ~mentions.c.seen)
            .values(seen=True, change_seq=change)
            .returning(mentions.c.id)
        )
        changed += connection.execute(statement, {"ids": ids}).scalars()
    return tuple(changed)


def mark_notified(connection: Connection, mention_ids: Sequence[int], now: datetime) -> None:
    """Their alerts reached the desktop."""
    for ids in _chunks(mention_ids):
        connection.execute(
            update(alerts).where(alerts.c.mention_id.in_(_IDS)).values(notified_at=to_micros(now)),
            {"ids": ids},
        )


def _remember(connection: Connection, row: Any, word: str | None, tone: str, now: datetime) -> None:
    last = connection.execute(_VERSION, {"mention": row.id}).scalar_one() or 0
    connection.execute(
        insert(verdict_corrections).values(
            post_id=row.post_id,
            mention_id=row.id,
            version=last + 1,
            correction=word,
            verdict_tone=tone,
            at=to_micros(now),
        )
    )


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield list(ids[start : start + CHUNK])
