"""The Sources view: what it tells, what it asks of the engine, and undoing a removal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.events import SourcesChanged
from monitor.model.source import FoundFeed, Source, SourceState, SourceStatus
from monitor.text import text
from tests.support.fake_service import NOW, FakeService, status_of
from ui.bridge import Bridge
from ui.models.source_table import Column
from ui.theme import Theme
from ui.views.sources import SourcesView

BLOG, FORUM, PAUSED, GONE = 1, 2, 3, 4


def statuses() -> list[SourceStatus]:
    def source(number: int, name: str) -> Source:
        return Source(number, "feed", f"https://www.site{number}.example/feed/", name)

    broken = status_of(source(FORUM, "Forum"), SourceState.NEEDS_YOU)
    return [
        status_of(source(BLOG, "Le blog de Nico"), per_day=(0, 1, 2, 3, 4, 5, 6)),
        dataclasses.replace(
            broken,
            error=text("No page."),
            hint=text("Check it."),
            gap_since=NOW - timedelta(days=3),
        ),
        status_of(dataclasses.replace(source(PAUSED, "Revue"), paused=True), SourceState.PAUSED),
        status_of(source(GONE, "Vieux site"), SourceState.GONE),
    ]


@pytest.fixture
def view(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme
) -> Iterator[SourcesView]:
    fake_service.statuses = statuses()
    fake_service.stored_brands = [Brand(1, "Café Lumen")]
    view = SourcesView(fake_bridge, theme)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    qtbot.waitUntil(lambda: view.rows.rowCount() == 4)
    yield view
    view.close()


def cell(view: SourcesView, source_id: int, column: Column) -> str:
    row = view.model.row_of(source_id)
    return str(view.model.index(row, column).data())


def button(view: SourcesView, words: str) -> QPushButton:
    return next(b for b in view.findChildren(QPushButton) if b.text() == words and b.isVisible())


# -- what is told --------------------------------------------------------------------------------
def test_the_line_says_how_all_are_doing(view: SourcesView) -> None:
    assert view.header.line == (
        "1 source listening for 1 brand. 1 needs you. 1 is gone for good. 1 may have missed posts."
    )


def test_a_row_says_state_times_and_pace(view: SourcesView) -> None:
    assert cell(view, BLOG, Column.STATE) == "Listening"
    assert cell(view, BLOG, Column.PER_DAY) == "3.0"
    assert cell(view, FORUM, Column.NEXT) == "waits for you"
    assert cell(view, FORUM, Column.NOT_SEEN).startswith("since ")
    assert cell(view, PAUSED, Column.NEXT) == "when resumed"


def test_every_row_has_a_spoken_sentence(view: SourcesView) -> None:
    index = view.model.index(view.model.row_of(FORUM), Column.SOURCE)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Forum, Needs you, last success")


def test_those_that_need_someone_sort_first(view: SourcesView) -> None:
    view.table.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
    assert view.rows.index(0, 0).data() == "Forum"


def test_without_sources_it_says_what_to_do(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.statuses = []
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 0)
    assert view._empty.isVisible()
    assert not view.table.isVisible()


def test_a_thousand_sources_can_be_filtered(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.statuses = [
        status_of(Source(i, "feed", f"https://site{i}.example/feed", f"Feed {i}"))
        for i in range(1, 1001)
    ]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1000)
    assert view._filter.isVisible()
    view._filter.setText("site77")
    assert view.rows.rowCount() == 11
    view._filter.setText("FEED 1000")
    assert view.rows.rowCount() == 1


def test_a_name_from_a_stranger_stays_text(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    hostile = "<h1>x</h1><img src=x>"
    status = status_of(Source(9, "feed", "https://x.example", hostile))
    fake_service.statuses = [dataclasses.replace(status, error=text("{what}", what=hostile))]
    fake_service.tell(SourcesChanged())
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    tip = str(view.model.index(0, Column.STATE).data(Qt.ItemDataRole.ToolTipRole) or "")
    assert "&lt;img" in tip
    view.select(9)
    assert view.panel.title == f"{hostile}: listening"
    assert view.panel._title.textFormat() is Qt.TextFormat.PlainText


# -- repairing ------------------------------------------------------------------------------------
def test_the_panel_says_what_happened_and_tries_again(
    view: SourcesView, fake_service: FakeService
) -> None:
    view.select(FORUM)
    assert view.panel.title == "Forum: needs you"
    assert view.panel.explanation == "No page. Check it."
    button(view, "Try again").click()
    assert fake_service.checked == [(FORUM,)]


def test_a_paused_source_is_resumed(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.select(PAUSED)
    button(view, "Resume").click()
    qtbot.waitUntil(lambda: cell(view, PAUSED, Column.STATE) == "Listening")
    assert (PAUSED,) in fake_service.checked


def test_a_source_is_paused(view: SourcesView, fake_service: FakeService, qtbot: QtBot) -> None:
    view.select(BLOG)
    button(view, "Pause").click()
    qtbot.waitUntil(lambda: cell(view, BLOG, Column.STATE) == "Paused")


def test_a_source_is_renamed(view: SourcesView, fake_service: FakeService, qtbot: QtBot) -> None:
    view.select(BLOG)
    view.panel._name.setText("Nico")
    view.panel._name.editingFinished.emit()
    qtbot.waitUntil(lambda: cell(view, BLOG, Column.SOURCE) == "Nico")


def test_an_interval_is_chosen(view: SourcesView, fake_service: FakeService, qtbot: QtBot) -> None:
    view.select(BLOG)
    box = view.panel._interval
    box.setCurrentIndex(box.findData(60))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: fake_service.statuses[0].source.interval == 3600)


def test_all_are_checked_with_one_key(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_F5)
    assert fake_service.checked == [None]


# -- removing -------------------------------------------------------------------------------------
def test_a_removal_can_be_undone(view: SourcesView, fake_service: FakeService) -> None:
    view.select(BLOG)
    button(view, "Remove").click()
    assert view.rows.rowCount() == 3
    button(view, "Undo").click()
    assert view.rows.rowCount() == 4
    selected = view.selected()
    assert selected is not None
    assert selected.source.id == BLOG
    assert not fake_service.removed


def test_a_second_removal_carries_the_first_out(
    view: SourcesView, fake_service: FakeService
) -> None:
    view._remove(BLOG)
    view._remove(FORUM)
    assert fake_service.removed == [BLOG]


def test_leaving_the_view_carries_the_removal_out(
    view: SourcesView, fake_service: FakeService
) -> None:
    view._remove(BLOG)
    view.hide()
    assert fake_service.removed == [BLOG]


# -- adding ---------------------------------------------------------------------------------------
FEEDS = (
    FoundFeed("feed", "https://a.example/feed", "A", "fr", 2, ("one",), ("Café Lumen !", "other")),
    FoundFeed("feed", "https://a.example/comments", "A, comments", "fr", 5, (), ()),
)


def test_an_address_brings_feeds_and_one_is_added(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.feeds = FEEDS
    view.add.address.field.setText("a.example")
    view.add.address.look()
    qtbot.waitUntil(lambda: len(view.add.found.feeds.rows) == 2)
    first = view.add.found.feeds.rows[0]
    assert first.ticked
    qtbot.waitUntil(lambda: first.naming == (0,))
    button(view, "Add 1 source").click()
    qtbot.waitUntil(lambda: view.rows.rowCount() == 5)
    selected = view.selected()
    assert selected is not None
    assert selected.source.address == "https://a.example/feed"
    assert (selected.source.id,) in fake_service.checked


def test_a_wrong_address_is_a_sentence_below_the_field(
    view: SourcesView, fake_service: FakeService, qtbot: QtBot
) -> None:
    fake_service.fail_with = BadInput(text("No page."), text("Nothing."), text("Check it."))
    view.add.address.field.setText("nonsense")
    view.add.address.look()
    qtbot.waitUntil(lambda: view.add.address.words == "No page. Check it.")
    assert not view.add.address.looking


def test_a_search_can_be_given_up(view: SourcesView, fake_service: FakeService) -> None:
    fake_service.hold = True
    view.add.address.field.setText("slow.example")
    view.add.address.look()
    (search,) = fake_service.held
    button(view, "Cancel").click()
    assert search.cancelled()
    assert not view.add.address.looking


def test_pasting_looks_at_once(view: SourcesView, fake_service: FakeService, qtbot: QtBot) -> None:
    view.add.address.field.insert("https://pasted.example/blog")
    view.add.address.field.textEdited.emit("https://pasted.example/blog")
    qtbot.waitUntil(lambda: fake_service.asked_addresses == ["https://pasted.example/blog"])


# -- files ----------------------------------------------------------------------------------------
def test_an_import_says_what_it_did(
    view: SourcesView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "x.opml"), ""))
    button(view, "Import OPML").click()
    qtbot.waitUntil(view.notice.isVisible)
    assert view.notice.words == (
        "2 sources added. 1 known already. 1 line could not be used: no address"
    )


def test_an_export_writes_the_file(
    view: SourcesView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "mine.opml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    button(view, "Export OPML").click()
    qtbot.waitUntil(lambda: view.notice.words == "4 sources written to mine.opml.")
    assert target.exists()


def test_a_narrow_view_has_drawings_for_words(view: SourcesView) -> None:
    view.resize(560, 700)
    assert view.width() == 560
    assert [b.text() for b in view.header.findChildren(QPushButton)][:3] == ["", "", ""]
    view.resize(1200, 700)
    assert view.header.findChildren(QPushButton)[0].text() == "Import OPML"


def test_a_view_that_is_narrow_from_the_first_has_them_too(
    qtbot: QtBot, fake_bridge: Bridge, theme: Theme
) -> None:
    view = SourcesView(fake_bridge, theme)
    qtbot.addWidget(view)
    view.resize(560, 700)
    view.show()
    assert view.header.findChildren(QPushButton)[0].text() == ""
