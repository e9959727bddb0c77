"""The outbox's rows: who may change which state, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import BadInput
from monitor.model.account import Account
from monitor.model.mention import MentionFilter, TriageState
from monitor.model.outgoing import AuditEntry, Sending, SendingState
from monitor.store.sending_rows import Outcome
from monitor.text import text
from tests.store.conftest import Store
from tests.store.samples import NOW, analysed, found, outcome, post

LATER = NOW + timedelta(seconds=15)


@pytest.fixture
def account(store: Store) -> Account:
    store.writer.apply(outcome(store.source_id, analysed(post(), found(store.brand_id))))
    given = Account(0, "mastodon", "mastodon.example", "marque@mastodon.example", daily_cap=3)
    return store.writer.add_account(given, NOW)[0]


def clicked(account: Account, words: str = "Bonjour", key: str = "key") -> Sending:
    return Sending(
        id=0,
        mention_id=1,
        account_id=account.id,
        key=key,
        text=words,
        language="fr",
        reply_to="{}",
        state=SendingState.WAITING,
        due_at=LATER,
        created_at=NOW,
        clicked_by="alex",
    )


def state_of(store: Store, sending: Sending) -> SendingState:
    known = store.reader.sending(sending.id)
    assert known is not None
    return known.state


def test_what_was_clicked_waits_and_is_kept_whole(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account, "Désolés \ud800 😢"), NOW)
    expected = clicked(account, "Désolés ? 😢")
    assert sending == replace(expected, id=sending.id)
    assert store.reader.next_waiting_sending() == sending
    assert store.reader.sendings(1) == (sending,)
    handle = "marque@mastodon.example"
    assert store.reader.audit(10) == (AuditEntry(sending, "mastodon", handle, "Léa Martin"),)


def test_only_what_waits_can_be_taken_back(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    assert store.writer.take_back_sending(sending.id)
    assert state_of(store, sending) is SendingState.CANCELLED
    assert not store.writer.claim_sending(sending.id, LATER)
    assert store.reader.next_waiting_sending() is None
    second = store.writer.queue_sending(clicked(account, key="second"), NOW)
    assert store.writer.claim_sending(second.id, LATER)
    assert not store.writer.take_back_sending(second.id)


def test_one_of_two_processes_gets_the_right_to_send(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    assert store.writer.claim_sending(sending.id, LATER)
    assert not store.writer.claim_sending(sending.id, LATER)
    known = store.reader.sending(sending.id)
    assert known is not None
    assert (known.state, known.attempted_at) == (SendingState.SENDING, LATER)


def test_sent_marks_the_mention_answered(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(sending.id, LATER)
    sent = Outcome(SendingState.SENT, "uri", "https://mastodon.example/@marque/1")
    assert store.writer.finish_sending(sending.id, sent, LATER) == (1,)
    (mention,) = store.reader.mentions((1,))
    assert mention.state is TriageState.ANSWERED
    known = store.reader.sending(sending.id)
    assert known is not None
    assert (known.native_id, known.url, known.sent_at) == ("uri", sent.url, LATER)
    failed = Outcome(SendingState.FAILED, error=text("No."))
    assert store.writer.finish_sending(sending.id, failed, LATER) == ()
    assert state_of(store, sending) is SendingState.SENT


def test_a_refusal_keeps_the_networks_words(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(sending.id, LATER)
    failed = Outcome(SendingState.FAILED, error=text("It said: {w}.", w="too long"), hint=text("!"))
    store.writer.finish_sending(sending.id, failed, LATER)
    known = store.reader.sending(sending.id)
    assert known is not None
    assert (str(known.error), str(known.hint)) == ("It said: too long.", "!")
    assert len(store.reader.keys(MentionFilter(), None, 10)) == 1


def test_what_was_being_sent_at_the_end_is_unknown(store: Store, account: Account) -> None:
    first = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(first.id, LATER)
    assert store.writer.give_up_unfinished_sendings(text("Ended."), text("Look.")) == 1
    assert store.writer.give_up_unfinished_sendings(text("Ended."), text("Look.")) == 0
    assert state_of(store, first) is SendingState.UNKNOWN
    assert store.reader.next_waiting_sending() is None


def test_the_same_words_again_keep_their_key(store: Store, account: Account) -> None:
    first = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(first.id, LATER)
    store.writer.give_up_unfinished_sendings(text("Ended."), text("Look."))
    again = store.writer.queue_sending(clicked(account, key="other"), LATER)
    assert (again.id, again.key, again.state) == (first.id, "key", SendingState.WAITING)
    assert again.attempted_at == LATER  # so it is looked for before it is sent
    assert store.writer.take_back_sending(again.id)
    assert state_of(store, again) is SendingState.UNKNOWN
    other = store.writer.queue_sending(clicked(account, "Autre", key="third"), LATER)
    assert other.id != first.id


def test_one_reply_at_a_time_to_a_mention(store: Store, account: Account) -> None:
    store.writer.queue_sending(clicked(account), NOW)
    with pytest.raises(BadInput, match="being sent"):
        store.writer.queue_sending(clicked(account, "Autre", key="second"), NOW)


def test_the_daily_cap_counts_24_hours(store: Store, account: Account) -> None:
    for number in range(3):
        sending = store.writer.queue_sending(clicked(account, f"{number}", key=f"{number}"), NOW)
        store.writer.claim_sending(sending.id, NOW)
        store.writer.finish_sending(sending.id, Outcome(SendingState.SENT), NOW)
    with pytest.raises(BadInput, match="3 replies in a day"):
        store.writer.queue_sending(clicked(account, key="one more"), NOW + timedelta(hours=23))
    store.writer.queue_sending(clicked(account, key="one more"), NOW + timedelta(hours=25))


def test_the_daily_cap_counts_what_is_sent_again(store: Store, account: Account) -> None:
    """The same words keep their row, which may be of another day."""
    failed = Outcome(SendingState.FAILED, error=text("No."))
    later = NOW + timedelta(days=2)
    for number in range(3):
        first = clicked(account, f"{number}", key=f"{number}")
        for one in (first, replace(first, due_at=later)):
            sending = store.writer.queue_sending(one, one.due_at)
            store.writer.claim_sending(sending.id, one.due_at)
            store.writer.finish_sending(sending.id, failed, one.due_at)
        store.writer.queue_sending(replace(first, due_at=later), later)
        store.writer.claim_sending(sending.id, later)
        store.writer.finish_sending(sending.id, Outcome(SendingState.SENT), later)
    with pytest.raises(BadInput, match="3 replies in a day"):
        store.writer.queue_sending(clicked(account, key="one more"), later)


def test_an_attempt_that_surely_failed_is_none(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(sending.id, LATER)
    failed = Outcome(SendingState.FAILED, error=text("No."), hint=text("!"))
    store.writer.finish_sending(sending.id, failed, LATER)
    again = store.writer.queue_sending(clicked(account, key="other"), LATER)
    assert (again.id, again.attempted_at) == (sending.id, None)
    assert store.writer.take_back_sending(again.id)
    assert state_of(store, again) is SendingState.CANCELLED


def test_a_removed_account_sends_nothing(store: Store, account: Account) -> None:
    store.writer.remove_account(account.id, NOW, text("Gone."), text("Add it."))
    with pytest.raises(BadInput, match="removed"):
        store.writer.queue_sending(clicked(account), NOW)


def test_the_list_outlives_the_mention(store: Store, account: Account) -> None:
    sending = store.writer.queue_sending(clicked(account), NOW)
    store.writer.claim_sending(sending.id, NOW)
    store.writer.remove_brand(store.brand_id)
    assert store.writer.finish_sending(sending.id, Outcome(SendingState.SENT), NOW) == ()
    (entry,) = store.reader.audit(10)
    kept = entry.sending
    assert (kept.mention_id, kept.state, kept.clicked_by) == (None, SendingState.SENT, "alex")
    assert entry.to == ""


def test_what_waits_is_found_by_its_index(store: Store) -> None:
    from monitor.store.connection import open_reader

    with open_reader(store.path) as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM sendings WHERE state = 'waiting' ORDER BY due_at, id"
        ).all()
    assert "ix_sendings_waiting" in str(plan)
