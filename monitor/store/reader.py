"""Everything that is read from the database. One instance, one thread; each call one snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.mention import Counts, Mention, MentionDetail, MentionFilter, MentionKey
from monitor.model.outgoing import AuditEntry, Sending
from monitor.model.post import Author
from monitor.model.source import SourceStatus
from monitor.store import (
    account_rows,
    read_authors,
    read_counts,
    read_keys,
    read_mentions,
    read_sources,
    searches,
    sending_rows,
    spending_rows,
)
from monitor.store.border import database_errors
from monitor.store.brand_rows import brand_from_row
from monitor.store.connection import database_file
from monitor.store.post_rows import POST_COLUMNS, post_from_row
from monitor.store.records import PollingState, StoredPost
from monitor.store.schema import alerts, brands, posts, sources

EXPORT_PAGE = 500

_BRANDS = select(brands).order_by(brands.c.id)
_POSTS = (
    select(posts.c.id, posts.c.source_id, posts.c.content_hash, sources.c.about, *POST_COLUMNS)
    .join(sources, sources.c.id == posts.c.source_id)
    .where(posts.c.id > bindparam("after"), posts.c.withdrawn_at.is_(None), posts.c.own.is_(False))
    .order_by(posts.c.id)
)
_UNNOTIFIED = (
    select(alerts.c.mention_id).where(alerts.c.notified_at.is_(None)).order_by(alerts.c.mention_id)
)


class Reader:
    """Owns a connection of `connection.open_reader`. Every method may raise ProfileError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._path = database_file(connection)

    def close(self) -> None:
        self._connection.close()

    # -- set-up ----------------------------------------------------------------------------
    def brands(self) -> tuple[Brand, ...]:
        """In the order they were added."""
        with self._snapshot() as connection:
            return tuple(brand_from_row(row) for row in connection.execute(_BRANDS))

    def unfinished_searches(self) -> tuple[int, ...]:
        """Ids of brands that were saved and not yet looked for in every stored post."""
        with self._snapshot() as connection:
            return searches.unfinished_searches(connection)

    def sources(self, now: datetime) -> tuple[SourceStatus, ...]:
        """With their health, in the order they were added."""
        with self._snapshot() as connection:
            return read_sources.source_statuses(connection, now)

    def accounts(self) -> tuple[Account, ...]:
        """In the order they were added."""
        with self._snapshot() as connection:
            return account_rows.accounts_there(connection)

    def account(self, account_id: int) -> Account | None:
        """None when it was removed."""
        with self._snapshot() as connection:
            return account_rows.account_there(connection, account_id)

    def sent_in_a_day(self, account_id: int, now: datetime) -> int:
        """Replies of the last 24 hours from this account: what its `daily_cap` bounds. Those taken
        back and those refused do not count."""
        with self._snapshot() as connection:
            return account_rows.sent_in_a_day(connection, account_id, now)

    def spent(self, account_id: int, month: int) -> int:
        """What reading with it has cost in a month like 202611, in millionths of a US dollar."""
        with self._snapshot() as connection:
            return spending_rows.spent(connection, account_id, month)

    # -- polling ---------------------------------------------------------------------------
    def polling_state(self, source_id: int) -> PollingState | None:
        """None when the source was removed."""
        with self._snapshot() as connection:
            return read_sources.polling_state(connection, source_id)

    def all_polling_states(self) -> tuple[PollingState, ...]:
        with self._snapshot() as connection:
            return read_sources.polling_states(connection)

    def known_hashes(self, source_id: int, native_ids: Sequence[str]) -> dict[str, str]:
        """Of these posts, those that are stored: native id -> content hash."""
        with self._snapshot() as connection:
            return read_sources.known_hashes(connection, source_id, native_ids)

    def usual_languages(self, source_id: int, authors: Sequence[Author]) -> dict[Author, str]:
        """What these authors mostly wrote in, for those whose mentions are stored."""
        with self._snapshot() as connection:
            return read_authors.usual_languages(connection, source_id, authors)

    def posts_after(self, post_id: int, limit: int) -> tuple[StoredPost, ...]:
        """The next stored posts by id, whether they name a brand or not: to match them again. Those
        that were withdrawn have no words left to match; the person's own are no mentions."""
        with self._snapshot() as connection:
            rows = connection.execute(_POSTS.limit(limit), {"after": post_id})
            return tuple(
                StoredPost(
                    row.id, row.source_id, row.content_hash, post_from_row(row), row.about or 0
                )
                for row in rows
            )

    def unnotified_alerts(self) -> tuple[int, ...]:
        """Mentions whose alert was stored but never shown on the desktop."""
        with self._snapshot() as connection:
            return tuple(connection.execute(_UNNOTIFIED).scalars())

    # -- mentions --------------------------------------------------------------------------
    def keys(
        self, wanted: MentionFilter, after: MentionKey | None, limit: int
    ) -> tuple[MentionKey, ...]:
        """The next keys of the list, newest first, strictly after `after`."""
        with self._snapshot() as connection:
            return read_keys.keys(connection, wanted, after, limit)

    def mentions(self, ids: Sequence[int]) -> tuple[Mention, ...]:
        """In the order asked for; ids that no longer exist are left out."""
        with self._snapshot() as connection:
            return read_mentions.mentions_by_ids(connection, ids)

    def detail(self, mention_id: int) -> MentionDetail | None:
        """None when the mention no longer exists."""
        with self._snapshot() as connection:
            return read_mentions.mention_detail(connection, mention_id)

    def counts(self) -> Counts:
        with self._snapshot() as connection:
            return read_counts.counts(connection)

    def export(self, wanted: MentionFilter) -> Iterator[Mention]:
        """All that the list would show, newest first, a page at a time: never everything in memory."""
        after: MentionKey | None = None
        while page := self.keys(wanted, after, EXPORT_PAGE):
            yield from self.mentions([key.id for key in page])
            after = page[-1]

    # -- sending ---------------------------------------------------------------------------
    def sending(self, sending_id: int) -> Sending | None:
        with self._snapshot() as connection:
            return sending_rows.sending_by_id(connection, sending_id)

    def sendings(self, mention_id: int) -> tuple[Sending, ...]:
        """What was clicked for this mention, newest first."""
        with self._snapshot() as connection:
            return sending_rows.sendings_of(connection, mention_id)

    def audit(self, limit: int) -> tuple[AuditEntry, ...]:
        """All that was clicked, newest first."""
        with self._snapshot() as connection:
            return sending_rows.audit(connection, limit)

    def next_waiting_sending(self) -> Sending | None:
        """The one that is to be sent first."""
        with self._snapshot() as connection:
            return sending_rows.next_waiting(connection)

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with database_errors(self._path), self._connection.begin():
            yield self._connection
