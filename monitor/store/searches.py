"""Which saved brands still have to be looked for in stored posts: a kill in between loses no search.

In the caller's transaction. One row of `meta` a brand; it is gone when the search is over.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from monitor.store.schema import meta

_PREFIX = "search:"


def begin_search(connection: Connection, brand_id: int) -> None:
    """The brand was saved; a search of it that was under way begins again."""
    end_search(connection, brand_id)
    connection.execute(insert(meta).values(key=f"{_PREFIX}{brand_id}", value=brand_id))


def end_search(connection: Connection, brand_id: int) -> None:
    connection.execute(delete(meta).where(meta.c.key == f"{_PREFIX}{brand_id}"))


def unfinished_searches(connection: Connection) -> tuple[int, ...]:
    """Brand ids."""
    wanted = select(meta.c.value).where(meta.c.key.startswith(_PREFIX)).order_by(meta.c.value)
    return tuple(connection.execute(wanted).scalars())
