"""What the window says while sources cannot be read: no calm that is false."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from monitor.model.brand import Brand
from monitor.model.mention import View
from monitor.model.source import Source, SourceState, SourceStatus
from tests.support.fake_service import NOW, FakeService, status_of
from ui.bridge import Bridge
from ui.source_words import headline, trouble
from ui.theme import Theme
from ui.views.mention_list import MentionListView
from ui.views.status_bar import StatusBar

LUMEN = (Brand(1, "Café Lumen"),)


def fails(number: int, *, unreached: bool = True, ever: bool = False) -> SourceStatus:
    source = Source(number, "feed", f"https://site{number}.example/feed", f"Site {number}")
    status = status_of(source, SourceState.WAITING, due_minutes=4 + number)
    success = NOW - timedelta(hours=2) if ever else None
    return dataclasses.replace(status, last_success=success, unreached=unreached)


def listens(number: int) -> SourceStatus:
    return status_of(Source(number, "feed", f"https://site{number}.example/feed", "Blog"))


def test_who_is_offline_is_told_so() -> None:
    said = headline([fails(1), fails(2), fails(3)], LUMEN, NOW)
    assert said == (
        "You seem to be offline: none of the 3 sources could be reached. "
        "Nothing could be read yet. Next try: in 5 min."
    )


def test_what_was_read_before_is_not_denied() -> None:
    said = headline([fails(1, ever=True), fails(2)], LUMEN, NOW)
    assert "Nothing could be read yet" not in said
    assert "missed" not in said


def test_one_source_that_is_not_found_is_no_proof_of_being_offline() -> None:
    said = headline([fails(1)], LUMEN, NOW)
    assert said.startswith("The source cannot be read at the moment.")


def test_sites_that_answer_with_errors_are_not_offline() -> None:
    said = headline([fails(1), fails(2, unreached=False)], LUMEN, NOW)
    assert said.startswith("None of the 2 sources can be read at the moment.")


def test_failing_sources_do_not_count_as_listening() -> None:
    said = headline([listens(1), listens(2), fails(3)], LUMEN, NOW)
    assert said == (
        "2 sources listening for 1 brand. 1 cannot be read at the moment. "
        "Next try: in 7 min. Nothing else was missed."
    )


def test_paused_sources_are_no_trouble() -> None:
    paused = status_of(Source(1, "feed", "https://site.example", "", paused=True))
    assert trouble([dataclasses.replace(paused, state=SourceState.PAUSED)], NOW) == ""


@pytest.fixture
def failing(fake_service: FakeService) -> FakeService:
    fake_service.statuses = [fails(1), fails(2)]
    return fake_service


def test_the_status_bar_does_not_claim_a_check(
    qtbot: QtBot, failing: FakeService, fake_bridge: Bridge
) -> None:
    bar = StatusBar(fake_bridge)
    qtbot.addWidget(bar)
    qtbot.waitUntil(lambda: bar.words == "You seem to be offline")
    assert bar.moments.startswith("nothing could be read yet")


def test_the_status_bar_says_how_many_cannot_be_read(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge
) -> None:
    fake_service.statuses = [listens(1), fails(2)]
    bar = StatusBar(fake_bridge)
    qtbot.addWidget(bar)
    qtbot.waitUntil(lambda: bar.words == "1 source listening · 1 cannot be read")


def test_an_empty_list_says_that_nothing_can_arrive(
    qtbot: QtBot, bridge: Bridge, theme: Theme
) -> None:
    view = MentionListView(bridge, theme)
    qtbot.addWidget(view)
    view.show_view(View.TO_ANSWER, Brand(99, "Nobody"))
    qtbot.waitUntil(lambda: "Nothing to answer." in view.empty_words)
    view.know_sources([fails(1), fails(2)])
    assert "You seem to be offline" in view.empty_words
    view.know_sources([listens(1)])
    assert "Nothing to answer." in view.empty_words
