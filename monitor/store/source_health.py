"""What a poll says about its source: health, cursor, what it learned, posts a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from monitor.model.poll import AnalysedPost, PollOutcome
from monitor.store.json_columns import text_to_column
from monitor.store.schema import source_days, sources
from monitor.store.storable import storable
from monitor.store.times import DAY, list_time, maybe_to_micros, to_micros

DAYS_SHOWN = 7

_UPDATE = update(sources).where(sources.c.id == bindparam("source_id"))
_OLD_DAYS = delete(source_days).where(
    source_days.c.source_id == bindparam("source"), source_days.c.day < bindparam("oldest")
)
_DAYS = select(source_days.c.day).where(source_days.c.source_id == bindparam("source"))
_MORE = (
    update(source_days)
    .where(
        and_(source_days.c.source_id == bindparam("source"), source_days.c.day == bindparam("on"))
    )
    .values(posts=source_days.c.posts + bindparam("more"))
)
_INSERT_DAY = insert(source_days)


def write_health(
    connection: Connection,
    source: Any,
    outcome: PollOutcome,
    new_posts: Sequence[AnalysedPost],
    change: int,
) -> None:
    """`source` is the row as it was before. The poll's lease ends here."""
    now = to_micros(outcome.finished_at)
    succeeded = outcome.error is None
    values: dict[str, Any] = {
        "source_id": source.id,
        "state": outcome.state.value,
        "cursor": source.cursor if outcome.next_cursor is None else outcome.next_cursor,
        "last_attempt": now,
        "last_success": now if succeeded else source.last_success,
        "next_due": maybe_to_micros(outcome.next_due),
        "error": text_to_column(outcome.error),
        "hint": text_to_column(outcome.hint),
        "note": text_to_column(outcome.note) if succeeded else source.note,
        "failures": outcome.failures,
        "skipped": outcome.skipped,
        "items": source.items + len(new_posts),
        "name": source.name or storable(outcome.learned_name),
        "language": source.language or storable(outcome.learned_language),
        "lease_owner": None,
        "lease_until": None,
        "change_seq": change,
    }
    if outcome.lost_window:
        values |= {"gap_since": source.last_success, "gap_found": now}
    if outcome.moved_to and _address_is_free(connection, source.kind, outcome.moved_to):
        values["address"] = storable(outcome.moved_to)
    connection.execute(_UPDATE, values)
    if new_posts:
        _count_days(connection, source.id, now, new_posts)


def _address_is_free(connection: Connection, kind: str, address: str) -> bool:
    """A feed may move to an address that is already listened to: then both keep theirs."""
    taken = select(sources.c.id).where(
        sources.c.kind == kind, sources.c.address == storable(address)
    )
    return connection.execute(taken).first() is None


def _count_days(
    connection: Connection, source_id: int, now: int, new_posts: Sequence[AnalysedPost]
) -> None:
    """A post counts on the day it was published, today when it does not say."""
    today = now // DAY
    oldest = today - DAYS_SHOWN + 1
    days = Counter(
        today if item.post.published is None else list_time(item.post.published) // DAY
        for item in new_posts
    )
    shown = {day: count for day, count in days.items() if oldest <= day <= today}
    asked = {"source": source_id, "oldest": oldest}
    connection.execute(_OLD_DAYS, asked)
    stored = set(connection.execute(_DAYS, asked).scalars())
    for day, count in shown.items():
        if day in stored:
            connection.execute(_MORE, {"source": source_id, "on": day, "more": count})
        else:
            connection.execute(_INSERT_DAY, {"source_id": source_id, "day": day, "posts": count})
