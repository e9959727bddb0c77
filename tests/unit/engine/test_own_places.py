"""Sources where everything is about one brand, named or not: reviews, comments on an own page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model.brand import Brand
from monitor.model.events import AlertsRaised
from monitor.model.source import Source
from tests.support.feed_text import rss
from tests.support.loopback import LoopbackServer
from tests.unit.engine.conftest import WAIT, Running, Start

UNNAMED = "Still broken after two repairs, and nobody answers. Never again."


@pytest.fixture
def running(start: Start) -> Running:
    return start()


def listen(running: Running, server: LoopbackServer, about: int = 0) -> Source:
    url = server.add("/feed", rss([("1", UNNAMED), ("2", "Two days late, fine otherwise.")]))
    source = running.listen(url, about=about)
    running.check(source.id)
    return source


def test_what_names_no_brand_is_a_mention_there(running: Running, server: LoopbackServer) -> None:
    brand = running.watch()
    source = listen(running, server, brand.id)
    mentions = running.mentions()
    assert [mention.matches for mention in mentions] == [(), ()]
    assert {mention.brand_id for mention in mentions} == {brand.id}
    assert any(mention.flagged for mention in mentions)
    server.add("/feed", rss([("3", "It caught fire. Awful, dangerous, never buy it.")]))
    running.check(source.id)
    raised = running.heard.wait_for(AlertsRaised)
    assert len(raised.mention_ids) == 1


def test_elsewhere_it_is_none(running: Running, server: LoopbackServer) -> None:
    running.watch()
    listen(running, server)
    assert running.mentions() == ()


def test_what_is_excluded_stays_out(running: Running, server: LoopbackServer) -> None:
    brand = running.watch(excluded_languages=("en",))
    listen(running, server, brand.id)
    assert running.mentions() == ()


def test_a_source_turned_to_a_brand_brings_what_is_stored_and_back(
    running: Running, server: LoopbackServer
) -> None:
    brand = running.watch()
    source = listen(running, server)
    service = running.service
    turned = service.update_source(replace(source, about=brand.id)).result(WAIT)
    service.rematching().result(WAIT)
    assert len(running.mentions()) == 2
    assert running.heard.of(AlertsRaised) == []
    assert running.status(source.id).source.about == brand.id
    service.update_source(replace(turned, about=0)).result(WAIT)
    service.rematching().result(WAIT)
    assert running.mentions() == ()


def test_a_brand_changed_keeps_what_is_said_in_its_place(
    running: Running, server: LoopbackServer
) -> None:
    brand = running.watch()
    listen(running, server, brand.id)
    renamed = replace(brand, name="Lumen Torréfaction")
    assert running.service.preview_brand(renamed).result(WAIT) == 2
    running.service.save_brand(renamed).result(WAIT)
    running.service.rematching().result(WAIT)
    assert len(running.mentions()) == 2


def test_a_brand_removed_leaves_an_ordinary_source(
    running: Running, server: LoopbackServer
) -> None:
    brand = running.watch()
    source = listen(running, server, brand.id)
    running.service.remove_brand(brand.id).result(WAIT)
    assert running.status(source.id).source.about == 0
    running.check(source.id)
    assert running.mentions() == ()


def test_reviews_are_about_the_only_brand_of_ones_own(running: Running) -> None:
    service = running.service
    source = service.source_of("appstore", {"app": "1234567890", "country": "fr"})
    unknown = service.add_source(source).result(WAIT)
    assert unknown.about == 0  # nobody is watched yet
    service.remove_source(unknown.id).result(WAIT)
    brand = running.watch()
    running.watch("Moka & Co", rival=True)
    added = service.add_source(source).result(WAIT)
    assert (added.id, added.about) == (unknown.id, brand.id)
    service.remove_source(added.id).result(WAIT)
    running.watch("Café Nero")
    assert service.add_source(source).result(WAIT).about == 0  # which one must be chosen
    ordinary = Source(0, "feed", "https://example.org/feed", "")
    assert service.add_source(ordinary).result(WAIT).about == 0


def test_a_trial_counts_everything_there(running: Running, server: LoopbackServer) -> None:
    brand: Brand = running.watch()
    url = server.add("/feed", rss([("1", UNNAMED)]))
    service = running.service
    assert service.test_source("feed", {"address": url}).result(WAIT).naming == 0
    assert service.test_source("feed", {"address": url}, brand.id).result(WAIT).naming == 1


def test_a_language_left_out_is_left_out_everywhere(
    running: Running, server: LoopbackServer
) -> None:
    running.watch(excluded_languages=("fr",))
    said = [("1", "Café Lumen ne répond jamais au téléphone."), ("2", "Café Lumen is fine.")]
    running.check(running.listen(server.add("/feed", rss(said))).id)
    assert [mention.verdict.language for mention in running.mentions()] == ["en"]
