"""One poll into the database: everything or nothing, once or twice with the same end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import ProfileError
from monitor.infra import http_errors
from monitor.model.brand import Brand
from monitor.model.mention import Correction, Mention, MentionFilter, TriageState
from monitor.model.poll import Applied
from monitor.model.post import Author
from monitor.model.source import SourceState
from monitor.model.verdict import Tone
from monitor.text import Text, text
from tests.store.conftest import Store
from tests.store.samples import NEGATIVE, NEUTRAL, NOW, analysed, feed, found, outcome, post


def only(store: Store) -> Mention:
    (key,) = store.reader.keys(MentionFilter(), None, 10)
    (mention,) = store.reader.mentions([key.id])
    return mention


def test_a_post_comes_back_as_it_went_in(store: Store) -> None:
    written = post(
        title="Panne",
        author=Author("Léa", "lea", "https://p.example/lea", 1204),
        thread_id="t",
        parent_id="post-0",
        rating=2,
        likes=12,
        replies=3,
        shares=0,
        reply_to='{"uri":"at://post-1"}',
    )
    mention = found(store.brand_id)
    applied = store.writer.apply(outcome(store.source_id, analysed(written, mention)))
    read = only(store)
    assert applied == Applied((read.id,), (), (read.id,), 1)
    assert read.post == written
    assert (read.matches, read.verdict, read.tone) == (mention.matches, NEGATIVE, Tone.NEGATIVE)
    assert (read.brand_name, read.source_name, read.source_kind) == ("Café Lumen", "Feed 1", "feed")
    assert (read.at, read.first_seen) == (written.published, NOW)
    assert (read.flagged, read.needs_answer, read.has_alert) == (True, True, True)
    assert (read.state, read.seen, read.edited, read.outlets) == (TriageState.OPEN, False, False, 1)


def test_an_undated_post_stands_at_the_moment_it_was_seen(store: Store) -> None:
    undated = analysed(post(published=None), found(store.brand_id))
    late = NOW + timedelta(microseconds=1500)
    store.writer.apply(outcome(store.source_id, undated, finished_at=late))
    assert only(store).at == NOW
    assert only(store).post.published is None


def test_the_same_outcome_twice_changes_nothing(store: Store) -> None:
    posts = [analysed(post(n), found(store.brand_id)) for n in range(5)]
    first = store.writer.apply(outcome(store.source_id, *posts))
    again = store.writer.apply(outcome(store.source_id, *posts))
    assert len(first.new_mentions) == 5
    assert again == Applied((), (), (), 0)
    assert len(store.reader.posts_after(0, 100)) == 5


def test_an_identity_that_repeats_in_one_answer_counts_once(store: Store) -> None:
    newest = analysed(post(text="Café Lumen, corrigé"), found(store.brand_id))
    applied = store.writer.apply(
        outcome(store.source_id, newest, analysed(post(), found(store.brand_id)))
    )
    assert (applied.new_posts, len(applied.new_mentions)) == (1, 1)
    assert only(store).post.text == "Café Lumen, corrigé"


def test_an_edit_is_judged_anew_and_alerts_nobody(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(), found(store.brand_id))))
    edited = post(text="Café Lumen a tout réparé", published=NOW)
    calm = found(store.brand_id, verdict=NEUTRAL, flagged=False, needs_answer=False)
    applied = store.writer.apply(outcome(store.source_id, analysed(edited, calm)))
    read = only(store)
    assert applied == Applied((), (read.id,), (), 0)
    assert (read.edited, read.tone, read.flagged) == (True, Tone.NEUTRAL, False)
    assert read.post.text == "Café Lumen a tout réparé"
    assert read.at == post().published
    assert len(store.reader.keys(MentionFilter(text="réparé"), None, 5)) == 1
    assert store.reader.keys(MentionFilter(text="panne"), None, 5) == ()


def test_an_edit_never_touches_what_a_person_did(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(), found(store.brand_id))))
    mention_id = only(store).id
    store.writer.save_draft(mention_id, "Bonjour Léa,", "fr", "sorry", NOW)
    store.writer.correct(mention_id, Correction.POSITIVE, NOW)
    store.writer.set_state([mention_id], TriageState.WAITING, NOW + timedelta(hours=1))
    edited = analysed(post(text="Café Lumen, encore"), found(store.brand_id))
    store.writer.apply(outcome(store.source_id, edited))
    detail = store.reader.detail(mention_id)
    assert detail is not None
    assert detail.draft is not None
    assert detail.draft.text == "Bonjour Léa,"
    read = detail.mention
    assert (read.tone, read.correction) == (Tone.POSITIVE, Correction.POSITIVE)
    assert (read.state, read.wake_at) == (TriageState.WAITING, NOW + timedelta(hours=1))


def test_a_mention_whose_name_was_edited_away_stays_without_places(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(), found(store.brand_id))))
    store.writer.apply(outcome(store.source_id, analysed(post(text="Rien"))))
    read = only(store)
    assert read.matches == ()
    assert [(reason.start, reason.end) for reason in read.verdict.reasons] == [(0, 0)]


def test_a_post_that_left_and_came_back_is_not_new(store: Store) -> None:
    gone = analysed(post(1), found(store.brand_id))
    store.writer.apply(outcome(store.source_id, gone))
    store.writer.apply(outcome(store.source_id, analysed(post(2))))
    assert store.writer.apply(outcome(store.source_id, gone)) == Applied((), (), (), 0)


def test_the_same_story_elsewhere_is_one_row_and_one_alert(store: Store) -> None:
    other = store.writer.add_source(feed(2))
    story = found(store.brand_id, story_key="story")
    first = store.writer.apply(outcome(store.source_id, analysed(post(1), story)))
    second = store.writer.apply(outcome(other.id, analysed(post(2), story)))
    assert (len(first.alerted_mentions), second.alerted_mentions) == (1, ())
    assert only(store).id == first.new_mentions[0]
    assert only(store).outlets == 2
    detail = store.reader.detail(first.new_mentions[0])
    assert detail is not None
    assert [copy.id for copy in detail.same_story] == list(second.new_mentions)
    assert detail.same_story[0].outlets == 2
    at_the_other = store.reader.keys(MentionFilter(source_id=other.id), None, 5)
    assert [key.id for key in at_the_other] == list(second.new_mentions)


def test_within_one_poll_the_oldest_heads_the_story(store: Store) -> None:
    story = found(store.brand_id, story_key="story")
    poll = outcome(store.source_id, analysed(post(1), story), analysed(post(9), story))
    assert len(store.writer.apply(poll).alerted_mentions) == 1
    assert only(store).post.native_id == "post-9"


def test_no_alert_where_none_is_wanted(store: Store) -> None:
    history = analysed(post(), found(store.brand_id, alerts=False))
    assert store.writer.apply(outcome(store.source_id, history)).alerted_mentions == ()
    assert store.reader.unnotified_alerts() == ()


def test_alerts_wait_until_they_were_shown(store: Store) -> None:
    alerted = store.writer.apply(
        outcome(store.source_id, analysed(post(), found(store.brand_id)))
    ).alerted_mentions
    assert store.reader.unnotified_alerts() == alerted
    store.writer.mark_notified(alerted, NOW)
    assert store.reader.unnotified_alerts() == ()


def test_one_post_may_name_several_brands(store: Store) -> None:
    rival = store.writer.save_brand(Brand(0, "Rival", rival=True))
    both = analysed(post(), found(store.brand_id), found(rival.id, alerts=False))
    assert len(store.writer.apply(outcome(store.source_id, both)).new_mentions) == 2
    assert len(store.reader.keys(MentionFilter(text="panne"), None, 5)) == 2


def test_a_brand_that_was_removed_meanwhile_gets_nothing(store: Store) -> None:
    store.writer.remove_brand(store.brand_id)
    applied = store.writer.apply(outcome(store.source_id, analysed(post(), found(store.brand_id))))
    assert applied == Applied((), (), (), 1)


def test_a_source_that_was_removed_meanwhile_takes_nothing(store: Store) -> None:
    store.writer.remove_source(store.source_id, NOW)
    poll = outcome(store.source_id, analysed(post(), found(store.brand_id)))
    assert store.writer.apply(poll) == Applied((), (), (), 0)
    assert store.reader.posts_after(0, 5) == ()


def test_health_cursor_and_what_was_learned_come_with_the_posts(store: Store) -> None:
    source = store.writer.add_source(replace(feed(3), name=""))
    poll = outcome(source.id, learned_name="Blog de Nico", learned_language="fr", skipped=2)
    store.writer.apply(poll)
    state = store.reader.polling_state(source.id)
    assert state is not None
    assert (state.cursor, state.failures, state.next_due) == ('{"etag":"1"}', 0, poll.next_due)
    assert (state.source.name, state.source.language) == ("Blog de Nico", "fr")
    status = store.reader.sources(NOW)[-1]
    assert (status.state, status.last_success, status.skipped) == (SourceState.LISTENING, NOW, 2)


def test_a_failed_poll_keeps_the_cursor_and_says_why(store: Store) -> None:
    store.writer.apply(outcome(store.source_id))
    error, hint = text("{host} does not answer.", host="feed.example"), text("It tries again.")
    later = NOW + timedelta(hours=1)
    store.writer.apply(
        outcome(
            store.source_id,
            next_cursor=None,
            error=error,
            hint=hint,
            failures=3,
            finished_at=later,
            state=SourceState.WAITING,
        )
    )
    (status,) = store.reader.sources(later)
    assert (status.error, status.hint, status.failures) == (error, hint, 3)
    assert (status.last_success, status.last_attempt) == (NOW, later)
    state = store.reader.polling_state(store.source_id)
    assert state is not None
    assert state.cursor == '{"etag":"1"}'


def test_a_moved_feed_keeps_its_address_when_the_new_one_is_taken(store: Store) -> None:
    store.writer.add_source(feed(2))
    store.writer.apply(outcome(store.source_id, moved_to="https://feed2.example/"))
    assert store.reader.sources(NOW)[0].source.address == "https://feed1.example/"
    store.writer.apply(outcome(store.source_id, moved_to="https://new.example/"))
    assert store.reader.sources(NOW)[0].source.address == "https://new.example/"


def test_a_gap_is_shown_for_a_week(store: Store) -> None:
    store.writer.apply(outcome(store.source_id))
    later = NOW + timedelta(days=2)
    store.writer.apply(outcome(store.source_id, finished_at=later, lost_window=True))
    store.writer.apply(outcome(store.source_id, finished_at=later + timedelta(hours=1)))
    assert store.reader.sources(later)[0].gap_since == NOW
    assert store.reader.sources(later + timedelta(days=8))[0].gap_since is None


def test_posts_are_counted_on_the_day_they_were_published(store: Store) -> None:
    ages = (0, 0, 1, 6, 7, 300)
    posts = [analysed(post(n, published=NOW - timedelta(days=age))) for n, age in enumerate(ages)]
    store.writer.apply(outcome(store.source_id, *posts))
    store.writer.apply(outcome(store.source_id, analysed(post(99, published=None))))
    (status,) = store.reader.sources(NOW)
    assert status.per_day == (1, 0, 0, 0, 0, 1, 3)
    assert (status.items, status.mentions) == (7, 0)


def test_signs_that_no_database_takes_are_replaced_one_for_one(store: Store) -> None:
    odd = post(1, native_id="a\ud800b", text="Café Lumen \ud83d en panne", title="\udfff")
    poll = outcome(store.source_id, analysed(odd, found(store.brand_id)))
    store.writer.apply(poll)
    assert only(store).post.text == "Café Lumen ? en panne"
    assert store.reader.known_hashes(store.source_id, ["a\ud800b"]) == {
        "a\ud800b": odd.content_hash
    }
    assert store.writer.apply(poll).new_posts == 0


def test_known_hashes_are_those_of_one_source(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(1)), analysed(post(2))))
    hashes = store.reader.known_hashes(store.source_id, ["post-1", "post-9"])
    assert hashes == {"post-1": post(1).content_hash}
    assert store.reader.known_hashes(store.source_id + 1, ["post-1"]) == {}
    assert store.reader.known_hashes(store.source_id, []) == {}


def test_a_full_disk_loses_nothing_that_was_stored(store: Store) -> None:
    connection = store.writer._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
    connection.rollback()
    polls = [
        outcome(store.source_id, analysed(post(n, text="Café Lumen " * 1500)), next_cursor=str(n))
        for n in range(50)
    ]

    def until_full() -> None:
        for poll in polls:
            store.writer.apply(poll)

    with pytest.raises(ProfileError, match="disk is full"):
        until_full()
    state = store.reader.polling_state(store.source_id)
    assert state is not None
    assert len(store.reader.posts_after(0, 100)) == int(state.cursor) + 1
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10_000}")
    connection.rollback()
    assert sum(store.writer.apply(poll).new_posts for poll in polls) == 50 - int(state.cursor) - 1


def test_new_counts_are_no_edit_and_told_to_nobody(store: Store) -> None:
    liked = analysed(post(likes=1), found(store.brand_id))
    store.writer.apply(outcome(store.source_id, liked))
    more = analysed(post(likes=40, replies=2), found(store.brand_id))
    assert store.writer.apply(outcome(store.source_id, more)) == Applied((), (), (), 0)
    read = only(store)
    assert (read.post.likes, read.post.replies, read.post.shares) == (40, 2, None)
    assert not read.edited


def test_other_stars_are_an_edit(store: Store) -> None:
    store.writer.apply(outcome(store.source_id, analysed(post(rating=1), found(store.brand_id))))
    better = analysed(post(rating=5), found(store.brand_id))
    applied = store.writer.apply(outcome(store.source_id, better))
    read = only(store)
    assert applied.changed_mentions == (read.id,)
    assert (read.post.rating, read.edited) == (5, True)


def test_a_note_is_the_last_successful_polls(store: Store) -> None:
    def note() -> object:
        (status,) = store.reader.sources(NOW)
        return status.note

    says = text("This server does not search.")
    assert note() is None
    store.writer.apply(outcome(store.source_id, note=says))
    assert note() == says
    failed = outcome(store.source_id, error=text("No page."), hint=text("Wait."), next_cursor=None)
    store.writer.apply(failed)
    assert note() == says
    store.writer.apply(outcome(store.source_id))
    assert note() is None


def test_who_got_no_answer_at_all_is_told_apart(store: Store) -> None:
    def fail(title: Text) -> bool:
        failed = outcome(store.source_id, error=title, hint=text("Wait."), next_cursor=None)
        store.writer.apply(failed)
        (status,) = store.reader.sources(NOW)
        return status.unreached

    assert fail(http_errors.unknown_host("feed1.example").title)
    assert fail(http_errors.timed_out(30).title)
    assert not fail(http_errors.garbled("feed1.example").title)
    store.writer.apply(outcome(store.source_id))
    assert not store.reader.sources(NOW)[0].unreached
