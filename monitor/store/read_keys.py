"""The list's filters: which keys come next. Keyset paging only, one index per shape.

SQLite has no statistics of a young database and would choose among the indexes by guessing. So the
filter that leads is chosen here; the others are written so that no index starts with them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, literal_column, select

from monitor.model.mention import MentionFilter, MentionKey, View
from monitor.store.order import newest_first
from monitor.store.schema import (
    ABOUT_US,
    ALERTED,
    DONE,
    DRAFTED,
    LISTED,
    NOT_US,
    OPEN,
    WAITING,
    mentions,
)
from monitor.store.search import by_words, wanted_words
from monitor.store.times import from_micros

_VIEWS: dict[View, ColumnElement[bool]] = {
    View.TO_ANSWER: OPEN,
    View.WAITING: WAITING,
    View.ALERTS: ALERTED,
    View.DRAFTS: DRAFTED,
    View.DONE: DONE,
}
_NO_STORY = func.coalesce(mentions.c.story_of, literal_column("0")) == literal_column("0")
"""As `story_of IS NULL`, but not what the indexes of the whole list are made for."""


def keys_statement(
    wanted: MentionFilter, after: MentionKey | None, limit: int, dialect: str
) -> Select[Any] | None:
    """None when nothing can match: a search for signs alone."""
    words = wanted_words(wanted.text)
    if wanted.text.strip() and not words:
        return None
    statement = select(mentions.c.at, mentions.c.id).limit(limit)
    filters = _filters(wanted)
    lead = () if words else _lead(wanted, filters)
    for column, value in filters.items():
        statement = statement.where((column if column in lead else _unindexed(column)) == value)
    statement = statement.where(*_shown(wanted))
    if words:
        return by_words(statement, dialect, words, after, wanted.since)
    return newest_first(statement, after, wanted.since)


def keys(
    connection: Connection, wanted: MentionFilter, after: MentionKey | None, limit: int
) -> tuple[MentionKey, ...]:
    statement = keys_statement(wanted, after, limit, connection.dialect.name)
    if statement is None:
        return ()
    return tuple(MentionKey(from_micros(at), key) for at, key in connection.execute(statement))


def _shown(wanted: MentionFilter) -> tuple[ColumnElement[bool], ...]:
    """A story is one row, its first mention; a source shows its own copies too."""
    if wanted.not_us:
        return (NOT_US,)
    if wanted.view is View.ALL:
        return (ABOUT_US,) if wanted.source_id is not None else (LISTED,)
    view = (ABOUT_US, _VIEWS[wanted.view])
    return view if wanted.source_id is not None else (*view, _NO_STORY)


def _filters(wanted: MentionFilter) -> dict[Column[Any], Any]:
    asked: dict[Column[Any], Any] = {
        mentions.c.brand_id: wanted.brand_id,
        mentions.c.source_id: wanted.source_id,
        mentions.c.tone: None if wanted.tone is None else wanted.tone.value,
        mentions.c.intent: None if wanted.intent is None else wanted.intent.value,
        mentions.c.language: wanted.language or None,
    }
    return {column: value for column, value in asked.items() if value is not None}


def _lead(wanted: MentionFilter, filters: dict[Column[Any], Any]) -> tuple[Column[Any], ...]:
    """The columns that an index of this shape starts with."""
    c = mentions.c
    if wanted.not_us:
        shapes: tuple[tuple[Column[Any], ...], ...] = ()
    elif wanted.view is View.ALL:
        shapes = (
            (c.source_id,),
            (c.brand_id, c.tone),
            (c.brand_id,),
            (c.language,),
            (c.intent,),
            (c.tone,),
        )
    elif wanted.view is View.TO_ANSWER:
        shapes = ((c.brand_id,),)
    else:
        shapes = ()
    return next((shape for shape in shapes if all(column in filters for column in shape)), ())


def _unindexed(column: Column[Any]) -> ColumnElement[Any]:
    """The same value, in words that no index starts with."""
    if column.type.python_type is str:
        return column.concat(literal_column("''"))
    return column + literal_column("0")
