"""Accounts: added, added again, their state, removed, and how much was sent from them in a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select, update

from monitor.model.account import Account, AccountState
from monitor.model.outgoing import SendingState
from monitor.model.source import SourceState
from monitor.store.connection import open_writer
from monitor.store.schema import accounts, sendings, sources
from monitor.store.times import to_micros
from monitor.text import text
from tests.store.conftest import Store
from tests.store.samples import NOW

ANN = Account(
    0,
    "mastodon",
    "social.example",
    "ann@social.example",
    name="Ann",
    url="https://social.example/@ann",
    scopes=("read:accounts", "write:statuses"),
)
WHY, HINT = text("The account was removed."), text("Add it again.")


def test_an_account_comes_back_as_it_went_in(store: Store) -> None:
    ends = replace(ANN, handle="ends", state=AccountState.NEEDS_LOGIN, expires_at=NOW)
    ann, there = store.writer.add_account(ANN, NOW)
    other, _ = store.writer.add_account(ends, NOW)
    assert not there
    assert store.reader.accounts() == (ann, other)
    assert store.reader.account(other.id) == replace(ends, id=other.id)
    assert replace(ann, id=0) == ANN


def test_a_second_login_is_the_same_account(store: Store) -> None:
    first, _ = store.writer.add_account(ANN, NOW)
    store.writer.set_account_state(first.id, AccountState.NEEDS_LOGIN, None)
    again, there = store.writer.add_account(replace(ANN, name="Ann B.", daily_cap=7), NOW)
    assert there
    assert store.reader.accounts() == (replace(first, name="Ann B."),)
    assert again.daily_cap == first.daily_cap


def test_a_state_is_told_once(store: Store) -> None:
    ann, _ = store.writer.add_account(ANN, NOW)
    assert store.writer.set_account_state(ann.id, AccountState.ENDING, NOW)
    assert not store.writer.set_account_state(ann.id, AccountState.ENDING, NOW)
    assert store.writer.set_account_state(ann.id, AccountState.ENDING, NOW + timedelta(days=1))
    assert not store.writer.set_account_state(99, AccountState.ENDING, NOW)


def test_a_removed_account_stops_its_sources_and_comes_back_to_its_row(store: Store) -> None:
    ann, _ = store.writer.add_account(ANN, NOW)
    with writing(store) as connection:
        connection.execute(
            update(sources).where(sources.c.id == store.source_id).values(account_id=ann.id)
        )
    assert store.writer.remove_account(ann.id, NOW, WHY, HINT) == (store.source_id,)
    assert store.reader.accounts() == ()
    assert store.reader.account(ann.id) is None
    (status,) = store.reader.sources(NOW)
    assert (status.state, status.next_due) == (SourceState.NEEDS_YOU, None)
    assert (status.error, status.hint) == (WHY, HINT)
    again, there = store.writer.add_account(ANN, NOW)
    assert (again.id, there) == (ann.id, False)
    assert store.writer.resume_sources(ann.id, ()) == (store.source_id,)
    assert store.writer.resume_sources(ann.id, ()) == ()
    (status,) = store.reader.sources(NOW)
    assert (status.state, status.error) == (SourceState.NEW, None)
    store.writer.forget_account(ann.id, NOW)  # its login could not be kept
    assert store.reader.accounts() == ()
    assert rows(store) == 1  # a source names it


def test_an_account_without_a_login_leaves_no_trace(store: Store) -> None:
    ann, _ = store.writer.add_account(ANN, NOW)
    store.writer.forget_account(ann.id, NOW)
    assert rows(store) == 0


def test_what_was_sent_in_a_day_is_counted(store: Store) -> None:
    ann, _ = store.writer.add_account(ANN, NOW)
    other, _ = store.writer.add_account(replace(ANN, handle="bob"), NOW)
    hour = timedelta(hours=1)
    send(store, ann.id, *((state, NOW - hour) for state in SendingState))
    send(store, ann.id, (SendingState.SENT, NOW - 25 * hour))
    send(store, other.id, (SendingState.SENT, NOW))
    assert store.reader.sent_in_a_day(ann.id, NOW) == 4  # waiting, sending, sent, unknown
    assert store.reader.sent_in_a_day(other.id, NOW) == 1
    assert store.reader.sent_in_a_day(99, NOW) == 0


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    with open_writer(store.path) as connection, connection.begin():
        yield connection


def rows(store: Store) -> int:
    with writing(store) as connection:
        return int(connection.scalar(select(func.count()).select_from(accounts)) or 0)


def send(store: Store, account_id: int, *sent: tuple[SendingState, datetime]) -> None:
    with writing(store) as connection:
        for state, at in sent:
            values = {
                "account_id": account_id,
                "idempotency_key": uuid4().hex,
                "state": state.value,
                "due_at": to_micros(at),
                "created_at": to_micros(at),
                "change_seq": 0,
            }
            words = ("text", "language", "reply_to", "native_id", "url", "clicked_by")
            connection.execute(insert(sendings).values(**values, **dict.fromkeys(words, "")))
