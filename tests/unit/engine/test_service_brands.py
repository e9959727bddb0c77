"""Brands through the service: found in what is stored, changed, removed. Real threads, store and servers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.errors import BadInput, Cancelled
from monitor.model.brand import Brand
from monitor.model.events import (
    AlertsRaised,
)
from tests.support.feed_text import BAD, rss
from tests.support.loopback import LoopbackServer
from tests.unit.engine.conftest import WAIT, Start


def test_a_new_brand_is_found_in_what_is_stored_and_alerts_nobody(
    start: Start, server: LoopbackServer
) -> None:
    url = server.add("/feed", rss([("1", BAD)]))
    running = start()
    source = running.listen(url)
    running.check(source.id)
    assert running.mentions() == ()
    brand = running.watch()
    assert [mention.brand_id for mention in running.mentions()] == [brand.id]
    running.check(source.id)
    assert len(running.mentions()) == 1
    assert running.heard.of(AlertsRaised) == []


def test_a_changed_brand_loses_what_it_no_longer_finds(
    start: Start, server: LoopbackServer
) -> None:
    film = "Café Lumen, the film: a terrible scam of a comedy."
    url = server.add("/feed", rss([("1", BAD), ("2", film), ("3", film + " Again.")]))
    running = start()
    brand = running.watch()
    running.listen(url)
    running.check()
    assert len(running.mentions()) == 3
    answered = next(m.id for m in running.mentions() if m.post.native_id == "3")
    running.service.mark_answered(answered).result(WAIT)

    running.service.save_brand(replace(brand, must_not_near=("film",))).result(WAIT)
    running.service.rematching().result(WAIT)
    assert {m.post.native_id for m in running.mentions()} == {"1", "3"}

    running.service.save_brand(brand).result(WAIT)
    running.service.rematching().result(WAIT)
    assert {m.post.native_id for m in running.mentions()} == {"1", "2", "3"}


def test_a_search_cut_short_by_the_end_goes_on_at_the_next_start(
    start: Start, server: LoopbackServer
) -> None:
    running = start()
    running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check()
    running.service._cancel.cancel()
    running.service.save_brand(Brand(id=0, name="Café Lumen")).result(WAIT)
    with pytest.raises(Cancelled):
        running.service.rematching().result(WAIT)
    running.service.stop()
    again = start()
    again.service.rematching().result(WAIT)
    assert len(again.mentions()) == 1
    again.service.stop()
    third = start()
    assert third.service.rematching().result(WAIT) == 0


def test_a_removed_brand_takes_its_mentions_along(start: Start, server: LoopbackServer) -> None:
    running = start()
    brand = running.watch()
    source = running.listen(server.add("/feed", rss([("1", BAD)])))
    running.check(source.id)
    running.service.remove_brand(brand.id).result(WAIT)
    assert running.mentions() == ()
    assert running.service.brands().result(WAIT) == ()


def test_a_name_that_cannot_be_looked_for_is_refused(start: Start) -> None:
    running = start()
    with pytest.raises(BadInput):
        running.watch("x")
    assert running.service.brands().result(WAIT) == ()


def test_each_new_brand_has_a_colour_of_its_own(start: Start) -> None:
    running = start()
    first, second = running.watch("Café Lumen"), running.watch("Moka & Co")
    assert (first.color, second.color) == (0, 1)
    assert running.watch("Third", color=7).color == 7
    again = running.service.save_brand(replace(second, color=0)).result(WAIT)
    assert again.color == 0


def test_a_name_that_is_watched_is_no_second_brand(start: Start) -> None:
    running = start()
    brand = running.watch("Café Lumen", aliases=("Lumen Torréfaction",))
    for name in ("cafe lumen", "CAFÉLUMEN", "lumen torrefaction"):
        with pytest.raises(BadInput, match="is watched already"):
            running.watch(name)
    assert running.watch("Café Lumen Lyon").id != brand.id
    renamed = replace(brand, name="café lumen")
    assert running.service.save_brand(renamed).result(WAIT) == renamed
    assert running.watch("CAFE LUMEN", exact=True).id != brand.id
