"""Sources with their health for the person, and what the scheduler needs of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from monitor.infra.http_errors import got_no_answer
from monitor.model.source import SourceState, SourceStatus
from monitor.store.json_columns import text_from_column
from monitor.store.records import PollingState
from monitor.store.schema import ABOUT_US, AnyRow, mentions, posts, source_days, sources
from monitor.store.source_health import DAYS_SHOWN
from monitor.store.source_rows import source_from_row
from monitor.store.storable import storable
from monitor.store.times import DAY, from_micros, maybe_from_micros, to_micros

GAP_SHOWN = 7 * DAY
"""How long a stretch that may have been missed is pointed out after it was noticed."""

_SOURCES = select(sources).where(sources.c.removed_at.is_(None)).order_by(sources.c.id)
_SOURCE = _SOURCES.where(sources.c.id == bindparam("source_id"))
_MENTIONS = (
    select(mentions.c.source_id, func.count().label("named"))
    .where(ABOUT_US)
    .group_by(mentions.c.source_id)
)
_DAYS = select(source_days).where(source_days.c.day >= bindparam("oldest"))
_HASHES = select(posts.c.native_id, posts.c.content_hash).where(
    posts.c.source_id == bindparam("source_id"),
    posts.c.native_id.in_(bindparam("native_ids", expanding=True)),
)


def source_statuses(connection: Connection, now: datetime) -> tuple[SourceStatus, ...]:
    """All that are not removed, in the order they were added."""
    today = to_micros(now) // DAY
    oldest = today - DAYS_SHOWN + 1
    named = {row.source_id: row.named for row in connection.execute(_MENTIONS)}
    days: defaultdict[int, list[int]] = defaultdict(lambda: [0] * DAYS_SHOWN)
    for row in connection.execute(_DAYS, {"oldest": oldest}):
        if row.day <= today:
            days[row.source_id][row.day - oldest] = row.posts
    return tuple(
        _status(row, named.get(row.id, 0), tuple(days[row.id]), to_micros(now))
        for row in connection.execute(_SOURCES)
    )


def polling_states(connection: Connection) -> tuple[PollingState, ...]:
    return tuple(polling_from_row(row) for row in connection.execute(_SOURCES))


def polling_state(connection: Connection, source_id: int) -> PollingState | None:
    row = connection.execute(_SOURCE, {"source_id": source_id}).one_or_none()
    return None if row is None else polling_from_row(row)


def known_hashes(
    connection: Connection, source_id: int, native_ids: Sequence[str]
) -> dict[str, str]:
    """Of these posts, those that are stored: native id -> content hash."""
    if not native_ids:
        return {}
    stored_as = {native_id: storable(native_id) for native_id in native_ids}
    asked = {"source_id": source_id, "native_ids": sorted(set(stored_as.values()))}
    hashes = {row.native_id: row.content_hash for row in connection.execute(_HASHES, asked)}
    return {
        native_id: hashes[stored] for native_id, stored in stored_as.items() if stored in hashes
    }


def polling_from_row(row: AnyRow) -> PollingState:
    return PollingState(
        source=source_from_row(row),
        cursor=row.cursor,
        failures=row.failures,
        items=row.items,
        state=_state(row),
        next_due=maybe_from_micros(row.next_due),
        last_success=maybe_from_micros(row.last_success),
    )


def _status(row: AnyRow, named: int, per_day: tuple[int, ...], now: int) -> SourceStatus:
    shows_gap = row.gap_found is not None and now - row.gap_found < GAP_SHOWN
    error = text_from_column(row.error)
    return SourceStatus(
        source=source_from_row(row),
        state=_state(row),
        last_success=maybe_from_micros(row.last_success),
        last_attempt=maybe_from_micros(row.last_attempt),
        next_due=maybe_from_micros(row.next_due),
        error=error,
        hint=text_from_column(row.hint),
        failures=row.failures,
        items=row.items,
        mentions=named,
        skipped=row.skipped,
        per_day=per_day,
        gap_since=from_micros(row.gap_since) if shows_gap and row.gap_since is not None else None,
        note=text_from_column(row.note),
        unreached=got_no_answer(error),
    )


def _state(row: AnyRow) -> SourceState:
    return SourceState.PAUSED if row.paused else SourceState(row.state)
