"""What the panel below the table says of a source that works."""

from __future__ import annotations

import dataclasses

import pytest
from pytestqt.qtbot import QtBot

from monitor.model.brand import Brand
from monitor.model.source import Source, SourceState
from monitor.model.source_form import KindForm
from monitor.text import text
from tests.support.fake_service import FakeService, status_of
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.source_panel import SourcePanel

SOURCE = Source(1, "mastodon_tag", "https://social.example/tags/lumen", "#lumen")
NOTE = text("This server does not search.")
FORMS = (
    KindForm("feed", text("A feed"), ()),
    KindForm("mastodon_tag", text("A hashtag"), (), unseen=text("Private posts.")),
)


@pytest.fixture
def panel(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, theme: Theme
) -> SourcePanel:
    fake_service.forms = FORMS
    panel = SourcePanel(fake_bridge, theme)
    qtbot.addWidget(panel)
    return panel


def test_it_shows_the_note_and_what_is_never_seen(qtbot: QtBot, panel: SourcePanel) -> None:
    panel.show_status(dataclasses.replace(status_of(SOURCE), note=NOTE))
    assert panel.note == "This server does not search."
    qtbot.waitUntil(lambda: panel.unseen == "What it never shows: Private posts.")


def test_a_kind_that_says_nothing_takes_no_room(qtbot: QtBot, panel: SourcePanel) -> None:
    panel.show_status(dataclasses.replace(status_of(SOURCE), note=NOTE))
    qtbot.waitUntil(lambda: panel.unseen != "")
    panel.show_status(status_of(dataclasses.replace(SOURCE, id=2, kind="feed")))
    assert (panel.note, panel.unseen) == ("", "")
    assert panel._note.isHidden()
    assert panel._unseen.isHidden()


def test_what_is_wrong_comes_before_what_to_know(panel: SourcePanel) -> None:
    broken = dataclasses.replace(
        status_of(SOURCE, SourceState.WAITING),
        note=NOTE,
        error=text("No page."),
        hint=text("Wait."),
    )
    panel.show_status(broken)
    assert panel.explanation == "No page. Wait."
    assert panel.note == ""


def test_a_source_is_turned_to_a_brand_as_a_whole(panel: SourcePanel) -> None:
    heard: list[Source] = []
    panel.changed.connect(heard.append)
    panel.show_status(status_of(SOURCE))
    panel.set_brands((Brand(7, "Café Lumen"), Brand(8, "Moka & Co", rival=True)))
    shown = [panel.about.itemText(index) for index in range(panel.about.count())]
    assert shown == ["what names a brand", "everything: Café Lumen", "everything: Moka & Co"]
    assert panel.about.currentIndex() == 0
    panel.about.setCurrentIndex(1)
    panel.about.activated.emit(1)
    assert heard == [dataclasses.replace(SOURCE, about=7)]
    panel.show_status(status_of(heard[0]))
    assert panel.about.currentText() == "everything: Café Lumen"
