"""Everything that changes the database. One instance, one thread; every method one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime

from sqlalchemy import Connection

from monitor.model.account import Account, AccountState
from monitor.model.brand import Brand
from monitor.model.mention import Correction, Draft, TriageState
from monitor.model.outgoing import Sending
from monitor.model.poll import Applied, PollOutcome
from monitor.model.source import Source
from monitor.model.voices import Voices
from monitor.store import (
    account_rows,
    apply_poll,
    brand_rows,
    draft_rows,
    own_posts,
    searches,
    sending_rows,
    source_rows,
    spending_rows,
    triage,
)
from monitor.store.border import database_errors
from monitor.store.connection import database_file
from monitor.store.places import PlaceOf, nowhere
from monitor.store.read_sources import polling_from_row
from monitor.store.records import FoundMention, PollingState
from monitor.text import Text


class Writer:
    """Owns a connection of `connection.open_writer`. Every method may raise ProfileError; then
    nothing of that call was written. `place_of` says in which sources one id means the same post: it
    is one row, and what is answered in one source may be known from another."""

    def __init__(self, connection: Connection, place_of: PlaceOf = nowhere) -> None:
        self._connection = connection
        self._place_of = place_of
        self._path = database_file(connection)

    def close(self) -> None:
        """Fold the write-ahead log into the file, unless somebody reads right now, and close."""
        with database_errors(self._path), closing(self._connection):
            # Past SQLAlchemy, which would begin a transaction first: in one there is no folding.
            driver = self._connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA busy_timeout = 0").close()
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    # -- polls -----------------------------------------------------------------------------
    def apply(self, outcome: PollOutcome) -> Applied:
        """Write everything one poll brought, its next cursor included, or nothing of it."""
        with self._transaction() as connection:
            return apply_poll.apply_poll(connection, outcome, self._place_of)

    def claim(
        self, source_id: int, owner: str, until: datetime, now: datetime
    ) -> PollingState | None:
        """Take the right to poll a source until `until`, and what a poll must know of it; None while
        somebody else has it, and when it was removed."""
        with self._transaction() as connection:
            row = source_rows.claim(connection, source_id, owner, until, now)
            return None if row is None else polling_from_row(row)

    def release(self, source_id: int, owner: str) -> None:
        """Give a lease back without a poll; `apply` ends it by itself."""
        with self._transaction() as connection:
            source_rows.release(connection, source_id, owner)

    # -- brands ----------------------------------------------------------------------------
    def save_brand(self, brand: Brand) -> Brand:
        """Insert (id 0) or change; the brand with its id."""
        with self._transaction() as connection:
            return brand_rows.save_brand(connection, brand)

    def remove_brand(self, brand_id: int) -> None:
        """The brand goes with its mentions, drafts and alerts; the posts stay."""
        with self._transaction() as connection:
            brand_rows.remove_brand(connection, brand_id)

    def store_mentions(self, found: Sequence[FoundMention]) -> Applied:
        """Mentions found again in stored posts: new ones are inserted, known ones judged anew."""
        with self._transaction() as connection:
            return brand_rows.store_mentions(connection, found, self._place_of)

    def end_search(self, brand_id: int) -> None:
        """A saved brand was looked for in every stored post."""
        with self._transaction() as connection:
            searches.end_search(connection, brand_id)

    def hide_mentions(self, brand_id: int, post_ids: Sequence[int]) -> tuple[int, ...]:
        """Mentions that a changed brand no longer finds leave the lists, unless a person acted on
        them; the ids that changed. A few hundred posts at a time."""
        with self._transaction() as connection:
            return brand_rows.hide_mentions(connection, brand_id, post_ids)

    # -- sources ---------------------------------------------------------------------------
    def add_source(self, source: Source) -> Source:
        """The source with its id. Raises BadInput when kind and address are listened to already."""
        with self._transaction() as connection:
            return source_rows.add_source(connection, source)

    def update_source(self, source: Source) -> Source:
        """Change it; it is due at once. Raises BadInput when another source has that address."""
        with self._transaction() as connection:
            return source_rows.update_source(connection, source)

    def about_of(self, source: Source) -> int:
        """The brand that this source, as it is stored, is about as a whole; 0 for none."""
        with self._transaction() as connection:
            return source_rows.about_of(connection, source)

    def turn_to(self, source_id: int, before: int, about: int) -> tuple[int, ...]:
        """It is about another brand now: the brands to look for again in what it brought."""
        with self._transaction() as connection:
            return source_rows.turn_to(connection, source_id, before, about)

    def remove_source(self, source_id: int, now: datetime) -> str:
        """Stop listening; its address. Posts and mentions stay."""
        with self._transaction() as connection:
            return source_rows.remove_source(connection, source_id, now)

    # -- accounts --------------------------------------------------------------------------
    def add_account(self, account: Account, now: datetime) -> tuple[Account, bool]:
        """The account with its id, and whether it was there already. One that was removed comes back
        to its row; the cap that the person chose stays."""
        with self._transaction() as connection:
            return account_rows.add_account(connection, account, now)

    def set_account_state(
        self, account_id: int, state: AccountState, expires_at: datetime | None
    ) -> bool:
        """Whether anything changed."""
        with self._transaction() as connection:
            return account_rows.set_account_state(connection, account_id, state, expires_at)

    def set_daily_cap(self, account_id: int, cap: int) -> bool:
        """Whether there is such an account."""
        with self._transaction() as connection:
            return account_rows.set_daily_cap(connection, account_id, cap)

    def remove_account(
        self, account_id: int, now: datetime, why: Text, hint: Text
    ) -> tuple[int, ...]:
        """Its row stays for what was sent from it. The ids of the sources that read with it: they
        wait for the person, who is told why."""
        with self._transaction() as connection:
            return account_rows.remove_account(connection, account_id, now, why, hint)

    def resume_sources(self, account_id: int, source_ids: Sequence[int]) -> tuple[int, ...]:
        """Its login works, and these sources read with it: the ids of its sources that waited for the
        person and are due now."""
        with self._transaction() as connection:
            return account_rows.resume_sources(connection, account_id, source_ids)

    def accounts(self) -> tuple[Account, ...]:
        """In the order they were added."""
        with self._transaction() as connection:
            return account_rows.accounts_there(connection)

    def reserve_spending(self, account_id: int, month: int, amount: int) -> bool:
        """Whether the account may cost this much more in that month; if so it counts as spent."""
        with self._transaction() as connection:
            return spending_rows.reserve(connection, account_id, month, amount)

    def give_back_spending(self, account_id: int, month: int, amount: int) -> None:
        """A part of what was reserved was not taken."""
        with self._transaction() as connection:
            spending_rows.give_back(connection, account_id, month, amount)

    def recognise(self, voices: Voices) -> tuple[int, ...]:
        """Stored posts that the person wrote, as is known only now, are no mentions; the ids that changed.
        Reads the authors of all posts."""
        with self._transaction() as connection:
            return own_posts.recognise(connection, voices, self._place_of)

    def forget_account(self, account_id: int, now: datetime) -> None:
        """As if it had not been added just now: for one whose login cannot be kept."""
        with self._transaction() as connection:
            account_rows.forget_account(connection, account_id, now)

    # -- mentions --------------------------------------------------------------------------
    def set_state(
        self, mention_ids: Sequence[int], state: TriageState, wake_at: datetime | None = None
    ) -> tuple[int, ...]:
        """The ids that changed: those asked for and the copies their rows stand for. Open again, an
        answered one has an unsent draft again."""
        with self._transaction() as connection:
            if state is TriageState.OPEN:
                draft_rows.take_back_answer(connection, mention_ids)
            return triage.set_state(connection, mention_ids, state, wake_at)

    def wake_due(self, now: datetime) -> tuple[int, ...]:
        """Snoozed mentions whose hour has come are open and unseen again; their ids."""
        with self._transaction() as connection:
            return triage.wake_due(connection, now)

    def correct(
        self, mention_id: int, correction: Correction | None, now: datetime
    ) -> tuple[int, ...]:
        """Keep a person's word, or take it back (None); the ids that changed."""
        with self._transaction() as connection:
            return triage.correct(connection, mention_id, correction, now)

    def mark_seen(self, mention_ids: Sequence[int], now: datetime) -> tuple[int, ...]:
        """Their dots go, their alerts are seen too; the ids that changed."""
        with self._transaction() as connection:
            return triage.mark_seen(connection, mention_ids, now)

    def mark_notified(self, mention_ids: Sequence[int], now: datetime) -> None:
        """Their alerts were shown on the desktop."""
        with self._transaction() as connection:
            triage.mark_notified(connection, mention_ids, now)

    # -- replies ---------------------------------------------------------------------------
    def save_draft(
        self, mention_id: int, text: str, language: str, template: str, now: datetime
    ) -> Draft:
        with self._transaction() as connection:
            return draft_rows.save_draft(connection, mention_id, text, language, template, now)

    def mark_answered(self, mention_id: int, now: datetime) -> tuple[int, ...]:
        """The person confirmed that the reply is published; the ids that changed."""
        with self._transaction() as connection:
            return draft_rows.mark_answered(connection, mention_id, now)

    # -- sending ---------------------------------------------------------------------------
    def queue_sending(self, sending: Sending, now: datetime) -> Sending:
        """Store a reply that waits for its time; see sending_rows.queue. Raises BadInput."""
        with self._transaction() as connection:
            return sending_rows.queue(connection, sending, now)

    def take_back_sending(self, sending_id: int) -> bool:
        """Whether it still waited; then it is cancelled."""
        with self._transaction() as connection:
            return sending_rows.take_back(connection, sending_id)

    def claim_sending(self, sending_id: int, now: datetime) -> bool:
        """The right to send it now, committed as "sending"; False when somebody else has it."""
        with self._transaction() as connection:
            return sending_rows.claim(connection, sending_id, now)

    def finish_sending(
        self, sending_id: int, outcome: sending_rows.Outcome, now: datetime
    ) -> tuple[int, ...]:
        """Write down how it went; sent, its mention is answered: the ids that changed."""
        with self._transaction() as connection:
            return sending_rows.finish(connection, sending_id, outcome, now)

    def give_up_unfinished_sendings(self, why: Text, hint: Text) -> int:
        """What was being sent when the program ended is unknown from now on; how many."""
        with self._transaction() as connection:
            return sending_rows.give_up_unfinished(connection, why, hint)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with database_errors(self._path), self._connection.begin():
            yield self._connection
