"""Posts deleted where they were published: their words go, what a person did stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy import text as sql

from monitor.model.brand import Brand
from monitor.model.mention import Correction, Mention, MentionDetail, MentionFilter, View
from monitor.model.poll import Applied
from monitor.model.verdict import Tone
from monitor.store.connection import open_writer
from tests.store.conftest import Store
from tests.store.samples import NEGATIVE, NOW, analysed, feed, found, outcome, post

LATER = NOW + timedelta(hours=1)


def listed(store: Store, view: View = View.ALL, **wanted: object) -> list[Mention]:
    asked = MentionFilter(view=view, **wanted)  # type: ignore[arg-type]  # the test's own fields
    return list(store.reader.mentions([key.id for key in store.reader.keys(asked, None, 50)]))


def brought(store: Store) -> int:
    """A rated post that alerts; its mention."""
    written = post(title="Deux étoiles", rating=2, likes=3, reply_to='{"uri":"at://1"}')
    applied = store.writer.apply(outcome(store.source_id, analysed(written, found(store.brand_id))))
    return applied.new_mentions[0]


def withdrawn(store: Store, *native_ids: str) -> Applied:
    gone = outcome(store.source_id, withdrawn=native_ids or ("post-1",), finished_at=LATER)
    return store.writer.apply(gone)


def detail(store: Store, mention_id: int) -> MentionDetail:
    read = store.reader.detail(mention_id)
    assert read is not None
    return read


def everything(store: Store) -> str:
    """All that the file still holds of rows, without what SQLite has not overwritten yet."""
    with closing(sqlite3.connect(store.path)) as driver:
        return "\n".join(driver.iterdump())


def test_what_it_said_is_no_longer_kept(store: Store) -> None:
    mention_id = brought(store)
    assert withdrawn(store) == Applied((), (mention_id,), (), 0)
    (mention,) = listed(store)
    assert mention.withdrawn
    assert (mention.post.title, mention.post.text) == ("", "")
    assert (mention.post.rating, mention.post.reply_to) == (None, "")
    assert (mention.matches, mention.verdict.reasons) == ((), ())
    assert mention.post.author.name == "Léa Martin"
    assert mention.post.url == "https://feed.example/1"
    assert "en panne" not in everything(store)
    assert "Deux étoiles" not in everything(store)


def test_it_leaves_to_answer_the_alerts_and_the_search(store: Store) -> None:
    brought(store)
    assert store.reader.unnotified_alerts()
    withdrawn(store)
    assert listed(store, View.TO_ANSWER) == []
    assert listed(store, View.ALERTS) == []
    assert store.reader.unnotified_alerts() == ()
    counts = store.reader.counts()
    assert (counts.to_answer, counts.alerts_unseen, counts.all) == (0, 0, 1)
    assert listed(store, text="panne") == []


def test_a_draft_the_person_wrote_stays(store: Store) -> None:
    mention_id = brought(store)
    store.writer.save_draft(mention_id, "Bonjour Léa,", "fr", "", NOW)
    withdrawn(store)
    read = detail(store, mention_id)
    assert read.draft is not None
    assert read.draft.text == "Bonjour Léa,"
    assert [mention.id for mention in listed(store, View.DRAFTS)] == [mention_id]


def test_a_correction_does_not_bring_it_back_to_the_lists(store: Store) -> None:
    mention_id = brought(store)
    withdrawn(store)
    store.writer.correct(mention_id, Correction.NEGATIVE, LATER)
    mention = detail(store, mention_id).mention
    assert (mention.tone, mention.flagged, mention.needs_answer) == (Tone.NEGATIVE, False, False)
    assert listed(store, View.TO_ANSWER) == []


def test_twice_withdrawn_is_once(store: Store) -> None:
    brought(store)
    withdrawn(store)
    assert withdrawn(store) == Applied((), (), (), 0)
    assert withdrawn(store, "never seen") == Applied((), (), (), 0)


def test_another_sources_post_of_the_same_id_stays(store: Store) -> None:
    other = store.writer.add_source(feed(2))
    brought(store)
    store.writer.apply(outcome(other.id, analysed(post(), found(store.brand_id))))
    withdrawn(store)
    assert sorted(mention.withdrawn for mention in listed(store)) == [False, True]


def test_a_copy_takes_the_place_of_a_withdrawn_story(store: Store) -> None:
    other = store.writer.add_source(feed(2))
    story = found(store.brand_id, story_key="story")
    first = store.writer.apply(outcome(store.source_id, analysed(post(1), story)))
    second = store.writer.apply(outcome(other.id, analysed(post(2), story)))
    applied = withdrawn(store)
    assert set(applied.changed_mentions) == {*first.new_mentions, *second.new_mentions}
    assert [mention.id for mention in listed(store, View.TO_ANSWER)] == list(second.new_mentions)
    third = store.writer.apply(outcome(other.id, analysed(post(3), story)))
    assert detail(store, second.new_mentions[0]).mention.outlets == 2
    assert third.alerted_mentions == ()


def test_a_withdrawn_copy_leaves_its_story(store: Store) -> None:
    other = store.writer.add_source(feed(2))
    story = found(store.brand_id, story_key="story")
    first = store.writer.apply(outcome(other.id, analysed(post(2), story)))
    store.writer.apply(outcome(store.source_id, analysed(post(1), story)))
    withdrawn(store)
    assert detail(store, first.new_mentions[0]).mention.outlets == 1


def test_published_again_it_is_read_again_and_alerts_nobody(store: Store) -> None:
    mention_id = brought(store)
    withdrawn(store)
    assert store.reader.known_hashes(store.source_id, ["post-1"]) == {"post-1": ""}
    again = analysed(post(), found(store.brand_id))
    applied = store.writer.apply(outcome(store.source_id, again))
    assert applied == Applied((), (mention_id,), (), 0)
    mention = detail(store, mention_id).mention
    assert not mention.withdrawn
    assert (mention.verdict, mention.needs_answer) == (NEGATIVE, True)
    assert [one.id for one in listed(store, text="panne")] == [mention_id]


def test_the_index_of_words_stays_whole(store: Store) -> None:
    """Words taken out twice would damage it: a withdrawal, an edit and a removal after one another."""
    brand = store.writer.save_brand(Brand(0, "Lumen"))
    both = (found(store.brand_id), found(brand.id))
    store.writer.apply(outcome(store.source_id, *(analysed(post(n), *both) for n in (1, 2, 3))))
    withdrawn(store, "post-1", "post-2")
    store.writer.apply(outcome(store.source_id, analysed(post(1, text="Café Lumen"), *both)))
    store.writer.remove_brand(brand.id)
    withdrawn(store, "post-1")
    assert [mention.post.native_id for mention in listed(store, text="lumen")] == ["post-3"]
    check = "INSERT INTO mention_words (mention_words) VALUES ('integrity-check')"
    with closing(open_writer(store.path)) as connection:
        connection.execute(sql(check))


def test_a_changed_brand_does_not_look_into_what_is_gone(store: Store) -> None:
    brought(store)
    withdrawn(store)
    assert store.reader.posts_after(0, 10) == ()
