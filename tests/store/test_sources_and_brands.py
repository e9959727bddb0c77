"""Sources and brands: added, changed, removed, leased; what was stored is matched again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.mention import Correction, MentionFilter
from monitor.model.source import SourceState
from monitor.store.records import FoundMention
from monitor.text import text
from tests.store.conftest import Store
from tests.store.samples import NOW, analysed, feed, found, outcome, post


def test_a_source_comes_back_as_it_went_in(store: Store) -> None:
    wanted = feed(7, folder="Presse / Régionale", language="fr", interval=600, fields={"q": "été"})
    stored = store.writer.add_source(wanted)
    assert stored == replace(wanted, id=stored.id)
    state = store.reader.polling_state(stored.id)
    assert state is not None
    assert (state.source, state.cursor, state.state) == (stored, "", SourceState.NEW)
    assert store.reader.all_polling_states()[-1] == state


def test_an_address_is_listened_to_once(store: Store) -> None:
    with pytest.raises(BadInput, match="already there"):
        store.writer.add_source(feed(1))
    other = store.writer.add_source(feed(2))
    with pytest.raises(BadInput, match="already there"):
        store.writer.update_source(replace(other, address=feed(1).address))
    assert len(store.reader.sources(NOW)) == 2


def test_a_removed_source_leaves_its_mentions_and_comes_back_to_its_posts(store: Store) -> None:
    poll = outcome(store.source_id, analysed(post(), found(store.brand_id)))
    store.writer.apply(poll)
    store.writer.remove_source(store.source_id, NOW)
    assert store.reader.sources(NOW) == ()
    assert store.reader.polling_state(store.source_id) is None
    assert len(store.reader.keys(MentionFilter(), None, 5)) == 1
    again = store.writer.add_source(feed(1))
    assert again.id == store.source_id
    state = store.reader.polling_state(again.id)
    assert state is not None
    assert (state.cursor, state.state) == ("", SourceState.NEW)
    assert store.writer.apply(poll).new_posts == 0


def test_a_changed_source_tries_again_at_once(store: Store) -> None:
    failed = outcome(
        store.source_id,
        state=SourceState.NEEDS_YOU,
        error=text("Refused."),
        failures=4,
        next_due=None,
    )
    store.writer.apply(failed)
    assert store.reader.counts().sources_need_you == 1
    (state,) = store.reader.all_polling_states()
    store.writer.update_source(replace(state.source, name="Other"))
    (state,) = store.reader.all_polling_states()
    assert (state.source.name, state.failures) == ("Other", 0)
    assert state.state is SourceState.LISTENING
    assert state.next_due is not None
    assert state.next_due < NOW


def test_another_address_is_read_from_its_beginning(store: Store) -> None:
    store.writer.apply(outcome(store.source_id))
    (state,) = store.reader.all_polling_states()
    store.writer.update_source(replace(state.source, address="https://new.example/"))
    (state,) = store.reader.all_polling_states()
    assert (state.cursor, state.state) == ("", SourceState.NEW)


def test_the_address_of_a_removed_source_may_be_taken(store: Store) -> None:
    other = store.writer.add_source(feed(2))
    store.writer.remove_source(store.source_id, NOW)
    store.writer.update_source(replace(other, address=feed(1).address))
    (state,) = store.reader.all_polling_states()
    assert (state.source.id, state.source.address) == (other.id, feed(1).address)


def test_a_paused_source_is_shown_paused_whatever_its_health(store: Store) -> None:
    (state,) = store.reader.all_polling_states()
    store.writer.update_source(replace(state.source, paused=True))
    store.writer.apply(outcome(store.source_id))
    assert store.reader.sources(NOW)[0].state is SourceState.PAUSED


def test_a_lease_is_had_by_one_and_runs_out(store: Store) -> None:
    until = NOW + timedelta(minutes=3)
    claim = store.writer.claim
    assert claim(store.source_id, "window", until, NOW)
    assert claim(store.source_id, "window", until, NOW)
    assert not claim(store.source_id, "command", until, NOW)
    assert claim(store.source_id, "command", until + timedelta(minutes=3), until)
    store.writer.release(store.source_id, "window")
    assert not claim(store.source_id, "window", until, NOW)
    store.writer.release(store.source_id, "command")
    assert claim(store.source_id, "window", until, NOW)
    store.writer.apply(outcome(store.source_id))
    assert claim(store.source_id, "command", until, NOW)
    assert not claim(999, "command", until, NOW)


def test_a_brand_comes_back_as_it_went_in(store: Store) -> None:
    brand = Brand(
        0,
        "Yahoo!",
        ("Yahoo", "l'été"),
        ("mail",),
        ("serious",),
        ("bot",),
        ("spam.example",),
        ("de",),
        exact=True,
        rival=True,
        color=3,
    )
    stored = store.writer.save_brand(brand)
    assert store.reader.brands()[-1] == stored == replace(brand, id=stored.id)
    renamed = store.writer.save_brand(replace(stored, name="Yahoo"))
    assert store.reader.brands()[-1] == renamed


def test_a_removed_brand_takes_its_mentions_and_no_id_is_given_twice(store: Store) -> None:
    story = found(store.brand_id, story_key="story")
    poll = outcome(store.source_id, analysed(post(1), story), analysed(post(2), story))
    ids = store.writer.apply(poll).new_mentions
    store.writer.save_draft(ids[0], "Bonjour", "fr", "", NOW)
    store.writer.correct(ids[0], Correction.NOT_US, NOW)
    store.writer.remove_brand(store.brand_id)
    assert store.reader.brands() == ()
    assert store.reader.mentions(ids) == ()
    assert len(store.reader.posts_after(0, 9)) == 2
    brand = store.writer.save_brand(Brand(0, "Café Lumen"))
    assert brand.id != store.brand_id
    again = [
        FoundMention(stored.id, stored.content_hash, found(brand.id, alerts=True))
        for stored in store.reader.posts_after(0, 9)
    ]
    applied = store.writer.store_mentions(again)
    assert min(applied.new_mentions) > max(ids)
    assert applied.alerted_mentions == ()
    kept = store.reader._connection.exec_driver_sql("SELECT count(*) FROM verdict_corrections")
    assert kept.scalar_one() == 1


def test_matching_again_finds_old_posts_and_stores_them_once(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, *(analysed(post(n)) for n in range(5))))
    stored = store.reader.posts_after(0, 3)
    assert [one.id for one in stored + store.reader.posts_after(stored[-1].id, 3)] == [
        1,
        2,
        3,
        4,
        5,
    ]
    batch = [FoundMention(one.id, one.content_hash, found(store.brand_id)) for one in stored]
    batch.append(FoundMention(4, "another text by now", found(store.brand_id)))
    batch.append(FoundMention(5, stored[0].content_hash, found(999)))
    first = store.writer.store_mentions(batch)
    again = store.writer.store_mentions(batch)
    assert (len(first.new_mentions), first.changed_mentions) == (3, ())
    assert (again.new_mentions, again.changed_mentions) == ((), first.new_mentions)
    assert len(store.reader.keys(MentionFilter(text="panne"), None, 9)) == 3


def test_a_detail_has_the_authors_other_mentions(store: Store) -> None:
    author = post().author
    posts = [analysed(post(n, author=author), found(store.brand_id)) for n in range(30)]
    ids = store.writer.apply(outcome(store.source_id, *posts)).new_mentions
    detail = store.reader.detail(ids[0])
    assert detail is not None
    assert (len(detail.earlier), detail.earlier_count) == (20, 29)
    assert detail.earlier[0].post.native_id == "post-0"
    assert detail.same_story == ()
    assert store.reader.detail(999) is None


def test_what_was_read_at_an_address_the_source_has_left_is_not_its_history(store: Store) -> None:
    """The person corrects the address while the old one is being read: the first poll of the new
    address must still be a first poll, or the site's whole past would raise alerts."""
    store.writer.claim(store.source_id, "us", NOW + timedelta(seconds=90), NOW)
    late = outcome(
        store.source_id,
        analysed(post(), found(store.brand_id)),
        moved_to="https://old.example/moved",
        owner="us",
    )
    (state,) = store.reader.all_polling_states()
    store.writer.update_source(replace(state.source, address="https://new.example/feed"))
    applied = store.writer.apply(late)
    assert (applied.new_posts, applied.alerted_mentions) == (0, ())
    (state,) = store.reader.all_polling_states()
    assert (state.source.address, state.cursor) == ("https://new.example/feed", "")


