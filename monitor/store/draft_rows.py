"""Replies being written, one per mention. In the caller's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from monitor.model.mention import Draft, TriageState
from monitor.store.changes import next_change
from monitor.store.own_posts import forget_answers
from monitor.store.schema import drafts, mentions
from monitor.store.storable import storable
from monitor.store.times import to_micros
from monitor.store.triage import set_state

_DRAFT = select(drafts.c.id, drafts.c.answered_at).where(
    drafts.c.mention_id == bindparam("mention")
)
_EXISTS = select(mentions.c.id).where(mentions.c.id == bindparam("mention"))


def save_draft(
    connection: Connection, mention_id: int, text: str, language: str, template: str, now: datetime
) -> Draft:
    """Keep what was typed. A mention that is gone (its brand was removed) keeps nothing.

    Writing on after the answer is a new reply, with a new idempotency key.
    """
    draft = Draft(mention_id, storable(text), language, template, now)
    if connection.execute(_EXISTS, {"mention": mention_id}).first() is None:
        return draft
    change = next_change(connection)
    values = {
        "text": draft.text,
        "language": language,
        "template": template,
        "updated_at": to_micros(now),
        "answered_at": None,
        "change_seq": change,
    }
    stored = connection.execute(_DRAFT, {"mention": mention_id}).one_or_none()
    if stored is None or stored.answered_at is not None:
        values["idempotency_key"] = uuid.uuid4().hex
    if stored is None:
        connection.execute(insert(drafts).values(mention_id=mention_id, **values))
    else:
        connection.execute(update(drafts).where(drafts.c.id == stored.id).values(**values))
    _set_has_draft(connection, mention_id, bool(draft.text.strip()), change)
    return draft


def mark_answered(connection: Connection, mention_id: int, now: datetime) -> tuple[int, ...]:
    """The reply is published: the draft stays with the mention; the ids that changed."""
    forget_answers(connection, (mention_id,))
    changed = set_state(connection, (mention_id,), TriageState.ANSWERED, None)
    change = next_change(connection)
    connection.execute(
        update(drafts)
        .where(drafts.c.mention_id == mention_id)
        .values(answered_at=to_micros(now), change_seq=change)
    )
    _set_has_draft(connection, mention_id, False, change)
    return changed


def take_back_answer(connection: Connection, mention_ids: Sequence[int]) -> None:
    """Answered mentions are to be open again: their replies were not published after all."""
    forget_answers(connection, mention_ids)
    answered = select(mentions.c.id).where(
        mentions.c.id.in_(mention_ids), mentions.c.state == TriageState.ANSWERED.value
    )
    unsent = update(drafts).where(drafts.c.mention_id.in_(answered), drafts.c.text != "")
    taken_back = unsent.values(answered_at=None).returning(drafts.c.mention_id)
    for mention_id in connection.execute(taken_back).scalars().all():
        _set_has_draft(connection, mention_id, True, next_change(connection))


def _set_has_draft(connection: Connection, mention_id: int, has: bool, change: int) -> None:
    connection.execute(
        update(mentions).where(mentions.c.id == mention_id).values(has_draft=has, change_seq=change)
    )
