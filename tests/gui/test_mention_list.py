"""The list: what it shows, and that it stays true and in place while mentions come and go."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.events import CheckProgress, Problem
from monitor.model.mention import TriageState, View
from monitor.text import text
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.models import mention_list
from ui.models.mention_list import MENTION
from ui.theme import Theme
from ui.views.mention_list import MentionListView

WAIT = 5000


def shown(qtbot: QtBot, bridge: Bridge, theme: Theme, view: View = View.ALL) -> MentionListView:
    listing = MentionListView(bridge, theme)
    qtbot.addWidget(listing)
    QAbstractItemModelTester(listing.model, listing)
    listing.resize(420, 500)
    listing.show()
    listing.show_view(view, None)
    qtbot.waitUntil(lambda: listing.model.complete, timeout=WAIT)
    return listing


def ids(listing: MentionListView) -> list[int]:
    return list(listing.model.keys.ids)


def test_lists_a_view_newest_first(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme)
    assert ids(listing) == [mention.id for mention in engine.list()]
    index = listing.model.index(0, 0)
    qtbot.waitUntil(lambda: index.data(MENTION) is not None, timeout=WAIT)
    assert index.data(MENTION).post.author.name == "Léa Martin"
    assert "Léa Martin" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_new_mention_appears_at_its_place_and_the_chosen_one_stays(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme)
    listing.table.choose_row(3)
    chosen = listing.table.current_id
    newest = engine.arrive(1, 0.1, number=1)
    older = engine.arrive(1, 40, number=2)
    qtbot.waitUntil(lambda: {newest, older} <= set(ids(listing)), timeout=WAIT)
    assert ids(listing) == [mention.id for mention in engine.list()]
    assert listing.table.current_id == chosen
    assert listing.table.currentIndex().row() == ids(listing).index(chosen)


@pytest.mark.parametrize("person_chose", [False, True])
def test_the_newest_is_chosen_when_the_first_check_is_over(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine, person_chose: bool
) -> None:
    listing = shown(qtbot, bridge, theme, View.WAITING)
    assert listing.model.rowCount() == 0

    def listed(mention_id: int) -> bool:
        return mention_id in ids(listing)

    first, *others = [mention.id for mention in reversed(engine.list())]
    wake_at = datetime.now(UTC) + timedelta(hours=3)
    for waiting in (first, *others):
        engine.service.set_state((waiting,), TriageState.WAITING, wake_at).result(WAIT)
        qtbot.waitUntil(partial(listed, waiting), timeout=WAIT)
    assert listing.table.current_id == first
    if person_chose:
        listing.stay()
    bridge.happened.emit(CheckProgress(1, 1))
    newest = ids(listing)[0]
    assert listing.table.current_id == (first if person_chose else newest)


def test_a_burst_of_new_mentions_is_listed_in_order(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme)
    engine.arrive_all([(1, 0.5 + n, n + 1) for n in range(60)])
    qtbot.waitUntil(lambda: len(ids(listing)) == 68, timeout=WAIT)
    assert ids(listing) == [mention.id for mention in engine.list()]


def point(listing: MentionListView, y: float) -> None:
    at = QPointF(60, y)
    port = listing.table.viewport()
    nothing = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, at, port.mapToGlobal(at), nothing, nothing, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(port, move)


def test_what_the_pointer_is_on_stays_there_while_others_arrive(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    engine.arrive_all([(1, 100 + n, n + 1) for n in range(30)])
    listing = shown(qtbot, bridge, theme)
    table = listing.table
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000, timeout=WAIT)
    y = table.rowHeight(0) * 2 + 10
    pointed = listing.model.id_at(table.rowAt(y))
    point(listing, y)
    newest = engine.arrive_all([(1, 0.1, 500), (1, 0.2, 501)])
    qtbot.waitUntil(lambda: set(newest) <= set(ids(listing)), timeout=WAIT)
    assert listing.model.id_at(table.rowAt(y)) == pointed
    assert table.steady.words == "2 new"
    table.steady.button.click()
    assert bar.value() == 0
    assert table.steady.words == ""


def test_at_the_top_new_ones_are_seen_while_nobody_points(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    engine.arrive_all([(1, 100 + n, n + 1) for n in range(30)])
    listing = shown(qtbot, bridge, theme)
    bar = listing.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000, timeout=WAIT)
    point(listing, 100)
    QApplication.sendEvent(listing.table.viewport(), QEvent(QEvent.Type.Leave))
    newest = engine.arrive(1, 0.1, number=500)
    qtbot.waitUntil(lambda: newest in ids(listing), timeout=WAIT)
    assert bar.value() == 0
    assert listing.table.steady.words == ""


def test_rows_that_arrive_above_do_not_move_what_is_read(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    engine.arrive_all([(1, 100 + n, n + 1) for n in range(30)])
    listing = shown(qtbot, bridge, theme)
    bar = listing.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000, timeout=WAIT)
    bar.setValue(900)
    top = listing.model.id_at(listing.table.rowAt(0))
    engine.arrive_all([(1, 0.1, 500), (1, 0.2, 501)])
    qtbot.waitUntil(lambda: len(ids(listing)) == 40, timeout=WAIT)
    assert listing.model.id_at(listing.table.rowAt(0)) == top


def test_a_mention_that_is_done_leaves_the_view(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme, View.TO_ANSWER)
    first = ids(listing)[0]
    bridge.tell(bridge.set_state((first,), TriageState.DONE))
    qtbot.waitUntil(lambda: first not in ids(listing), timeout=WAIT)
    assert ids(listing) == [mention.id for mention in engine.list(View.TO_ANSWER)]


def test_filters_narrow_the_list(qtbot: QtBot, bridge: Bridge, theme: Theme) -> None:
    listing = shown(qtbot, bridge, theme)
    listing.search.setText("Belgium")
    qtbot.waitUntil(lambda: listing.model.rowCount() == 1, timeout=WAIT)
    listing.clear_filters()
    qtbot.waitUntil(lambda: listing.model.rowCount() == 8, timeout=WAIT)
    listing._chips["negative"].click()
    qtbot.waitUntil(lambda: listing.model.rowCount() == 4, timeout=WAIT)


def test_an_empty_list_says_what_would_fill_it(qtbot: QtBot, bridge: Bridge, theme: Theme) -> None:
    listing = shown(qtbot, bridge, theme, View.DRAFTS)
    assert listing._body.currentWidget() is listing._empty
    listing.search.setText("zzz")
    qtbot.waitUntil(lambda: listing._empty._step == "clear", timeout=WAIT)


def test_a_deleted_brand_takes_its_mentions_along(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme)
    bridge.tell(bridge.remove_brand(1))
    qtbot.waitUntil(lambda: listing.model.rowCount() == 0, timeout=WAIT)


def test_a_brand_with_a_sign_is_named_whole(
    qtbot: QtBot, bridge: Bridge, theme: Theme, engine: SampleEngine
) -> None:
    listing = shown(qtbot, bridge, theme)
    listing.show_view(View.ALL, Brand(1, "C&A"))
    chips = [chip.text() for chip in listing.findChildren(QPushButton)]
    assert any(chip.startswith("C&&A") for chip in chips)


def _unreadable() -> Future[Any]:
    refused: Future[Any] = Future()
    refused.set_exception(VigieError(text("a"), text("b"), text("c")))
    return refused


def test_after_a_read_that_failed_the_list_takes_news_again(
    qtbot: QtBot,
    bridge: Bridge,
    theme: Theme,
    engine: SampleEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listing = shown(qtbot, bridge, theme)
    told: list[object] = []
    bridge.happened.connect(told.append)
    with monkeypatch.context() as failing:
        failing.setattr(bridge, "mentions", lambda ids: _unreadable())
        lost = engine.arrive(1, 0.1, number=1)
        qtbot.waitUntil(lambda: any(isinstance(one, Problem) for one in told), timeout=WAIT)
    found = engine.arrive(1, 0.2, number=2)
    qtbot.waitUntil(lambda: {lost, found} <= set(ids(listing)), timeout=WAIT)


def test_a_list_that_could_not_be_read_to_its_end_is_read_again(
    qtbot: QtBot, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mention_list, "AGAIN_MS", 1)
    listing = MentionListView(bridge, theme)
    qtbot.addWidget(listing)
    with monkeypatch.context() as failing:
        failing.setattr(bridge, "keys", lambda *asked: _unreadable())
        with qtbot.waitSignal(bridge.happened, timeout=WAIT):
            listing.show_view(View.ALL, None)
    qtbot.waitUntil(lambda: listing.model.complete, timeout=WAIT)
    with monkeypatch.context() as failing:
        failing.setattr(bridge, "mentions", lambda ids: _unreadable())
        with qtbot.waitSignal(bridge.happened, timeout=WAIT):
            assert listing.model.mention(0) is None
    listing.model.mention(0)
    qtbot.waitUntil(lambda: listing.model.mention(0) is not None, timeout=WAIT)
