"""Inserting mentions and re-analysing them. Runs inside the caller's transaction.

A re-analysis changes what the program thinks, never what a person did: state, correction, draft.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from monitor.model.mention import Correction, TriageState
from monitor.model.poll import BrandMention
from monitor.model.post import Post
from monitor.store.json_columns import (
    Judgement,
    judgement_from_json,
    judgement_to_json,
    matches_to_json,
)
from monitor.store.post_rows import author_key
from monitor.store.schema import HAS_STORY, alerts, brands, mentions
from monitor.store.shown import shown_values
from monitor.store.times import list_time, to_micros

_INSERT = insert(mentions).returning(mentions.c.id)
_INSERT_ALERT = insert(alerts)
UNTOUCHED = and_(
    mentions.c.about_us,
    mentions.c.correction.is_(None),
    ~mentions.c.has_draft,
    mentions.c.state == TriageState.OPEN.value,
)
"""No person did anything with it yet: the program may take it from the lists."""

STORY = (
    select(mentions.c.id)
    .where(
        mentions.c.brand_id == bindparam("brand_id"),
        mentions.c.story_key == bindparam("story_key"),
        HAS_STORY,
        mentions.c.story_of.is_(None),
        # One that its brand no longer finds is on no list; a copy behind it would be on none either.
        or_(mentions.c.about_us.is_(True), mentions.c.correction.is_not(None)),
    )
    .order_by(mentions.c.id)
    .limit(1)
)
_OF_POST = (
    select(
        mentions.c.id,
        mentions.c.brand_id,
        mentions.c.correction,
        mentions.c.verdict,
        brands.c.rival,
    )
    .join(brands, brands.c.id == mentions.c.brand_id)
    .where(mentions.c.post_id == bindparam("post_id"))
)


def insert_mention(
    connection: Connection,
    *,
    source_id: int,
    post_id: int,
    post: Post,
    found: BrandMention,
    now: datetime,
    change: int,
    may_alert: bool,
    same: Any | None = None,
) -> tuple[int, bool]:
    """The new mention's id, and whether an alert was raised: never for a story that is known.

    `same` is the same post, brought by another source (Places.same_post): the mention joins its row
    whatever its text, of which networks show more or less, and is as far along. The caller gives the new ids to `search.add_mentions` when all are in.
    """
    story = same.head if same is not None else _story(connection, found)
    alert = found.alerts and may_alert and story is None
    judged = Judgement(found.verdict, found.flagged, found.needs_answer)
    values: dict[str, Any] = {
        "post_id": post_id,
        "brand_id": found.brand_id,
        "source_id": source_id,
        "at": list_time(post.published or now),
        "author_key": author_key(source_id, post.author),
        "story_key": found.story_key,
        "story_of": story,
        "matches": matches_to_json(found.matches),
        "verdict": judgement_to_json(judged),
        "correction": None,
        "state": same.state if same is not None else TriageState.OPEN.value,
        "wake_at": same.wake_at if same is not None else None,
        "seen": False,
        "has_alert": alert,
        "has_draft": False,
        "change_seq": change,
    }
    values |= shown_values(judged, None, rival=False)
    mention_id = connection.execute(_INSERT, values).scalar_one()
    if alert:
        connection.execute(
            _INSERT_ALERT,
            {"mention_id": mention_id, "raised_at": to_micros(now)},
        )
    return mention_id, alert


def mentions_of_post(connection: Connection, post_id: int) -> dict[int, Any]:
    """By brand id: rows with id, correction, verdict and rival."""
    return {row.brand_id: row for row in connection.execute(_OF_POST, {"post_id": post_id})}


def reanalyse(connection: Connection, row: Any, found: BrandMention, change: int) -> None:
    """The post was edited and still names the brand."""
    judged = Judgement(found.verdict, found.flagged, found.needs_answer)
    _change(
        connection,
        row.id,
        change,
        matches=matches_to_json(found.matches),
        verdict=judgement_to_json(judged),
        **shown_values(judged, _correction(row), rival=row.rival),
    )


def lose_places(connection: Connection, row: Any, change: int) -> None:
    """The post was edited and no longer names the brand: it stays, but nothing is underlined."""
    judged = judgement_from_json(row.verdict)
    reasons = tuple(replace(reason, start=0, end=0) for reason in judged.verdict.reasons)
    unplaced = replace(judged, verdict=replace(judged.verdict, reasons=reasons))
    _change(connection, row.id, change, matches="[]", verdict=judgement_to_json(unplaced))


def _story(connection: Connection, found: BrandMention) -> int | None:
    if not found.story_key:
        return None
    asked = {"brand_id": found.brand_id, "story_key": found.story_key}
    return connection.execute(STORY, asked).scalar_one_or_none()


def _correction(row: Any) -> Correction | None:
    return None if row.correction is None else Correction(row.correction)


def _change(connection: Connection, mention_id: int, change: int, **values: Any) -> None:
    statement = update(mentions).where(mentions.c.id == mention_id)
    connection.execute(statement.values(change_seq=change, **values))
