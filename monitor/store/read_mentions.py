"""Mentions with all that the list and the detail panel show, built from one joined read."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, or_, select

from monitor.model.mention import (
    Correction,
    Draft,
    Mention,
    MentionDetail,
    OwnAnswer,
    TriageState,
)
from monitor.model.outgoing import SendingState
from monitor.model.post import Author
from monitor.model.verdict import Tone
from monitor.store.json_columns import judgement_from_json, matches_from_json
from monitor.store.post_rows import POST_COLUMNS, post_from_row
from monitor.store.schema import (
    ABOUT_US,
    HAS_AUTHOR,
    brands,
    drafts,
    mentions,
    own_answers,
    posts,
    sendings,
    sources,
)
from monitor.store.times import from_micros, maybe_from_micros

_TONES = {tone.value: tone for tone in Tone}
_STATES = {state.value: state for state in TriageState}

_MAY_BE_SENT = (SendingState.SENDING, SendingState.SENT, SendingState.UNKNOWN)
SURROUNDINGS = 20
"""Most entries of a detail's lists."""
CHUNK = 500

_copy = mentions.alias("copy")
_own = mentions.c
_head = func.coalesce(_own.story_of, _own.id)
_OUTLETS = (
    select(func.count()).select_from(_copy).where(_copy.c.story_of == _head).scalar_subquery() + 1
)
_MENTION = (
    select(
        _own.id,
        _own.brand_id,
        brands.c.name.label("brand_name"),
        _own.source_id,
        sources.c.name.label("source_name"),
        sources.c.address.label("source_address"),
        sources.c.kind.label("source_kind"),
        _own.at,
        posts.c.first_seen,
        posts.c.edited_at,
        posts.c.withdrawn_at,
        _own.matches,
        _own.verdict,
        _own.tone,
        _own.flagged,
        _own.needs_answer,
        _own.correction,
        _own.state,
        _own.wake_at,
        _own.seen,
        _own.has_alert,
        _own.has_draft,
        _own.author_key,
        _own.story_of,
        _OUTLETS.label("outlets"),
        *POST_COLUMNS,
    )
    .join(posts, posts.c.id == _own.post_id)
    .join(brands, brands.c.id == _own.brand_id)
    .join(sources, sources.c.id == _own.source_id)
)
# A row of the driver's tuples; SQLAlchemy's own rows find a column by name far more slowly.
_Stored = namedtuple("_Stored", [c.name for c in _MENTION.selected_columns])  # type: ignore[misc]  # named after the select
_BY_IDS = _MENTION.where(_own.id.in_(bindparam("ids", expanding=True)))
_newest = (_own.at.desc(), _own.id.desc())
BY_AUTHOR = (
    select(_own.id)
    .where(
        _own.author_key == bindparam("author"),
        HAS_AUTHOR,
        _own.id != bindparam("id"),
        ABOUT_US,
    )
    .order_by(*_newest)
)
_AUTHOR_COUNT = select(func.count()).select_from(BY_AUTHOR.order_by(None).subquery())
_SAME_STORY = (
    select(_own.id)
    .where(
        or_(_own.story_of == bindparam("head"), _own.id == bindparam("head")),
        _own.id != bindparam("id"),
    )
    .order_by(*_newest)
    .limit(SURROUNDINGS)
)
# What we sent ourselves, or may have sent, is told by the outbox.
_SENT = exists().where(
    sendings.c.mention_id == own_answers.c.mention_id,
    sendings.c.state.in_([state.value for state in _MAY_BE_SENT]),
)
_ANSWER = (
    select(
        posts.c.author_name,
        posts.c.author_handle,
        posts.c.author_url,
        posts.c.url,
        posts.c.withdrawn_at,
        own_answers.c.at,
    )
    .join(posts, posts.c.id == own_answers.c.post_id)
    .where(own_answers.c.mention_id == bindparam("id"), ~_SENT)
)
_DRAFT = select(drafts).where(drafts.c.mention_id == bindparam("id"))


def mentions_by_ids(connection: Connection, ids: Sequence[int]) -> tuple[Mention, ...]:
    """In the order asked for; ids that no longer exist are left out."""
    rows = _rows(connection, ids)
    return tuple(_mention(rows[wanted]) for wanted in ids if wanted in rows)


def mention_detail(connection: Connection, mention_id: int) -> MentionDetail | None:
    """None when the mention no longer exists."""
    row = _rows(connection, (mention_id,)).get(mention_id)
    if row is None:
        return None
    asked = {"author": row.author_key, "id": mention_id, "head": row.story_of or mention_id}
    by_author = BY_AUTHOR.limit(SURROUNDINGS)
    earlier = tuple(connection.execute(by_author, asked).scalars())
    count = len(earlier)
    if count == SURROUNDINGS:
        count = connection.execute(_AUTHOR_COUNT, asked).scalar_one()
    story = tuple(connection.execute(_SAME_STORY, asked).scalars())
    return MentionDetail(
        mention=_mention(row),
        earlier=mentions_by_ids(connection, earlier),
        earlier_count=count,
        same_story=mentions_by_ids(connection, story),
        draft=_draft(connection, mention_id),
        answer=_answer(connection, row),
    )


def _rows(connection: Connection, ids: Sequence[int]) -> dict[int, Any]:
    rows: dict[int, Any] = {}
    for start in range(0, len(ids), CHUNK):
        asked = {"ids": list(ids[start : start + CHUNK])}
        rows |= {row[0]: _Stored._make(row) for row in connection.execute(_BY_IDS, asked)}
    return rows


def _draft(connection: Connection, mention_id: int) -> Draft | None:
    row = connection.execute(_DRAFT, {"id": mention_id}).one_or_none()
    if row is None:
        return None
    return Draft(mention_id, row.text, row.language, row.template, from_micros(row.updated_at))


def _answer(connection: Connection, mention: Any) -> OwnAnswer | None:
    if mention.state != TriageState.ANSWERED:
        return None
    row = connection.execute(_ANSWER, {"id": mention.id}).one_or_none()
    if row is None:
        return None
    author = Author(row.author_name, row.author_handle, row.author_url)
    return OwnAnswer(author, "" if row.withdrawn_at else row.url, from_micros(row.at))


def _mention(row: Any) -> Mention:
    return Mention(
        id=row.id,
        brand_id=row.brand_id,
        brand_name=row.brand_name,
        source_id=row.source_id,
        source_name=row.source_name or row.source_address,
        source_kind=row.source_kind,
        post=post_from_row(row),
        at=from_micros(row.at),
        first_seen=from_micros(row.first_seen),
        matches=matches_from_json(row.matches),
        verdict=judgement_from_json(row.verdict).verdict,
        tone=_TONES[row.tone],
        flagged=row.flagged,
        needs_answer=row.needs_answer,
        correction=None if row.correction is None else Correction(row.correction),
        state=_STATES[row.state],
        wake_at=maybe_from_micros(row.wake_at),
        seen=row.seen,
        edited=row.edited_at is not None,
        outlets=row.outlets,
        has_alert=row.has_alert,
        has_draft=row.has_draft,
        withdrawn=row.withdrawn_at is not None,
    )