def test_a_poll_that_outlived_its_lease_counts_while_nobody_else_has_the_source(
    store: Store,
) -> None:
    store.writer.claim(store.source_id, "us", NOW - timedelta(hours=1), NOW - timedelta(hours=2))
    slept = outcome(store.source_id, analysed(post(), found(store.brand_id)), owner="us")
    assert store.writer.apply(slept).new_posts == 1


def test_a_lease_given_by_a_clock_that_was_ahead_holds_nobody(store: Store) -> None:
    in_a_year = NOW + timedelta(days=365)
    lease = timedelta(seconds=90)
    assert store.writer.claim(store.source_id, "killed", in_a_year + lease, in_a_year)
    assert store.writer.claim(store.source_id, "us", NOW + lease, NOW)


def test_a_story_whose_first_mention_is_left_out_is_still_listed(store: Store) -> None:
    """The first to write it was excluded; the newspaper that wrote the same was not."""
    story = found(store.brand_id, story_key="story")
    other = store.writer.add_source(feed(2))
    (first,) = store.writer.apply(outcome(store.source_id, analysed(post(1), story))).new_mentions
    copies = outcome(other.id, analysed(post(3), story), analysed(post(2), story))
    heir, last = store.writer.apply(copies).new_mentions
    (stored, *_) = store.reader.posts_after(0, 9)
    assert store.writer.hide_mentions(store.brand_id, [stored.id]) == (first, heir)
    assert [key.id for key in store.reader.keys(MentionFilter(), None, 9)] == [heir]
    (shown,) = store.reader.mentions([heir])
    assert shown.outlets == 2
    assert store.reader.counts().to_answer == 1
    detail = store.reader.detail(heir)
    assert detail is not None
    assert [copy.id for copy in detail.same_story] == [last]


def test_a_copy_of_what_was_left_out_is_listed(store: Store) -> None:
    story = found(store.brand_id, story_key="story")
    store.writer.apply(outcome(store.source_id, analysed(post(1), story)))
    store.writer.hide_mentions(store.brand_id, [1])
    (new,) = store.writer.apply(outcome(store.source_id, analysed(post(2), story))).new_mentions
    assert [key.id for key in store.reader.keys(MentionFilter(), None, 9)] == [new]


def test_a_copy_of_what_a_person_called_not_us_stays_with_it(store: Store) -> None:
    story = found(store.brand_id, story_key="story")
    (first,) = store.writer.apply(outcome(store.source_id, analysed(post(1), story))).new_mentions
    store.writer.correct(first, Correction.NOT_US, NOW)
    applied = store.writer.apply(outcome(store.source_id, analysed(post(2), story)))
    assert applied.alerted_mentions == ()
    assert store.reader.keys(MentionFilter(), None, 9) == ()
