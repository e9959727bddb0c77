"""Full-text search over the posts that name a brand; the one place where the database's kind shows.

SQLite: an FTS5 table without stored content, whose row numbers hold the second and the id of the
mention. So the index itself yields matches newest first, one page at a time, however common the
word (measured: sorting the matches of a common word among a million takes half a second).
PostgreSQL: an expression over `posts`; that branch has never run against a server.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    text,
)

from monitor.model.mention import MentionKey
from monitor.store.order import newest_first
from monitor.store.schema import mentions, posts
from monitor.store.storable import storable
from monitor.store.times import SECOND, to_micros

ID_BITS = 30
"""A billion mentions; the other 33 bits of the row number are seconds since 1970."""
MAX_WORDS = 12
MAX_WORD = 64

FTS_TABLE = "mention_words"

# Not in the schema's metadata: only SQLite has it. `words` is the table as a MATCH operand.
words = Table(
    FTS_TABLE, MetaData(), Column("rowid", BigInteger), Column(FTS_TABLE, Text, key="words")
)

_ROW = f"(mentions.at / {SECOND} << {ID_BITS}) | mentions.id"
_BODY = (
    "posts.title || char(10) || posts.text || char(10) || "
    "posts.author_name || char(10) || posts.author_handle"
)
# What was withdrawn has no words in the index: to take them out twice would damage it.
_FROM = "FROM mentions JOIN posts ON posts.id = mentions.post_id AND posts.withdrawn_at IS NULL"
_ADD = f"INSERT INTO {FTS_TABLE} (rowid, body) SELECT {_ROW}, {_BODY} {_FROM}"
_TAKE_OUT = (
    f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rowid, body) SELECT 'delete', {_ROW}, {_BODY} {_FROM}"
)
ADD_POST = text(f"{_ADD} WHERE mentions.post_id = :post_id")
# In the order of the row numbers: FTS5 writes out all it has gathered whenever a number goes down.
ADD_MENTIONS = text(f"{_ADD} WHERE mentions.id IN :mention_ids ORDER BY 1").bindparams(
    bindparam("mention_ids", expanding=True)
)
TAKE_OUT_POST = text(f"{_TAKE_OUT} WHERE mentions.post_id = :post_id")
TAKE_OUT_BRAND = text(f"{_TAKE_OUT} WHERE mentions.brand_id = :brand_id")


def add_mentions(connection: Connection, mention_ids: Sequence[int]) -> None:
    """Index mentions that were just inserted."""
    if mention_ids and _is_sqlite(connection):
        connection.execute(ADD_MENTIONS, {"mention_ids": mention_ids})


def before_edit(connection: Connection, post_id: int) -> None:
    """Take a post's words out of the index, with the words it still has; then change the post."""
    if _is_sqlite(connection):
        connection.execute(TAKE_OUT_POST, {"post_id": post_id})


def after_edit(connection: Connection, post_id: int) -> None:
    if _is_sqlite(connection):
        connection.execute(ADD_POST, {"post_id": post_id})


def before_brand_removal(connection: Connection, brand_id: int) -> None:
    if _is_sqlite(connection):
        connection.execute(TAKE_OUT_BRAND, {"brand_id": brand_id})


def wanted_words(typed: str) -> tuple[str, ...]:
    """What to look for, at most MAX_WORDS; empty when nothing typed holds a letter or a digit.

    Quotes and control characters are dropped here, so that nothing typed is syntax later.
    """
    found = re.split(r'[\s"\x00-\x1f]+', storable(typed))
    return tuple(
        word[:MAX_WORD] for word in found if any(sign.isalnum() for sign in word[:MAX_WORD])
    )[:MAX_WORDS]


def match_expression(wanted: tuple[str, ...]) -> str:
    """FTS5's query: all of them, the last one perhaps still being typed. `C&A` is the phrase `C A`."""
    return " AND ".join(f'"{word}"' for word in wanted) + "*"


def by_words(
    statement: Select[Any],
    dialect: str,
    wanted: tuple[str, ...],
    after: MentionKey | None,
    since: datetime | None,
) -> Select[Any]:
    """Only mentions whose post holds all these words, newest first. `statement` reads mentions."""
    if dialect != "sqlite":
        return newest_first(statement.join(posts).where(_tsvector_match(wanted)), after, since)
    row = words.c.rowid
    statement = statement.join(words, mentions.c.id == row.bitwise_and((1 << ID_BITS) - 1))
    statement = statement.where(words.c.words.match(match_expression(wanted)))
    if after is not None:
        statement = statement.where(row < (_second(after.at) << ID_BITS | after.id))
    if since is not None:
        statement = statement.where(row >= -(-to_micros(since) // SECOND) << ID_BITS)
    return statement.order_by(row.desc())


def _tsvector_match(wanted: tuple[str, ...]) -> ColumnElement[bool]:
    body = posts.c.title + "\n" + posts.c.text + "\n" + posts.c.author_name
    vector = func.to_tsvector(literal_column("'simple'"), body)
    query = func.websearch_to_tsquery(literal_column("'simple'"), " ".join(wanted))
    return vector.op("@@", is_comparison=True)(query)


def _second(moment: datetime) -> int:
    return to_micros(moment) // SECOND


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
