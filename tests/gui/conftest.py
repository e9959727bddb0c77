"""The window on the real engine, offscreen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from monitor.infra.settings import Settings
from tests.support.fake_service import FakeService
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.preferences import Preferences
from ui.theme import Scheme, Theme
from ui.translations import install
from ui.views.first_start import FirstStartView
from ui.views.main_window import MainWindow, PageMaker
from ui.views.navigation import Page


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """What a person sees in English, plurals and all."""
    install(qapp, "en")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SampleEngine]:
    """The engine with one sample mention of each sort."""
    engine = SampleEngine(tmp_path / "profile")
    yield engine
    engine.stop()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp, Scheme.LIGHT)
    theme.dress()
    return theme


@pytest.fixture
def bridge(qapp: QApplication, engine: SampleEngine) -> Iterator[Bridge]:
    """Attached to the engine; detached before it stops."""
    bridge = Bridge()
    bridge.attach(engine.service)
    yield bridge
    bridge.detach()


@pytest.fixture
def window(qtbot: QtBot, bridge: Bridge, theme: Theme, tmp_path: Path) -> MainWindow:
    """Shown, with the list and the first mention on screen."""
    remembered = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    pages: dict[Page, PageMaker] = {page: QWidget for page in Page if page is not Page.INBOX}
    window = MainWindow(bridge, theme, remembered, pages, lambda: FirstStartView(bridge, theme))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.detail.mention is not None, timeout=5000)
    return window


@pytest.fixture
def fake_service() -> FakeService:
    """An engine that answers from memory; the test sets what."""
    return FakeService()


@pytest.fixture
def fake_bridge(qapp: QApplication, fake_service: FakeService) -> Iterator[Bridge]:
    bridge = Bridge()
    bridge.attach(fake_service)
    yield bridge
    bridge.detach()


@pytest.fixture
def preferences(qapp: QApplication, tmp_path: Path) -> Iterator[Preferences]:
    preferences = Preferences(tmp_path / "settings.json", Settings())
    yield preferences
    preferences.close()
