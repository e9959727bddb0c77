"""Adding a source of a network over loopback: the real engine, the network's place taken by a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from tests.gui.test_network_form import answer, press
from tests.support.feed_text import BAD, GOOD, rss
from tests.support.loopback import LoopbackServer, hang
from tests.support.networks import Networks
from ui.bridge import Bridge
from ui.models.source_table import Column
from ui.theme import Theme
from ui.views.network_form import NetworkForm
from ui.views.sources import SourcesView

WAIT = 20_000


@pytest.fixture
def networks() -> Iterator[Networks]:
    with LoopbackServer() as server:
        yield Networks(server)


@pytest.fixture
def real(qtbot: QtBot, networks: Networks, theme: Theme, tmp_path: Path) -> Iterator[SourcesView]:
    service = Service(Profile(tmp_path), by_itself=False, make_client=networks.client)
    service.start()
    service.save_brand(Brand(0, "Café Lumen")).result(10)
    bridge = Bridge()
    bridge.attach(service)
    view = SourcesView(bridge, theme)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    qtbot.waitUntil(view.add.networks.isVisible, timeout=WAIT)
    yield view
    view.close()
    bridge.detach()
    service.stop()


def choose(view: SourcesView, label: str) -> NetworkForm:
    actions = view.add.networks._menu.actions()
    next(action for action in actions if action.text() == label).trigger()
    return view.add.form


def test_hacker_news_is_tested_and_added(
    real: SourcesView, networks: Networks, qtbot: QtBot
) -> None:
    networks.hacker_news(BAD, GOOD)
    form = choose(real, "Hacker News")
    assert form.rows[0].answer == "Café Lumen"
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible, timeout=WAIT)
    assert form.result.words.startswith("2 posts now, 1 about your brands Latest: “Café Lumen is")
    press(form, "Add")
    qtbot.waitUntil(lambda: real.rows.rowCount() == 1, timeout=WAIT)
    assert real.model.index(0, Column.SOURCE).data() == "Hacker News · Café Lumen"


def test_a_pasted_search_of_hacker_news_is_its_source(
    real: SourcesView, networks: Networks, qtbot: QtBot
) -> None:
    networks.hacker_news(GOOD)
    real.add.address.field.setText("hn.algolia.com/?q=Moka")
    real.add.address.look()
    qtbot.waitUntil(real.add.form.result.isVisible, timeout=WAIT)
    assert real.add.form.rows[0].answer == "Moka"
    assert "none about your brands yet" in real.add.form.result.words


def test_a_feed_can_be_typed_exactly(real: SourcesView, networks: Networks, qtbot: QtBot) -> None:
    url = networks.server.add("/feed", rss([("1", BAD)]))
    form = choose(real, "Feed (RSS, Atom, JSON Feed)")
    answer(form, "address", url)
    press(form, "Test")
    qtbot.waitUntil(form.result.isVisible, timeout=WAIT)
    assert form.result.words.startswith("1 post now, 1 about your brands")


def test_a_network_that_hangs_is_given_up(
    real: SourcesView, networks: Networks, qtbot: QtBot
) -> None:
    networks.serve("hn.algolia.com", "/api/v1/search_by_date", hang())
    form = choose(real, "Hacker News")
    press(form, "Test")
    qtbot.waitUntil(lambda: bool(networks.asked("hn.algolia.com")), timeout=WAIT)
    press(form, "Cancel")
    assert not form.isVisible()
    assert not form.testing


def test_a_refusal_of_the_network_is_told(
    real: SourcesView, networks: Networks, qtbot: QtBot
) -> None:
    form = choose(real, "Hacker News")
    press(form, "Test")  # nothing is served: 404
    qtbot.waitUntil(lambda: not form.testing, timeout=WAIT)
    assert "404" in form.words
