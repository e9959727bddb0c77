"""The first start on the real engine and a real server: from a name to something that is listened to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor.analysis.matcher import Matcher
from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.source import FoundFeed
from monitor.text import text
from tests.support.fake_service import FakeService
from tests.support.loopback import LoopbackServer, Reply
from tests.support.sample_engine import SampleEngine
from ui.bridge import Bridge
from ui.theme import Theme
from ui.views.first_start import FirstStartView
from ui.views.start_cards import brand_of, spellings, split_names

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Le blog de Nico</title>
<link>https://nico.example/</link><description>d</description>
<item><guid>1</guid><title>Petit d\xc3\xa9j chez CAFE LUMEN</title><description>Parfait.</description></item>
<item><guid>2</guid><title>Autre chose</title><description>Rien.</description></item>
</channel></rss>"""
PAGE = (
    b"""<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>"""
)
PATIENCE_MS = 20_000


@pytest.fixture
def real(qtbot: QtBot, tmp_path: Path, theme: Theme) -> Iterator[FirstStartView]:
    """On an empty profile of the real engine."""
    engine = SampleEngine(tmp_path / "profile", empty=True)
    bridge = Bridge()
    bridge.attach(engine.service)
    view = FirstStartView(bridge, theme)
    qtbot.addWidget(view)
    view.show()
    yield view
    view.close()
    bridge.detach()
    engine.stop()


@pytest.fixture
def view(qtbot: QtBot, fake_bridge: Bridge, theme: Theme) -> FirstStartView:
    view = FirstStartView(fake_bridge, theme)
    qtbot.addWidget(view)
    view.show()
    return view


def test_from_a_name_to_listening(
    qtbot: QtBot, real: FirstStartView, loopback: LoopbackServer
) -> None:
    loopback.add("/", lambda _: Reply(headers={"Content-Type": "text/html"}, body=PAGE))
    loopback.add("/feed", lambda _: Reply(headers={"Content-Type": "text/xml"}, body=FEED))
    real.name.setText("Café Lumen")
    real.places.address.field.setText(loopback.url("/"))
    real.places.address.look()
    qtbot.waitUntil(lambda: len(real.places.feeds.rows) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: real.places.feeds.total() == 1, timeout=PATIENCE_MS)
    assert real.start.text() == "Start listening · 1 mention found"
    with qtbot.waitSignal(real.finished, timeout=PATIENCE_MS):
        real.start.click()
    bridge = real._bridge
    assert [brand.name for brand in bridge.brands().result(10)] == ["Café Lumen"]
    (status,) = bridge.sources().result(10)
    assert status.source.address == loopback.url("/feed")


def test_the_sample_needs_no_name(qtbot: QtBot, real: FirstStartView) -> None:
    with qtbot.waitSignal(real.finished, timeout=PATIENCE_MS):
        real.sample.click()
    assert real._bridge.brands().result(10)
    assert real._bridge.sources().result(10)


def test_without_a_name_nothing_can_start(view: FirstStartView) -> None:
    assert not view.start.isEnabled()
    view.name.setText("  ")
    assert not view.start.isEnabled()
    view.name.setText("Lumen")
    assert view.start.isEnabled()


def test_the_first_key_goes_to_the_name(qtbot: QtBot, view: FirstStartView) -> None:
    qtbot.waitExposed(view)
    assert view.focusProxy() is view.name


def test_counts_follow_the_name(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.feeds = (
        FoundFeed("feed", "https://a.example", "A", "", 2, (), ("Lumen ici", "Lumen là")),
    )
    view.places.address.field.setText("a.example")
    view.places.address.look()
    qtbot.waitUntil(lambda: len(view.places.feeds.rows) == 1)
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: view.places.feeds.total() == 2)
    view.name.setText("Moka")
    qtbot.waitUntil(lambda: view.places.feeds.total() == 0)


def test_a_refused_brand_is_told_inline(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.fail_with = BadInput(
        text("Too short."), text("Nothing was saved."), text("Write more.")
    )
    view.name.setText("L")
    view.start.click()
    qtbot.waitUntil(lambda: view.notice.words == "Too short. Nothing was saved. Write more.")
    assert not view.busy
    assert view.start.isEnabled()


def test_a_start_can_be_cancelled_and_taken_up_again(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    view.name.setText("Lumen")
    fake_service.hold = True
    view.start.click()
    assert view.busy
    assert view.cancel.isVisible()
    view.cancel.click()
    assert not view.cancel.isVisible()
    fake_service.hold = False
    with qtbot.waitSignal(view.finished):
        view.start.click()


def test_what_is_promised_is_recognised() -> None:
    """The spellings shown are found by the real matcher."""
    for name in ("Café Lumen", "C&A", "Yahoo!", "Monoprix.fr", "L'Oréal", "Coca-Cola"):
        matcher = Matcher([Brand(1, name)])
        for spelling in filter(None, spellings(name)):
            assert 1 in matcher.find(f"vu chez {spelling} hier"), (name, spelling)


def test_names_are_split_at_commas() -> None:
    assert split_names(" a, b ,,a, c d ") == ("a", "b", "c d")
    assert brand_of("  ", ()) is None
    assert brand_of(" Lumen ", ("Lumen", "Lux")) == Brand(0, "Lumen", ("Lux",))
