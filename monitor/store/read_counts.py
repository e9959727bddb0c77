"""The numbers of the left navigation, each from the index of its view; they match what is listed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from monitor.model.mention import Counts
from monitor.model.source import SourceState
from monitor.store.schema import (
    ABOUT_US,
    DONE,
    DRAFTED,
    LISTED,
    OPEN,
    WAITING,
    alerts,
    mentions,
    sources,
)


def _count(view: ColumnElement[bool]) -> Select[int]:
    shown = and_(ABOUT_US, view, mentions.c.story_of.is_(None))
    return select(func.count()).select_from(mentions).where(shown)


# `at` is never negative: said only so that the index of the list is read, which starts with it.
_ALL = select(func.count()).select_from(mentions).where(LISTED, mentions.c.at >= 0)
_TO_ANSWER = (
    select(mentions.c.brand_id, func.count())
    .where(ABOUT_US, OPEN, mentions.c.story_of.is_(None))
    .group_by(mentions.c.brand_id)
)
_UNSEEN = (
    select(func.count())
    .select_from(alerts.join(mentions, mentions.c.id == alerts.c.mention_id))
    # IS TRUE and not ABOUT_US, which would start the read at an index of every mention.
    .where(alerts.c.seen_at.is_(None), mentions.c.about_us.is_(True))
)
_SOURCES = (
    select(sources.c.state, sources.c.paused, func.count())
    .where(sources.c.removed_at.is_(None))
    .group_by(sources.c.state, sources.c.paused)
)


def counts(connection: Connection) -> Counts:
    """Everything but the "not about us"."""
    by_brand = tuple((brand, number) for brand, number in connection.execute(_TO_ANSWER))
    states = connection.execute(_SOURCES).all()
    return Counts(
        to_answer=sum(number for _, number in by_brand),
        all=_one(connection, _ALL),
        waiting=_one(connection, _count(WAITING)),
        alerts_unseen=_one(connection, _UNSEEN),
        drafts=_one(connection, _count(DRAFTED)),
        done=_one(connection, _count(DONE)),
        by_brand=by_brand,
        sources=sum(number for _, _, number in states),
        sources_need_you=sum(
            number
            for state, paused, number in states
            if state == SourceState.NEEDS_YOU and not paused
        ),
    )


def _one(connection: Connection, statement: Select[int]) -> int:
    return connection.execute(statement).scalar_one()
