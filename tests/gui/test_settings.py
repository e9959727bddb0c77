"""Settings: every choice is kept at once; brands are described, counted, saved and taken back."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from monitor.errors import BadInput
from monitor.infra.settings import Settings
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Leaves, Proposal, Sampled
from monitor.model.source import Source
from monitor.text import text
from tests.support.fake_service import FakeService
from ui.bridge import Bridge
from ui.preferences import Preferences
from ui.theme import Theme
from ui.translations import install
from ui.views.navigation import NARROW
from ui.views.settings import SettingsView
from ui.views.shortcuts import ShortcutsView

LUMEN = Brand(1, "Café Lumen", aliases=("Lumen",), must_not_near=("festival",))


@pytest.fixture
def view(
    qtbot: QtBot,
    fake_service: FakeService,
    fake_bridge: Bridge,
    theme: Theme,
    preferences: Preferences,
) -> SettingsView:
    fake_service.stored_brands = [LUMEN, Brand(2, "Moka & Co", rival=True)]
    view = SettingsView(fake_bridge, theme, preferences)
    qtbot.addWidget(view)
    view.resize(900, 900)
    view.show()
    qtbot.waitUntil(lambda: len(view.brands.brands) == 2)
    return view


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_choices_are_kept_at_once(
    view: SettingsView, preferences: Preferences, qtbot: QtBot
) -> None:
    choose(view.language, "fr")
    choose(view.scheme, "dark")
    choose(view.interval, 60)
    choose(view.undo, 30)
    view.notify.setChecked(False)
    view.sender_name.setText("Camille")
    view.sender_name.editingFinished.emit()
    view.signature.setPlainText("L’équipe")
    assert preferences.settings == Settings(
        language="fr",
        theme="dark",
        check_minutes=60,
        undo_seconds=30,
        notifications=False,
        sender_name="Camille",
        signature="L’équipe",
    )
    preferences.close()
    written = json.loads(preferences.path.read_text(encoding="utf-8"))
    assert written["language"] == "fr"
    assert written["signature"] == "L’équipe"


def test_an_interval_from_elsewhere_is_kept(
    qtbot: QtBot, fake_bridge: Bridge, theme: Theme, preferences: Preferences
) -> None:
    preferences.save(dataclasses.replace(preferences.settings, check_minutes=42))
    view = SettingsView(fake_bridge, theme, preferences)
    qtbot.addWidget(view)
    assert view.interval.currentData() == 42


def test_the_time_to_take_a_reply_back_is_the_stored_one(
    qtbot: QtBot, fake_bridge: Bridge, theme: Theme, preferences: Preferences
) -> None:
    preferences.save(dataclasses.replace(preferences.settings, undo_seconds=12))
    view = SettingsView(fake_bridge, theme, preferences)
    qtbot.addWidget(view)
    assert view.undo.currentText() == "12 seconds"
    assert [view.undo.itemData(row) for row in range(view.undo.count())] == [10, 12, 15, 20, 30]


def test_what_cannot_be_written_is_told(
    view: SettingsView, preferences: Preferences, qtbot: QtBot
) -> None:
    preferences.path = Path("/nowhere/at/all/settings.json")
    choose(view.scheme, "light")
    qtbot.waitUntil(lambda: "cannot be used" in view.notice.words)


def test_a_test_notification_is_asked_for(view: SettingsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.test_asked):
        view.test.click()


# -- brands --------------------------------------------------------------------------------------
def test_a_brand_is_changed(view: SettingsView, fake_service: FakeService, qtbot: QtBot) -> None:
    editor = view.brands.editor
    view.brands.edit(LUMEN)
    assert editor.lists["aliases"].text() == "Lumen"
    editor.lists["excluded_authors"].setText("@cafelumen, Nico")
    editor.lists["excluded_languages"].setText("DE, es")
    editor.exact.setChecked(True)
    with qtbot.waitSignal(editor.saved):
        editor.save.click()
    saved = fake_service.stored_brands[0]
    assert saved.excluded_authors == ("cafelumen", "Nico")
    assert saved.excluded_languages == ("de", "es")
    assert saved.exact
    assert saved.must_not_near == ("festival",)
    assert not editor.isVisible()


def test_the_count_is_live(view: SettingsView, qtbot: QtBot) -> None:
    editor = view.brands.editor
    view.brands.edit(LUMEN)
    qtbot.waitUntil(lambda: editor.count.text().startswith("11 "))
    editor.name.setText("Lumen")
    qtbot.waitUntil(lambda: editor.count.text().startswith("6 "))


def test_a_new_brand_has_a_colour_of_its_own(
    view: SettingsView, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.brands.add.click()
    view.brands.editor.name.setText("Lux")
    with qtbot.waitSignal(view.brands.editor.saved):
        view.brands.editor.save.click()
    assert fake_service.stored_brands[-1] == Brand(3, "Lux", color=1)


def test_without_a_name_there_is_nothing_to_save(view: SettingsView) -> None:
    view.brands.new()
    assert not view.brands.editor.save.isEnabled()


def test_a_refused_name_stays_in_the_editor(
    view: SettingsView, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.brands.new()
    view.brands.editor.name.setText("x")
    fake_service.fail_with = BadInput(text("Too short."), text("Not saved."), text("Write more."))

    def refuse(brand: Brand) -> object:
        return fake_service._answer(brand)

    fake_service.save_brand = refuse  # type: ignore[method-assign,assignment]  # it must not store
    view.brands.editor.save.click()
    qtbot.waitUntil(lambda: view.brands.editor.notice.words == "Too short. Not saved. Write more.")
    assert view.brands.editor.isVisible()


def test_a_removed_brand_can_be_taken_back(
    view: SettingsView, fake_service: FakeService, qtbot: QtBot
) -> None:
    view.brands.edit(LUMEN)
    view.brands.editor.remove.click()
    qtbot.waitUntil(lambda: [b.name for b in view.brands.brands] == ["Moka & Co"])
    undo = next(b for b in view.brands.notice.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    qtbot.waitUntil(lambda: len(view.brands.brands) == 2)
    assert {brand.name for brand in fake_service.stored_brands} == {"Café Lumen", "Moka & Co"}


# -- keys ----------------------------------------------------------------------------------------
def test_all_keys_are_on_one_page(qtbot: QtBot, theme: Theme) -> None:
    view = ShortcutsView()
    qtbot.addWidget(view)
    view.show()
    assert view.isVisible()


def test_a_new_brand_is_proposed_its_sources(
    qtbot: QtBot, view: SettingsView, fake_service: FakeService
) -> None:
    found = Proposal(Source(0, "news", "https://news.example", "News"), text("News"), chosen=True)
    fake_service.proposed = (found,)
    fake_service.samples = {
        found.address: Sampled((Post("1", "", "", "jus de Lux"),), (0,), week=1)
    }
    fake_service.left_out = (Exclusion(Leaves.WORD, "jus", 1, "jus de Lux", chosen=True),)
    view.brands.new()
    editor = view.brands.editor
    editor.name.setText("Lux")
    qtbot.waitUntil(lambda: len(editor.sources.exclusions.boxes) == 1)
    assert [row.words[0] for row in editor.sources.proposed.rows] == ["nothing yet"]
    with qtbot.waitSignal(editor.saved):
        editor.save.click()
    assert fake_service.stored_brands[-1].must_not_near == ("jus",)
    assert [one.source.address for one in fake_service.statuses][-1:] == [found.address]
    assert not editor.isVisible()


def test_a_source_that_fails_does_not_lose_the_brand(
    qtbot: QtBot, view: SettingsView, fake_service: FakeService
) -> None:
    source = Source(0, "news", "https://news.example", "News")
    fake_service.proposed = (Proposal(source, text("News"), chosen=True),)

    def refuse(source: Source) -> Future[Source]:
        refused: Future[Source] = Future()
        refused.set_exception(BadInput(text("Full."), text("Not added."), text("Wait.")))
        return refused

    fake_service.add_source = refuse  # type: ignore[method-assign]  # it must not store
    view.brands.new()
    editor = view.brands.editor
    editor.name.setText("Lux")
    editor.save.click()
    qtbot.waitUntil(lambda: editor.notice.words == "News: Full. Not added. Wait.")
    assert fake_service.stored_brands[-1].name == "Lux"


def test_a_known_brand_is_proposed_nothing(view: SettingsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(view.brands.brands))
    view.brands.edit(view.brands.brands[0])
    assert not view.brands.editor.sources.isVisible()


def test_in_french_a_small_screen_at_double_size_shows_the_settings_in_full(
    qtbot: QtBot, qapp: QApplication, fake_bridge: Bridge, theme: Theme, preferences: Preferences
) -> None:
    """1280 pixels, half of them for each, less the folded navigation."""
    install(qapp, "fr")
    try:
        view = SettingsView(fake_bridge, theme, preferences)
        qtbot.addWidget(view)
        view.resize(640 - NARROW, 360)
        view.show()
        scroll = view.findChildren(QScrollArea)[0]
        qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
        assert scroll.horizontalScrollBar().maximum() == 0
    finally:
        install(qapp, "en")
