"""What a fetch brought becomes what the writer stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.analysis.analyser import Analyser
from monitor.engine.finder import Finder
from monitor.engine.pipeline import Before, failure_of, outcome_of
from monitor.engine.schedule import NextTry
from monitor.model.account import Account
from monitor.model.brand import Brand
from monitor.model.poll import PollOutcome
from monitor.model.post import Author, Post
from monitor.model.source import Source, SourceState
from monitor.model.voices import voices_of
from monitor.sources.base import FetchResult
from monitor.text import text
from tests.unit.engine.fake_clock import START

LUMEN = Brand(id=1, name="Café Lumen")
RIVAL = Brand(id=2, name="Moka & Co", rival=True)
FINDER = Finder((LUMEN, RIVAL), Analyser())
SOURCE = Source(id=7, kind="feed", address="https://example.org/feed", name="")
PLAN = NextTry(SourceState.LISTENING, START + timedelta(minutes=15), 0)
KNOWN = Before(SOURCE, first=False, items=5, hashes={"old": "whatever"})


def post(native_id: str, words: str) -> Post:
    return Post(native_id=native_id, url=f"https://example.org/{native_id}", title="", text=words)


BAD = post("bad", "Café Lumen is a scam, my refund was refused. Terrible!")
NEWS = post("news", "Nothing about anybody in this one.")


def outcome(before: Before, *posts: Post, finder: Finder = FINDER) -> PollOutcome:
    result = FetchResult(posts, cursor="next", title="The feed", language="en")
    return outcome_of(before, result, finder, START, PLAN)


def test_a_negative_mention_alerts() -> None:
    found = outcome(KNOWN, BAD, NEWS)
    mention = found.posts[0].mentions[0]
    assert (mention.brand_id, mention.flagged, mention.alerts) == (1, True, True)
    assert mention.story_key
    assert found.posts[1].mentions == ()
    assert found.next_cursor == "next"
    assert found.next_due == PLAN.due


def test_a_first_poll_is_history_and_alerts_nobody() -> None:
    first = Before(SOURCE, first=True, items=0, hashes={})
    found = outcome(first, BAD)
    assert found.posts[0].mentions[0].flagged
    assert not found.posts[0].mentions[0].alerts
    assert not found.lost_window


def test_what_is_newer_than_the_last_read_is_no_history_under_another_address() -> None:
    grown = Before(SOURCE, first=True, items=9, hashes={}, since=START - timedelta(minutes=30))
    dates = (START - timedelta(minutes=10), START - timedelta(days=2), None)
    posts = (replace(BAD, native_id=str(n), published=date) for n, date in enumerate(dates))
    found = outcome(grown, *posts)
    assert [one.mentions[0].alerts for one in found.posts] == [True, False, False]


def test_a_rival_never_alerts_and_never_waits_for_an_answer() -> None:
    found = outcome(KNOWN, post("r", "Moka & Co is a scam, my refund was refused. Terrible!"))
    mention = found.posts[0].mentions[0]
    assert mention.flagged
    assert not mention.alerts
    assert not mention.needs_answer


def test_what_we_write_ourselves_is_kept_and_is_about_no_brand() -> None:
    voices = voices_of((Account(1, "mastodon", "social.example", "lumen"),))
    finder = Finder((LUMEN,), Analyser(), voices)
    tag = replace(
        SOURCE, kind="mastodon-tag", address="https://social.example/api/v1/timelines/tag/x"
    )
    ours = replace(BAD, author=Author("Café Lumen", "lumen@social.example"))
    found = outcome(replace(KNOWN, source=tag), ours, replace(BAD, native_id="b"), finder=finder)
    assert [(one.own, len(one.mentions)) for one in found.posts] == [(True, 0), (False, 1)]
    elsewhere = outcome(KNOWN, ours, finder=finder)  # a feed is of no network
    assert not elsewhere.posts[0].own


def test_an_edit_is_found_again_and_never_alerts_again() -> None:
    before = replace(KNOWN, hashes={"bad": "another text"})
    found = outcome(before, BAD)
    assert [one.post.native_id for one in found.posts] == ["bad"]
    assert not found.posts[0].mentions[0].alerts


def test_what_did_not_change_goes_no_further() -> None:
    before = replace(KNOWN, hashes={"bad": BAD.content_hash})
    assert outcome(before, BAD).posts == ()


def test_a_date_alone_is_no_change() -> None:
    before = replace(KNOWN, hashes={"bad": BAD.content_hash})
    assert outcome(before, replace(BAD, published=START)).posts == ()


def test_an_identity_that_repeats_counts_once_with_its_newest_text() -> None:
    found = outcome(KNOWN, NEWS, BAD, replace(BAD, text="older"))
    assert [one.post.native_id for one in found.posts] == ["news", "bad"]
    assert found.posts[1].post.text == BAD.text


def test_a_window_that_reaches_nothing_known_may_have_lost_posts() -> None:
    assert outcome(replace(KNOWN, hashes={}), BAD).lost_window
    assert not outcome(KNOWN, BAD).lost_window
    assert not outcome(replace(KNOWN, hashes={}, items=0), BAD).lost_window
    assert not outcome(replace(KNOWN, hashes={})).lost_window


def test_names_are_learned_where_the_person_gave_none() -> None:
    assert outcome(KNOWN).learned_name == "The feed"
    named = replace(KNOWN, source=replace(SOURCE, name="Mine", language="fr"))
    assert outcome(named).learned_name == ""
    assert outcome(named).learned_language == ""


def test_a_failure_keeps_cursor_and_posts() -> None:
    plan = NextTry(SourceState.WAITING, START, 3)
    failed = failure_of(7, START, plan, text("It failed."), text("Wait."))
    assert failed.next_cursor is None
    assert failed.posts == ()
    assert failed.failures == 3
    assert failed.state is SourceState.WAITING


def test_without_brands_posts_are_still_stored() -> None:
    found = outcome(KNOWN, BAD, finder=Finder((), Analyser()))
    assert len(found.posts) == 1
    assert found.posts[0].mentions == ()


def test_a_short_post_is_in_the_language_its_author_usually_writes() -> None:
    short = replace(post("s", "Café Lumen super top"), author=Author("Léa"))
    result = FetchResult((short,), cursor="next", title="The feed")
    for usual in ("fr", "de"):
        before = replace(KNOWN, usual={Author("Léa"): usual})
        found = outcome_of(before, result, FINDER, START, PLAN)
        assert found.posts[0].mentions[0].verdict.language == usual


def test_what_was_withdrawn_goes_on_and_is_no_post_any_more() -> None:
    result = FetchResult((BAD, NEWS), cursor="next", withdrawn=("bad", "old"))
    found = outcome_of(KNOWN, result, FINDER, START, PLAN)
    assert [one.post.native_id for one in found.posts] == ["news"]
    assert found.withdrawn == ("bad", "old")


def test_a_note_goes_on() -> None:
    says = text("This server does not search.")
    result = FetchResult((), cursor="next", note=says)
    assert outcome_of(KNOWN, result, FINDER, START, PLAN).note == says


def test_a_hole_may_have_lost_posts_but_history_has_no_holes() -> None:
    holed = FetchResult((BAD,), cursor="next", hole=True)
    first = Before(SOURCE, first=True, items=0, hashes={})
    assert outcome_of(KNOWN, holed, FINDER, START, PLAN).lost_window
    assert not outcome_of(first, holed, FINDER, START, PLAN).lost_window


def test_other_stars_are_read_again_and_more_likes_are_not() -> None:
    rated = replace(BAD, rating=2)
    before = replace(KNOWN, hashes={"bad": rated.content_hash})
    assert outcome(before, replace(rated, likes=40)).posts == ()
    assert len(outcome(before, replace(rated, rating=4)).posts) == 1


def test_a_source_that_knows_of_no_hole_is_believed() -> None:
    burst = FetchResult((BAD,), cursor="next", hole=False)
    assert not outcome_of(replace(KNOWN, hashes={}), burst, FINDER, START, PLAN).lost_window
