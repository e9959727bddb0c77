"""The order of the list, newest first, and paging in it by key: never by counting rows. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, tuple_

from monitor.model.mention import MentionKey
from monitor.store.schema import mentions
from monitor.store.times import to_micros


def newest_first(
    statement: Select[Any], after: MentionKey | None, since: datetime | None
) -> Select[Any]:
    """`statement` reads mentions; only what comes strictly after `after` and not before `since`."""
    if after is not None:
        place = tuple_(literal(to_micros(after.at)), literal(after.id))
        statement = statement.where(tuple_(mentions.c.at, mentions.c.id) < place)
    if since is not None:
        statement = statement.where(mentions.c.at >= to_micros(since))
    return statement.order_by(mentions.c.at.desc(), mentions.c.id.desc())
