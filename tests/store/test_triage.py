"""What a person does with mentions, and what follows from it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from monitor.model.brand import Brand
from monitor.model.mention import Correction, Mention, MentionFilter, TriageState, View
from monitor.model.verdict import Intent, Tone
from monitor.store.connection import open_reader
from monitor.store.schema import verdict_corrections
from tests.store.conftest import Store
from tests.store.samples import NEUTRAL, NOW, analysed, feed, found, outcome, post


def add(store: Store, number: int = 1, **mention: object) -> int:
    item = analysed(post(number), found(store.brand_id, **mention))
    return store.writer.apply(outcome(store.source_id, item)).new_mentions[0]


def read(store: Store, mention_id: int) -> Mention:
    (mention,) = store.reader.mentions([mention_id])
    return mention


def listed(store: Store, view: View, **wanted: object) -> list[int]:
    keys = store.reader.keys(MentionFilter(view=view, **wanted), None, 100)  # type: ignore[arg-type]  # test values
    return [key.id for key in keys]


def test_filing_moves_a_mention_from_view_to_view(store: Store) -> None:
    mention_id = add(store)
    assert listed(store, View.TO_ANSWER) == [mention_id]
    assert store.writer.set_state([mention_id], TriageState.DONE) == (mention_id,)
    assert (listed(store, View.TO_ANSWER), listed(store, View.DONE)) == ([], [mention_id])
    assert listed(store, View.ALL) == [mention_id]


def test_a_snoozed_mention_wakes_at_its_hour(store: Store) -> None:
    mention_id = add(store)
    store.writer.mark_seen([mention_id], NOW)
    wake = NOW + timedelta(hours=2)
    store.writer.set_state([mention_id], TriageState.WAITING, wake)
    assert listed(store, View.WAITING) == [mention_id]
    assert store.writer.wake_due(wake - timedelta(seconds=1)) == ()
    assert store.writer.wake_due(wake) == (mention_id,)
    woken = read(store, mention_id)
    assert (woken.state, woken.wake_at, woken.seen) == (TriageState.OPEN, None, False)


def test_only_waiting_keeps_an_hour(store: Store) -> None:
    mention_id = add(store)
    store.writer.set_state([mention_id], TriageState.DONE, NOW)
    assert read(store, mention_id).wake_at is None


def test_a_step_on_a_story_is_a_step_on_its_copies(store: Store) -> None:
    head = add(store, 1, story_key="story")
    other = store.writer.add_source(feed(2))
    copy = store.writer.apply(
        outcome(other.id, analysed(post(2), found(store.brand_id, story_key="story")))
    ).new_mentions[0]
    assert set(store.writer.set_state([head], TriageState.DONE)) == {head, copy}
    assert set(store.writer.correct(head, Correction.NOT_US, NOW)) == {head, copy}
    assert listed(store, View.ALL) == []
    assert set(listed(store, View.ALL, not_us=True)) == {head, copy}


def test_called_negative_it_waits_for_an_answer(store: Store) -> None:
    mention_id = add(store, verdict=NEUTRAL, flagged=False, needs_answer=False)
    store.writer.correct(mention_id, Correction.NEGATIVE, NOW)
    now = read(store, mention_id)
    assert (now.tone, now.flagged, now.needs_answer) == (Tone.NEGATIVE, True, True)


def test_a_rival_called_negative_waits_for_nothing(store: Store) -> None:
    rival = store.writer.save_brand(Brand(0, "Rival", rival=True))
    calm = found(rival.id, verdict=NEUTRAL, flagged=False, needs_answer=False, alerts=False)
    applied = store.writer.apply(outcome(store.source_id, analysed(post(), calm)))
    store.writer.correct(applied.new_mentions[0], Correction.NEGATIVE, NOW)
    assert not read(store, applied.new_mentions[0]).needs_answer


def test_called_neutral_a_complaint_waits_no_longer_but_a_question_does(store: Store) -> None:
    complaint = add(store, 1)
    question = add(store, 2, verdict=NEUTRAL, flagged=False)
    assert read(store, question).verdict.intent is Intent.QUESTION
    for mention_id in (complaint, question):
        store.writer.correct(mention_id, Correction.POSITIVE, NOW)
    assert listed(store, View.TO_ANSWER) == [question]
    assert (read(store, complaint).tone, read(store, complaint).flagged) == (Tone.POSITIVE, False)


def test_a_word_taken_back_leaves_what_the_analysis_said(store: Store) -> None:
    mention_id = add(store)
    before = read(store, mention_id)
    store.writer.correct(mention_id, Correction.NOT_US, NOW)
    assert read(store, mention_id).correction is Correction.NOT_US
    assert store.writer.correct(mention_id, None, NOW) == (mention_id,)
    assert read(store, mention_id) == before


def test_every_word_is_remembered_in_order(store: Store) -> None:
    mention_id = add(store)
    for word in (Correction.POSITIVE, Correction.POSITIVE, None, Correction.NOT_US):
        store.writer.correct(mention_id, word, NOW)
    with open_reader(store.path) as connection:
        rows = connection.execute(
            select(verdict_corrections.c.version, verdict_corrections.c.correction).order_by(
                verdict_corrections.c.version
            )
        ).all()
    assert [tuple(row) for row in rows] == [(1, "positive"), (2, None), (3, "not_us")]


def test_what_was_seen_loses_its_dot_and_its_alert(store: Store) -> None:
    mention_id = add(store)
    assert store.reader.counts().alerts_unseen == 1
    assert store.writer.mark_seen([mention_id], NOW) == (mention_id,)
    assert store.writer.mark_seen([mention_id], NOW) == ()
    assert read(store, mention_id).seen
    assert store.reader.counts().alerts_unseen == 0
    assert listed(store, View.ALERTS) == [mention_id]


def test_thousands_are_filed_at_once(store: Store) -> None:
    posts = [analysed(post(n), found(store.brand_id)) for n in range(1200)]
    ids = store.writer.apply(outcome(store.source_id, *posts)).new_mentions
    assert sorted(store.writer.set_state(ids, TriageState.DONE)) == sorted(ids)
    assert store.reader.counts().done == 1200


def test_a_draft_is_saved_as_typed_and_kept_after_the_answer(store: Store) -> None:
    mention_id = add(store)
    store.writer.save_draft(mention_id, "Bonj", "fr", "", NOW)
    draft = store.writer.save_draft(mention_id, "Bonjour,", "fr", "sorry", NOW)
    assert listed(store, View.DRAFTS) == [mention_id]
    assert store.writer.mark_answered(mention_id, NOW) == (mention_id,)
    assert listed(store, View.DRAFTS) == []
    detail = store.reader.detail(mention_id)
    assert detail is not None
    assert detail.draft == draft
    assert detail.mention.state is TriageState.ANSWERED


def test_an_emptied_draft_is_none(store: Store) -> None:
    mention_id = add(store)
    store.writer.save_draft(mention_id, "Bonjour", "fr", "", NOW)
    store.writer.save_draft(mention_id, "  \n", "fr", "", NOW)
    assert listed(store, View.DRAFTS) == []


def test_writing_on_after_the_answer_is_a_new_reply(store: Store) -> None:
    mention_id = add(store)
    keys = []
    for words in ("Bonjour", "Bonjour,", "Encore une chose"):
        store.writer.save_draft(mention_id, words, "fr", "", NOW)
        with open_reader(store.path) as connection:
            keys.append(connection.exec_driver_sql("SELECT idempotency_key FROM drafts").scalar())
        if words == "Bonjour,":
            store.writer.mark_answered(mention_id, NOW)
    assert keys[0] == keys[1] != keys[2]
    assert listed(store, View.DRAFTS) == [mention_id]


def test_a_draft_for_a_mention_that_is_gone_is_no_error(store: Store) -> None:
    assert store.writer.save_draft(999, "Bonjour", "fr", "", NOW).text == "Bonjour"
    assert store.writer.mark_answered(999, NOW) == ()
    assert store.writer.correct(999, Correction.NEUTRAL, NOW) == ()
    assert store.writer.set_state([], TriageState.DONE) == ()


def test_an_answer_taken_back_is_a_draft_again(store: Store) -> None:
    written, empty = add(store), add(store, 2)
    store.writer.save_draft(written, "Bonjour", "fr", "", NOW)
    store.writer.mark_answered(written, NOW)
    store.writer.mark_answered(empty, NOW)
    assert listed(store, View.DRAFTS) == []
    store.writer.set_state([written, empty], TriageState.OPEN)
    assert listed(store, View.DRAFTS) == [written]


def test_looking_for_snoozed_mentions_writes_nothing_when_none_is_due(store: Store) -> None:
    mention_id = add(store)
    store.writer.set_state([mention_id], TriageState.WAITING, NOW + timedelta(hours=2))
    log = store.path.with_name(store.path.name + "-wal")
    before = log.stat().st_size
    assert store.writer.wake_due(NOW + timedelta(hours=1)) == ()
    assert log.stat().st_size == before
