"""Posts of the person's own accounts: no mentions, but answers. What a person decided stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.mention import Correction, Mention, MentionFilter, OwnAnswer, TriageState, View
from monitor.model.outgoing import Sending, SendingState
from monitor.model.poll import AnalysedPost, Applied
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.model.voices import host_of, voices_of
from monitor.store import own_posts
from monitor.store.connection import open_writer
from monitor.store.records import FoundMention
from monitor.store.sending_rows import Outcome
from monitor.store.writer import Writer
from tests.store.conftest import Store
from tests.store.samples import NOW, analysed, found, outcome, post

US = Author("Café Lumen", "lumen@social.example", "https://social.example/@lumen")
ACCOUNT = Account(0, "mastodon", "social.example", US.handle, url=US.url)
LATER = NOW + timedelta(hours=1)
TAG = "https://social.example/api/v1/timelines/tag/lumen"


def place_of(kind: str, address: str) -> tuple[str, str]:
    """Of a network of many servers, but for one."""
    network = kind.partition("-")[0] if "-" in kind else ""
    return network, host_of(address) if network not in ("", "reddit") else ""


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    """One that knows where ids count."""
    with closing(Writer(open_writer(store.path), place_of)) as one:
        yield one


@pytest.fixture
def tag(writer: Writer) -> int:
    return writer.add_source(Source(0, "mastodon-tag", TAG, "#lumen")).id


def complaint(number: int = 1, **values: object) -> Post:
    return post(number, thread_id=f"thread-{number}", **values)


def reply(number: int = 1, /, to: str = "post-1", **values: object) -> AnalysedPost:
    """Ours, written after every complaint."""
    given = {
        "native_id": f"reply-{number}",
        "url": f"https://social.example/@lumen/{number}",
        "text": "Bonjour, Café Lumen est désolé.",
        "author": US,
        "published": NOW + timedelta(minutes=number),
        "parent_id": to,
    }
    written = post(number, **given | values)
    return AnalysedPost(written, written.content_hash, (), own=True)


def brought(writer: Writer, store: Store, source_id: int, *posts: Post) -> list[int]:
    """Their mentions, in the same order."""
    items = (analysed(one, found(store.brand_id)) for one in posts)
    return list(reversed(writer.apply(outcome(source_id, *items)).new_mentions))


def mention(store: Store, mention_id: int) -> Mention:
    (one,) = store.reader.mentions((mention_id,))
    return one


def answer(store: Store, mention_id: int) -> OwnAnswer | None:
    detail = store.reader.detail(mention_id)
    assert detail is not None
    return detail.answer


def listed(store: Store, view: View = View.ALL, **wanted: bool) -> list[int]:
    return [key.id for key in store.reader.keys(MentionFilter(view=view, **wanted), None, 50)]  # type: ignore[arg-type]  # the test's own fields


# -- answering -------------------------------------------------------------------------------------
def test_our_reply_answers_the_mention_it_was_written_to(
    store: Store, writer: Writer, tag: int
) -> None:
    first, second = brought(writer, store, tag, complaint(2), complaint(1))
    applied = writer.apply(outcome(tag, reply(to="post-2"), finished_at=LATER))
    assert applied == Applied((), (first,), (), 1)
    assert mention(store, first).state is TriageState.ANSWERED
    assert mention(store, second).state is TriageState.OPEN
    written = NOW + timedelta(minutes=1)
    assert answer(store, first) == OwnAnswer(US, "https://social.example/@lumen/1", written)
    assert answer(store, second) is None
    assert listed(store, View.TO_ANSWER) == [second]


def test_a_snoozed_mention_is_answered_too(store: Store, writer: Writer, tag: int) -> None:
    (one,) = brought(writer, store, tag, complaint())
    writer.set_state((one,), TriageState.WAITING, LATER)
    assert writer.apply(outcome(tag, reply())).changed_mentions == (one,)
    assert (mention(store, one).state, mention(store, one).wake_at) == (TriageState.ANSWERED, None)
    assert writer.wake_due(LATER + timedelta(days=1)) == ()


@pytest.mark.parametrize("state", [TriageState.DONE, TriageState.ANSWERED])
def test_what_a_person_finished_is_not_touched(
    store: Store, writer: Writer, tag: int, state: TriageState
) -> None:
    (one,) = brought(writer, store, tag, complaint())
    writer.set_state((one,), state)
    assert writer.apply(outcome(tag, reply())).changed_mentions == ()
    assert mention(store, one).state is state
    assert answer(store, one) is None


def test_opened_again_it_stays_open_until_another_reply_comes(
    store: Store, writer: Writer, tag: int
) -> None:
    (one,) = brought(writer, store, tag, complaint())
    writer.apply(outcome(tag, reply()))
    writer.set_state((one,), TriageState.OPEN)
    assert answer(store, one) is None
    writer.apply(outcome(tag, reply()))  # the same poll twice
    writer.apply(outcome(tag, reply(text="Bonjour, corrigé.")))
    assert writer.recognise(voices_of((ACCOUNT,))) == ()
    assert mention(store, one).state is TriageState.OPEN
    assert writer.apply(outcome(tag, reply(2))).changed_mentions == (one,)
    assert mention(store, one).state is TriageState.ANSWERED


def test_a_draft_that_was_not_sent_stays_one(store: Store, writer: Writer, tag: int) -> None:
    (one,) = brought(writer, store, tag, complaint())
    writer.save_draft(one, "Bonjour Léa,", "fr", "", NOW)
    writer.apply(outcome(tag, reply()))
    assert mention(store, one).state is TriageState.ANSWERED
    assert listed(store, View.DRAFTS) == [one]


def test_copies_of_the_same_text_follow_it(store: Store, writer: Writer, tag: int) -> None:
    story = found(store.brand_id, story_key="story")
    two = (analysed(complaint(2), story), analysed(complaint(1), story))
    head, copy = writer.apply(outcome(tag, *reversed(two))).new_mentions
    changed = writer.apply(outcome(tag, reply(to="post-2"))).changed_mentions
    assert set(changed) == {head, copy}


def test_without_a_parent_it_answers_what_its_thread_held_before(
    store: Store, writer: Writer, tag: int
) -> None:
    in_thread, elsewhere = brought(writer, store, tag, complaint(5), complaint(6))
    after = post(7, thread_id="thread-5", published=NOW + timedelta(minutes=9))
    (later,) = brought(writer, store, tag, after)
    changed = writer.apply(outcome(tag, reply(to="", thread_id="thread-5"))).changed_mentions
    assert changed == (in_thread,)
    assert mention(store, elsewhere).state is TriageState.OPEN
    assert mention(store, later).state is TriageState.OPEN


def test_a_reply_to_somebody_we_do_not_hold_answers_nobody_in_the_thread(
    store: Store, writer: Writer, tag: int
) -> None:
    (one,) = brought(writer, store, tag, complaint())
    stranger = reply(to="a stranger's", thread_id="thread-1")
    assert writer.apply(outcome(tag, stranger)).changed_mentions == ()
    assert mention(store, one).state is TriageState.OPEN


def test_what_the_customer_writes_next_is_a_new_mention(
    store: Store, writer: Writer, tag: int
) -> None:
    brought(writer, store, tag, complaint())
    writer.apply(outcome(tag, reply(to="", thread_id="thread-1")))
    again = post(9, native_id="again", thread_id="thread-1", published=NOW + timedelta(hours=2))
    applied = writer.apply(outcome(tag, analysed(again, found(store.brand_id))))
    (new,) = applied.new_mentions
    assert applied.alerted_mentions == (new,)
    assert mention(store, new).state is TriageState.OPEN


# -- in whatever order they come -------------------------------------------------------------------
def test_together_in_one_poll_it_is_answered_and_nobody_is_alerted(
    store: Store, writer: Writer, tag: int
) -> None:
    both = (reply(), analysed(complaint(), found(store.brand_id)))
    applied = writer.apply(outcome(tag, *both))
    (one,) = applied.new_mentions
    assert applied.alerted_mentions == ()
    assert mention(store, one).state is TriageState.ANSWERED
    assert not mention(store, one).has_alert
    assert answer(store, one) is not None


@pytest.mark.parametrize("told", [{"to": "post-1"}, {"to": "", "thread_id": "thread-1"}])
def test_the_reply_may_come_before_what_it_answers(
    store: Store, writer: Writer, tag: int, told: dict[str, str]
) -> None:
    writer.apply(outcome(tag, reply(**told)))
    (one,) = brought(writer, store, tag, complaint())
    assert mention(store, one).state is TriageState.ANSWERED


def test_a_brand_added_later_finds_it_answered(store: Store, writer: Writer, tag: int) -> None:
    writer.apply(outcome(tag, reply(), analysed(complaint())))
    moka = writer.save_brand(Brand(0, "Moka"))
    (stored,) = store.reader.posts_after(0, 10)
    named = FoundMention(stored.id, stored.content_hash, found(moka.id))
    (one,) = writer.store_mentions((named,)).new_mentions
    assert mention(store, one).state is TriageState.ANSWERED


def test_a_reply_that_we_deleted_answers_nothing_new(
    store: Store, writer: Writer, tag: int
) -> None:
    (one,) = brought(writer, store, tag, complaint())
    writer.apply(outcome(tag, reply(), reply(2, to="post-3")))
    writer.apply(outcome(tag, withdrawn=("reply-1", "reply-2")))
    told = answer(store, one)
    assert told is not None  # it was answered all the same
    assert told.url == ""
    (other,) = brought(writer, store, tag, complaint(3))
    assert mention(store, other).state is TriageState.OPEN


# -- in another source -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "address", "native_id", "is_same"),
    [
        ("mastodon-account", "https://other.example/api", "https://a.example/1", True),
        ("mastodon-account", "https://social.example/api", "7", True),
        ("mastodon-account", "https://other.example/api", "7", False),  # another server's number
        ("lemmy-search", "https://social.example/api", "https://a.example/1", False),
    ],
)
def test_a_source_of_the_same_network_knows_the_same_posts(
    store: Store,
    writer: Writer,
    tag: int,
    kind: str,
    address: str,
    native_id: str,
    is_same: bool,
) -> None:
    other = writer.add_source(Source(0, kind, address, "other")).id
    (one,) = brought(writer, store, tag, post(native_id=native_id))
    changed = writer.apply(outcome(other, reply(to=native_id))).changed_mentions
    assert changed == ((one,) if is_same else ())


def test_a_source_of_no_network_stands_alone(store: Store, writer: Writer) -> None:
    feed = store.source_id
    other = writer.add_source(Source(0, "feed", "https://feed2.example/", "2")).id
    here, there = (brought(writer, store, one, complaint())[0] for one in (feed, other))
    assert writer.apply(outcome(feed, reply())).changed_mentions == (here,)
    assert mention(store, there).state is TriageState.OPEN


# -- never mentions --------------------------------------------------------------------------------
def test_an_own_post_is_never_searched_for_brands(store: Store, writer: Writer, tag: int) -> None:
    writer.apply(outcome(tag, reply()))
    assert store.reader.posts_after(0, 10) == ()


def test_edited_after_its_account_was_removed_it_is_none_either(
    store: Store, writer: Writer, tag: int
) -> None:
    written = reply()
    writer.apply(outcome(tag, written))
    edited = post(1, native_id="reply-1", text="Café Lumen en panne", author=US)
    applied = writer.apply(outcome(tag, analysed(edited, found(store.brand_id))))
    assert applied == Applied((), (), (), 0)
    assert listed(store) == []


def test_a_stored_post_that_an_edit_shows_to_be_ours_leaves_the_lists(
    store: Store, writer: Writer, tag: int
) -> None:
    (one,) = brought(writer, store, tag, post(1, native_id="reply-1", parent_id="post-2"))
    (two,) = brought(writer, store, tag, complaint(2))
    changed = writer.apply(outcome(tag, reply(to="post-2"))).changed_mentions
    assert set(changed) == {one, two}
    assert listed(store) == [two]


# -- an account that is added later ----------------------------------------------------------------
def test_what_a_new_account_wrote_before_leaves_the_lists_and_answers(
    store: Store, writer: Writer, tag: int
) -> None:
    ours = post(3, native_id="ours", author=US, parent_id="post-1", published=NOW)
    own, theirs = brought(writer, store, tag, ours, complaint())
    changed = writer.recognise(voices_of((ACCOUNT,)))
    assert sorted(changed) == sorted((own, theirs))
    assert listed(store) == [theirs]
    assert listed(store, not_us=True) == [own]
    assert mention(store, theirs).state is TriageState.ANSWERED
    assert not mention(store, own).has_alert
    assert store.reader.unnotified_alerts() == (theirs,)
    assert store.reader.counts().all == 1
    assert writer.recognise(voices_of((ACCOUNT,))) == ()


def test_what_a_person_did_with_it_stays(store: Store, writer: Writer, tag: int) -> None:
    posts = [post(n, author=US) for n in range(1, 5)]
    ids = brought(writer, store, tag, *posts)
    writer.set_state(ids[:1], TriageState.DONE)
    writer.correct(ids[1], Correction.NEGATIVE, NOW)
    writer.save_draft(ids[2], "Bonjour", "fr", "", NOW)
    assert writer.recognise(voices_of((ACCOUNT,))) == (ids[3],)
    assert set(listed(store)) == set(ids[:3])


def test_strangers_stay_strangers(store: Store, writer: Writer, tag: int) -> None:
    brought(
        writer, store, tag, complaint(), post(2, author=Author("Café Lumen", "lumen@other.example"))
    )
    assert writer.recognise(voices_of((ACCOUNT,))) == ()
    assert len(listed(store)) == 2


def test_a_copy_takes_the_place_of_our_own_text(store: Store, writer: Writer, tag: int) -> None:
    story = found(store.brand_id, story_key="story")
    (own,) = writer.apply(outcome(tag, analysed(post(2, author=US), story))).new_mentions
    (copy,) = writer.apply(outcome(tag, analysed(post(1), story))).new_mentions
    assert set(writer.recognise(voices_of((ACCOUNT,)))) == {own, copy}
    assert listed(store, View.TO_ANSWER) == [copy]


# -- beside the outbox -----------------------------------------------------------------------------
def test_what_we_sent_ourselves_is_told_by_the_outbox(
    store: Store, writer: Writer, tag: int
) -> None:
    (one,) = brought(writer, store, tag, complaint())
    account, _ = writer.add_account(ACCOUNT, NOW)
    sending = writer.queue_sending(
        Sending(0, one, account.id, "key", "Bonjour", "fr", "{}", SendingState.WAITING, NOW, NOW),
        NOW,
    )
    writer.claim_sending(sending.id, NOW)
    writer.apply(outcome(tag, reply()))  # the poll is faster than the answer
    assert mention(store, one).state is TriageState.ANSWERED
    assert answer(store, one) is None
    sent = Outcome(SendingState.SENT, "reply-1", "https://social.example/@lumen/1")
    assert writer.finish_sending(sending.id, sent, LATER) == (one,)
    assert answer(store, one) is None


def test_a_removed_brand_takes_its_answers_along(store: Store, writer: Writer, tag: int) -> None:
    brought(writer, store, tag, complaint())
    writer.apply(outcome(tag, reply()))
    writer.remove_brand(store.brand_id)
    with closing(sqlite3.connect(store.path)) as driver:
        assert driver.execute("SELECT count(*) FROM own_answers").fetchone() == (0,)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (own_posts._TO_POST, "ix_posts_own"),
        (own_posts._IN_THREAD, "ix_posts_thread"),
        (own_posts._OF_THREAD, "ix_posts_thread"),
        (own_posts._OF_PARENT, "sqlite_autoindex_posts_1"),
        (own_posts._ANY, "ix_posts_own"),
    ],
)
def test_looking_for_an_answer_reads_no_more_than_an_index(
    store: Store, statement: Select[Any], index: str
) -> None:
    asked = statement.params(places=[1, 2], key="a", at=1)
    sql = asked.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with closing(sqlite3.connect(store.path)) as driver:
        plan = [str(row[3]) for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert any(index in step for step in plan), plan
        assert not any(step.startswith("SCAN mentions") for step in plan), plan
