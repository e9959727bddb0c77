"""How often a source is polled when nobody has a wish for it."""

from __future__ import annotations

from monitor.engine.intervals import USUAL, Intervals
from monitor.model.source import Source
from monitor.sources.registry import kinds

FEED = Source(1, "feed", "https://example.org/feed", "")
QUESTIONS = Source(2, "stackexchange", "https://api.stackexchange.com/2.3/search", "")
OWN_PACE = kinds()["stackexchange"].info.default_interval


def test_the_general_choice_counts_for_what_has_no_slower_pace_of_its_own() -> None:
    intervals = Intervals()
    assert intervals.of(FEED) == USUAL
    intervals.usual = 5 * 60
    assert intervals.of(FEED) == 5 * 60


def test_a_slow_network_keeps_its_own_pace() -> None:
    intervals = Intervals()
    assert intervals.of(QUESTIONS) == OWN_PACE > USUAL
    intervals.usual = 2 * OWN_PACE
    assert intervals.of(QUESTIONS) == 2 * OWN_PACE


def test_the_wish_for_one_source_counts_down_to_what_its_kind_allows() -> None:
    least = kinds()["stackexchange"].info.min_interval
    wished = Source(3, "stackexchange", QUESTIONS.address, "", interval=least)
    assert Intervals().of(wished) == least
