"""The person's accounts to rows and back: adding, changing, removing. In the caller's transaction.

A removed account keeps its row, because what was sent from it names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, exists, func, insert, select, update

from monitor.model.account import Account, AccountState
from monitor.model.outgoing import SendingState
from monitor.model.source import SourceState
from monitor.store.changes import next_change
from monitor.store.json_columns import text_to_column, words_from_json, words_to_json
from monitor.store.schema import AnyRow, accounts, sendings, sources
from monitor.store.storable import storable
from monitor.store.times import DAY, maybe_from_micros, maybe_to_micros, to_micros
from monitor.text import Text

_ACCOUNTS = select(accounts).where(accounts.c.removed_at.is_(None)).order_by(accounts.c.id)
_SAME = select(accounts).where(
    accounts.c.network == bindparam("network"),
    accounts.c.server == bindparam("server"),
    accounts.c.handle == bindparam("handle"),
)
_UNSENT = (SendingState.CANCELLED.value, SendingState.FAILED.value)
_SENT = (
    select(func.count())
    .select_from(sendings)
    .where(
        sendings.c.account_id == bindparam("account_id"),
        sendings.c.due_at > bindparam("since"),  # of the last click: the same words keep their row
        sendings.c.state.not_in(_UNSENT),
    )
)


def account_from_row(row: AnyRow) -> Account:
    return Account(
        id=row.id,
        network=row.network,
        server=row.server,
        handle=row.handle,
        name=row.name,
        url=row.url,
        scopes=words_from_json(row.scopes),
        state=AccountState(row.state),
        expires_at=maybe_from_micros(row.expires_at),
        daily_cap=row.daily_cap,
        monthly_cap=row.monthly_cap,
    )


def accounts_there(connection: Connection) -> tuple[Account, ...]:
    """All that are not removed, in the order they were added."""
    return tuple(account_from_row(row) for row in connection.execute(_ACCOUNTS))


def account_there(connection: Connection, account_id: int) -> Account | None:
    """None when there is none, or it was removed."""
    row = connection.execute(_ACCOUNTS.where(accounts.c.id == account_id)).one_or_none()
    return None if row is None else account_from_row(row)


def sent_in_a_day(connection: Connection, account_id: int, now: datetime) -> int:
    """Replies of the last 24 hours that were published, may have been, or are about to be."""
    asked = {"account_id": account_id, "since": to_micros(now) - DAY}
    return int(connection.execute(_SENT, asked).scalar_one())


def add_account(connection: Connection, account: Account, now: datetime) -> tuple[Account, bool]:
    """The account with its id, and whether it was there, not removed. One that was added before comes
    back to its row, and keeps the cap that the person chose."""
    values = {
        "network": account.network,
        "server": storable(account.server),
        "handle": storable(account.handle),
        "name": storable(account.name),
        "url": storable(account.url),
        "scopes": words_to_json(storable(scope) for scope in account.scopes),
        "state": account.state.value,
        "expires_at": maybe_to_micros(account.expires_at),
        "monthly_cap": account.monthly_cap,
        "change_seq": next_change(connection),
        "removed_at": None,
    }
    same = {key: values[key] for key in ("network", "server", "handle")}
    stored = connection.execute(_SAME, same).one_or_none()
    if stored is None:
        values |= {"daily_cap": account.daily_cap, "added_at": to_micros(now)}
        made = connection.execute(insert(accounts).values(**values).returning(accounts.c.id))
        return replace(account, id=made.scalar_one()), False
    was_there = stored.removed_at is None
    if not was_there:
        values["added_at"] = to_micros(now)
    connection.execute(update(accounts).where(accounts.c.id == stored.id).values(**values))
    return replace(account, id=stored.id, daily_cap=stored.daily_cap), was_there


def set_account_state(
    connection: Connection, account_id: int, state: AccountState, expires_at: datetime | None
) -> bool:
    """Whether anything changed."""
    end = maybe_to_micros(expires_at)
    changed = connection.execute(
        update(accounts)
        .where(
            accounts.c.id == account_id,
            accounts.c.removed_at.is_(None),
            (accounts.c.state != state.value) | accounts.c.expires_at.is_distinct_from(end),
        )
        .values(state=state.value, expires_at=end, change_seq=next_change(connection))
    )
    return changed.rowcount > 0


def set_daily_cap(connection: Connection, account_id: int, cap: int) -> bool:
    """The most replies sent from it in 24 hours; whether there is such an account."""
    changed = connection.execute(
        update(accounts)
        .where(accounts.c.id == account_id, accounts.c.removed_at.is_(None))
        .values(daily_cap=cap, change_seq=next_change(connection))
    )
    return changed.rowcount > 0


def remove_account(
    connection: Connection, account_id: int, now: datetime, why: Text, hint: Text
) -> tuple[int, ...]:
    """Softly; the ids of the sources that read with it, which from now on need the person."""
    change = next_change(connection)
    connection.execute(
        update(accounts)
        .where(accounts.c.id == account_id, accounts.c.removed_at.is_(None))
        .values(removed_at=to_micros(now), change_seq=change)
    )
    stopped = connection.execute(
        update(sources)
        .where(sources.c.account_id == account_id, sources.c.removed_at.is_(None))
        .values(
            state=SourceState.NEEDS_YOU.value,
            next_due=None,
            error=text_to_column(why),
            hint=text_to_column(hint),
            change_seq=change,
        )
        .returning(sources.c.id)
    )
    return tuple(sorted(stopped.scalars()))


def resume_sources(
    connection: Connection, account_id: int, source_ids: Sequence[int]
) -> tuple[int, ...]:
    """These sources read with it from now on. Those of its sources that waited for the person try
    again at once; their ids."""
    connection.execute(
        update(sources).where(sources.c.id.in_(source_ids)).values(account_id=account_id)
    )
    resumed = connection.execute(
        update(sources)
        .where(
            sources.c.account_id == account_id,
            sources.c.removed_at.is_(None),
            sources.c.state == SourceState.NEEDS_YOU.value,
        )
        .values(
            state=case(
                (sources.c.cursor == "", SourceState.NEW.value),
                else_=SourceState.LISTENING.value,
            ),
            next_due=0,  # long ago: at once
            error=None,
            hint=None,
            failures=0,
            change_seq=next_change(connection),
        )
        .returning(sources.c.id)
    )
    return tuple(sorted(resumed.scalars()))


def forget_account(connection: Connection, account_id: int, now: datetime) -> None:
    """As if it had not been added now: its row goes, or is a removed one again where others name it."""
    named = exists().where(sendings.c.account_id == accounts.c.id)
    reads = exists().where(sources.c.account_id == accounts.c.id)
    here = accounts.c.id == account_id
    connection.execute(delete(accounts).where(here, ~named, ~reads))
    connection.execute(
        update(accounts)
        .where(here)
        .values(removed_at=to_micros(now), change_seq=next_change(connection))
    )
