"""The same text in several places is one row of the list, its first mention. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from monitor.store.schema import mentions


def succeed(connection: Connection, heads: Sequence[int], change: int) -> list[int]:
    """The oldest copy still shown takes the place of a head that left its story; those that did."""
    copies = select(mentions.c.story_of, func.min(mentions.c.id)).where(
        mentions.c.story_of.in_(heads), mentions.c.about_us.is_(True)
    )
    heirs = connection.execute(copies.group_by(mentions.c.story_of)).all()
    for head, heir in heirs:
        own = update(mentions).where(mentions.c.id == heir)
        connection.execute(own.values(story_of=None, change_seq=change))
        others = update(mentions).where(mentions.c.story_of == head)
        connection.execute(others.values(story_of=heir, change_seq=change))
    return [heir for _, heir in heirs]
