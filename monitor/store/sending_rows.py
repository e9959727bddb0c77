"""Replies on their way, and the list of all that were: states and who may change them. In the
caller's transaction.

Every change of state names the states it may come from: two processes on one profile send once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)

from monitor.errors import BadInput
from monitor.model.outgoing import AuditEntry, Sending, SendingState
from monitor.store import draft_rows
from monitor.store.account_rows import account_there, sent_in_a_day
from monitor.store.changes import next_change
from monitor.store.json_columns import text_from_column, text_to_column
from monitor.store.places import mentions_in_post
from monitor.store.schema import AnyRow, accounts, mentions, posts, sendings
from monitor.store.storable import storable
from monitor.store.times import from_micros, maybe_from_micros, to_micros
from monitor.text import Text, text

_WAITING, _SENDING = SendingState.WAITING.value, SendingState.SENDING.value
_UNKNOWN, _FAILED = SendingState.UNKNOWN.value, SendingState.FAILED.value
_UNFINISHED = (_WAITING, _SENDING)

_BY_ID = select(sendings).where(sendings.c.id == bindparam("id"))
_OF_MENTION = (
    select(sendings)
    .where(sendings.c.mention_id.in_(bindparam("mentions", expanding=True)))
    .order_by(sendings.c.id.desc())
)
_AUDIT = (
    select(
        sendings,
        accounts.c.network,
        accounts.c.handle,
        func.coalesce(func.nullif(posts.c.author_name, ""), posts.c.author_handle, "").label("to"),
    )
    .join(accounts, accounts.c.id == sendings.c.account_id)
    .outerjoin(mentions, mentions.c.id == sendings.c.mention_id)
    .outerjoin(posts, posts.c.id == mentions.c.post_id)
    .order_by(sendings.c.id.desc())
)
_DUE = (
    select(sendings)
    .where(sendings.c.state == literal_column("'waiting'"))  # as the index says it
    .order_by(sendings.c.due_at, sendings.c.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: `state` is SENT, FAILED or UNKNOWN; error and hint for the last two."""

    state: SendingState
    native_id: str = ""
    url: str = ""
    error: Text | None = None
    hint: Text | None = None


def queue(connection: Connection, sending: Sending, now: datetime) -> Sending:
    """Store what a person clicked, waiting until `due_at`; the sending with its id.

    The same words for the same mention from the same account, tried before and not published as far
    as is known, keep their row and their key: a network that knows keys cannot publish them twice.
    Raises BadInput where one is under way, or the account has sent as many as it may in a day.
    """
    sending = replace(sending, text=storable(sending.text))
    before = _before(connection, sending)
    if any(one.state.value in _UNFINISHED for one in before):
        raise BadInput(
            text("A reply to this mention is being sent."),
            text("This one was not sent, so that nobody gets two."),
            text("Wait until it is sent, or take it back first."),
        )
    account = account_there(connection, sending.account_id)
    if account is None:
        raise BadInput(
            text("This account was removed."),
            text("Nothing was sent. Your text is kept."),
            text("Add the account again in Settings, or use “Copy and open”."),
        )
    if sent_in_a_day(connection, sending.account_id, now) >= account.daily_cap:
        raise BadInput(
            text("This account has sent {count} replies in a day.", count=account.daily_cap),
            text("More would look like spam to the network. Nothing was sent; your text is kept."),
            text("Go on tomorrow, or use “Copy and open”."),
        )
    same = next(
        (o for o in before if o.text == sending.text and o.state.value in (_UNKNOWN, _FAILED)), None
    )
    values = {
        "state": _WAITING,
        "language": sending.language,
        "due_at": to_micros(sending.due_at),
        "error": None,
        "hint": None,
        "clicked_by": storable(sending.clicked_by),
        "change_seq": next_change(connection),
    }
    if same is not None:
        connection.execute(update(sendings).where(sendings.c.id == same.id).values(**values))
        return _one(connection, same.id)
    made = connection.execute(
        insert(sendings)
        .values(
            mention_id=sending.mention_id,
            account_id=sending.account_id,
            idempotency_key=sending.key,
            text=sending.text,
            reply_to=storable(sending.reply_to),
            created_at=to_micros(sending.created_at),
            native_id="",
            url="",
            **values,
        )
        .returning(sendings.c.id)
    )
    return _one(connection, made.scalar_one())


