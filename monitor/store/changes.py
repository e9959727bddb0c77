"""The counter that numbers every write, for "what changed since" from another program."""

from __future__ import annotations

from sqlalchemy import Connection, update

from monitor.store.schema import meta

_KEY = "change_seq"
_NEXT = (
    update(meta).where(meta.c.key == _KEY).values(value=meta.c.value + 1).returning(meta.c.value)
)


def next_change(connection: Connection) -> int:
    """The number of this transaction's changes; call it once per transaction."""
    return int(connection.execute(_NEXT).scalar_one())
