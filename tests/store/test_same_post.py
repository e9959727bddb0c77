"""One post that two sources of a network bring is one row, as far along in both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from monitor.errors import BadInput
from monitor.model.account import Account
from monitor.model.mention import Mention, MentionFilter, TriageState, View
from monitor.model.outgoing import Sending, SendingState
from monitor.model.poll import Applied
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.model.voices import host_of
from monitor.store import places
from monitor.store.connection import open_writer
from monitor.store.triage import _SAME_POSTS
from monitor.store.writer import Writer
from tests.store.conftest import Store
from tests.store.samples import NOW, analysed, found, outcome, post

LATER = NOW + timedelta(hours=1)


def place_of(kind: str, address: str) -> tuple[str, str]:
    """Of two networks, one of which is many servers."""
    network = kind.partition("-")[0] if "-" in kind else ""
    return network, host_of(address) if network == "forum" else ""


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    with closing(Writer(open_writer(store.path), place_of)) as one:
        yield one


def add(writer: Writer, kind: str, address: str) -> int:
    return writer.add_source(Source(0, kind, address, "")).id


def bring(writer: Writer, store: Store, source: int, said: Post, key: str = "") -> Applied:
    mention = found(store.brand_id, alerts=True, story_key=key or f"key-{source}")
    return writer.apply(outcome(source, analysed(said, mention)))


def mention(store: Store, mention_id: int) -> Mention:
    (one,) = store.reader.mentions((mention_id,))
    return one


def listed(store: Store, view: View = View.ALL, source_id: int | None = None) -> list[int]:
    wanted = MentionFilter(view=view, source_id=source_id)
    return [key.id for key in store.reader.keys(wanted, None, 50)]


@pytest.fixture
def two(writer: Writer) -> tuple[int, int]:
    feed = add(writer, "talk-feed", "https://www.talk.example/search.rss")
    return feed, add(writer, "talk-search", "https://api.talk.example/search")


def test_it_is_one_row_and_one_alert_whatever_each_shows_of_it(
    store: Store, writer: Writer, two: tuple[int, int]
) -> None:
    feed, search = two
    (one,) = bring(writer, store, feed, post(1, text="Café Lumen, the beginning")).new_mentions
    second = bring(writer, store, search, post(1, text="Café Lumen, the whole text"))
    assert second.alerted_mentions == ()
    assert listed(store) == [one]
    assert listed(store, source_id=search) == list(second.new_mentions)
    detail = store.reader.detail(one)
    assert detail is not None
    assert [copy.id for copy in detail.same_story] == list(second.new_mentions)


def test_numbers_of_another_server_are_other_posts(store: Store, writer: Writer) -> None:
    here, there = (
        add(writer, "forum-search", f"https://{host}.example/search") for host in ("a", "b")
    )
    both = [bring(writer, store, one, post(1)).new_mentions[0] for one in (here, there)]
    assert sorted(listed(store)) == sorted(both)
    again = add(writer, "forum-newest", "https://a.example/posts")
    bring(writer, store, again, post(1))
    assert sorted(listed(store)) == sorted(both)


def test_sources_of_no_network_know_nothing_of_each_other(store: Store, writer: Writer) -> None:
    other = add(writer, "feed", "https://other.example/feed")
    for source in (store.source_id, other):
        bring(writer, store, source, post(1))
    assert len(listed(store)) == 2


@pytest.mark.parametrize("state", [TriageState.ANSWERED, TriageState.DONE, TriageState.WAITING])
def test_what_comes_again_is_as_far_along(
    store: Store, writer: Writer, two: tuple[int, int], state: TriageState
) -> None:
    feed, search = two
    (one,) = bring(writer, store, feed, post(1)).new_mentions
    wake = LATER if state is TriageState.WAITING else None
    writer.set_state((one,), state, wake)
    (copy,) = bring(writer, store, search, post(1)).new_mentions
    assert (mention(store, copy).state, mention(store, copy).wake_at) == (state, wake)
    assert listed(store, View.TO_ANSWER, search) == []


def test_a_reply_from_the_list_of_either_source_answers_both(
    store: Store, writer: Writer, two: tuple[int, int]
) -> None:
    feed, search = two
    (one,) = bring(writer, store, feed, post(1)).new_mentions
    (copy,) = bring(writer, store, search, post(1)).new_mentions
    assert set(writer.mark_answered(copy, LATER)) == {one, copy}
    assert listed(store, View.TO_ANSWER) == []
    assert set(writer.set_state((copy,), TriageState.OPEN, None)) == {one, copy}


def test_one_reply_at_a_time_from_whichever_list(
    store: Store, writer: Writer, two: tuple[int, int]
) -> None:
    feed, search = two
    (one,) = bring(writer, store, feed, post(1)).new_mentions
    (copy,) = bring(writer, store, search, post(1)).new_mentions
    account = writer.add_account(Account(0, "talk", "", "lumen"), NOW)[0].id

    def click(mention_id: int) -> Sending:
        return writer.queue_sending(
            Sending(
                id=0,
                mention_id=mention_id,
                account_id=account,
                key=f"key-{mention_id}",
                text="Bonjour",
                language="fr",
                reply_to="{}",
                state=SendingState.WAITING,
                due_at=NOW,
                created_at=NOW,
            ),
            NOW,
        )

    sending = click(copy)
    with pytest.raises(BadInput, match="is being sent"):
        click(one)
    assert [kept.id for kept in store.reader.sendings(one)] == [sending.id]


def test_a_step_on_the_same_words_elsewhere_is_none_on_the_row(
    store: Store, writer: Writer, two: tuple[int, int]
) -> None:
    feed, search = two
    (one,) = bring(writer, store, feed, post(1), "story").new_mentions
    (copy,) = bring(writer, store, search, post(2), "story").new_mentions
    assert writer.mark_answered(copy, LATER) == (copy,)
    assert listed(store, View.TO_ANSWER) == [one]


def test_behind_a_deleted_post_nothing_hides(
    store: Store, writer: Writer, two: tuple[int, int]
) -> None:
    feed, search = two
    bring(writer, store, feed, post(1))
    writer.apply(outcome(feed, withdrawn=("post-1",)))
    (late,) = bring(writer, store, search, post(1)).new_mentions
    assert late in listed(store)


@pytest.mark.parametrize("statement", [places._SAME_POST, places._HEAD, places._ROWS, _SAME_POSTS])
def test_it_is_found_by_indexes(store: Store, statement: Select[Any]) -> None:
    asked = {
        "places": [1, 2], "ids": [1, 2], "key": "a", "brand_id": 1, "mention": 1, "head": 1
    }  # fmt: skip
    known = statement.compile().params
    compiled = statement.params({key: asked[key] for key in known if key in asked}).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with closing(sqlite3.connect(store.path)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {compiled}").fetchall()
    assert [step[3] for step in plan if step[3].startswith("SCAN")] == []