def take_back(connection: Connection, sending_id: int) -> bool:
    """Whether it could be: only one that still waits. One that was tried before is unknown again: what
    became of that attempt must be looked for before the next."""
    own = sendings.c.id == sending_id
    never, tried = sendings.c.attempted_at.is_(None), sendings.c.attempted_at.is_not(None)
    return _move(connection, own & never, (_WAITING,), SendingState.CANCELLED) or _move(
        connection, own & tried, (_WAITING,), SendingState.UNKNOWN
    )


def claim(connection: Connection, sending_id: int, now: datetime) -> bool:
    """The right to send it; False where it was taken back or another process has it. Only once this is
    committed may the request leave."""
    return _move(
        connection,
        sendings.c.id == sending_id,
        (_WAITING,),
        SendingState.SENDING,
        attempted_at=to_micros(now),
    )


def finish(
    connection: Connection, sending_id: int, outcome: Outcome, now: datetime
) -> tuple[int, ...]:
    """Write down how it went; the ids of the mentions that are answered now. What is known to be sent
    stays so. An attempt that surely published nothing is none: the next one need not look for it."""
    values = {
        "error": text_to_column(outcome.error),
        "hint": text_to_column(outcome.hint),
        "native_id": storable(outcome.native_id),
        "url": storable(outcome.url),
    }
    sent = outcome.state is SendingState.SENT
    if sent:
        values["sent_at"] = to_micros(now)  # type: ignore[assignment]  # columns of two types
    own = sendings.c.id == sending_id
    if outcome.state is SendingState.FAILED:
        _move(connection, own, (_SENDING,), outcome.state, attempted_at=None, **values)
    moved = _move(connection, own, (_SENDING, _UNKNOWN), outcome.state, **values)
    mention_id = _one(connection, sending_id).mention_id
    if not (moved and sent) or mention_id is None:
        return ()
    return draft_rows.mark_answered(connection, mention_id, now)


def give_up_unfinished(connection: Connection, why: Text, hint: Text) -> int:
    """At the start: what was being sent when the program ended is unknown, and is not sent again by
    itself. How many."""
    changed = connection.execute(
        update(sendings)
        .where(sendings.c.state == _SENDING)
        .values(
            state=_UNKNOWN,
            error=text_to_column(why),
            hint=text_to_column(hint),
            change_seq=next_change(connection),
        )
    )
    return changed.rowcount


def sending_by_id(connection: Connection, sending_id: int) -> Sending | None:
    row = connection.execute(_BY_ID, {"id": sending_id}).one_or_none()
    return None if row is None else _from_row(row)


def sendings_of(connection: Connection, mention_id: int) -> tuple[Sending, ...]:
    """Newest first."""
    rows = connection.execute(_OF_MENTION, {"mentions": mentions_in_post(connection, mention_id)})
    return tuple(_from_row(row) for row in rows)


def audit(connection: Connection, limit: int) -> tuple[AuditEntry, ...]:
    """What was clicked, newest first, whatever became of it."""
    rows = connection.execute(_AUDIT.limit(limit))
    return tuple(AuditEntry(_from_row(row), row.network, row.handle, row.to) for row in rows)


def next_waiting(connection: Connection) -> Sending | None:
    """The one whose time comes first."""
    row = connection.execute(_DUE).one_or_none()
    return None if row is None else _from_row(row)


def _before(connection: Connection, sending: Sending) -> tuple[Sending, ...]:
    if sending.mention_id is None:
        return ()
    found = sendings_of(connection, sending.mention_id)
    return tuple(one for one in found if one.account_id == sending.account_id)


def _one(connection: Connection, sending_id: int) -> Sending:
    return _from_row(connection.execute(_BY_ID, {"id": sending_id}).one())


def _move(
    connection: Connection,
    which: ColumnElement[bool],
    come_from: tuple[str, ...],
    to: SendingState,
    **values: object,
) -> bool:
    changed = connection.execute(
        update(sendings)
        .where(which, sendings.c.state.in_(come_from))
        .values(state=to.value, change_seq=next_change(connection), **values)
    )
    return changed.rowcount == 1


def _from_row(row: AnyRow) -> Sending:
    return Sending(
        id=row.id,
        mention_id=row.mention_id,
        account_id=row.account_id,
        key=row.idempotency_key,
        text=row.text,
        language=row.language,
        reply_to=row.reply_to,
        state=SendingState(row.state),
        due_at=from_micros(row.due_at),
        created_at=from_micros(row.created_at),
        attempted_at=maybe_from_micros(row.attempted_at),
        sent_at=maybe_from_micros(row.sent_at),
        native_id=row.native_id,
        url=row.url,
        error=text_from_column(row.error),
        hint=text_from_column(row.hint),
        clicked_by=row.clicked_by,
    )
