"""Asking proposed sources what they show, over loopback in the networks' place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.engine.agenda import Pacing
from monitor.engine.ask_gate import AskGate
from monitor.engine.service import Service
from monitor.errors import BadInput, Cancelled
from monitor.infra.cancel import CancelToken
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.proposal import Proposal
from monitor.model.source import Source
from tests.support.loopback import LoopbackServer, hang, too_many
from tests.support.networks import ALGOLIA, Networks
from tests.unit.engine.conftest import FAST, WAIT

BRAND = Brand(0, "Café Lumen")
SLOW = "hn.algolia.com.slow"


@pytest.fixture
def networks(server: LoopbackServer) -> Networks:
    return Networks(server)


@pytest.fixture
def service(tmp_path: Path, networks: Networks) -> Iterator[Service]:
    def pacing(host: str) -> Pacing:
        return Pacing(spacing=60.0) if host.endswith(".slow") else FAST

    service = Service(
        Profile(tmp_path), by_itself=False, pacing=pacing, make_client=networks.client
    )
    service.start()
    yield service
    service.stop()


def hacker_news(service: Service, name: str = "Café Lumen") -> Proposal:
    found = service.proposals(name, ("fr", "en"), "FR").result(WAIT)
    return next(one for one in found if one.kind == "hackernews")


def test_what_it_would_bring(service: Service, networks: Networks) -> None:
    named = ["Le Café Lumen est fermé", "cafe lumen again", "Nothing of it"]
    networks.hacker_news(*named, *(["Something about CAFÉ LUMEN"] + ["noise"] * 20) * 2)
    found = service.sample(hacker_news(service), BRAND).result(WAIT)
    assert found.problem is None
    assert found.naming == (0, 1, 3, 24)
    assert (found.day, found.week) == (3, 4)
    assert found.more
    assert found.noisy
    assert [post.text for post in found.samples] == [*named[:2], "Something about CAFÉ LUMEN"]
    assert service.sources().result(WAIT) == ()
    assert len(networks.asked(ALGOLIA)) == 1


def test_only_what_is_about_the_brand_counts(service: Service, networks: Networks) -> None:
    networks.hacker_news(
        "Café Lumen festival", "Ein Brief an Café Lumen, bitte sehr", "Café Lumen is good"
    )
    proposal = hacker_news(service)
    brand = replace(BRAND, must_not_near=("festival",), excluded_authors=("pat2",))
    assert service.sample(proposal, brand).result(WAIT).naming == (1,)


def test_old_posts_are_no_news(service: Service, networks: Networks) -> None:
    networks.hacker_news("Café Lumen once", now=datetime.now(UTC) - timedelta(days=30))
    found = service.sample(hacker_news(service), BRAND).result(WAIT)
    assert (found.day, found.week, found.more, len(found.naming)) == (0, 0, False, 1)


def test_a_network_that_fails_is_a_sentence(service: Service, networks: Networks) -> None:
    found = service.sample(hacker_news(service), BRAND).result(WAIT)  # nothing served: 404
    assert found.problem is not None
    assert found.posts == ()


def test_a_host_that_asked_for_rest_is_left_alone(service: Service, networks: Networks) -> None:
    networks.serve(ALGOLIA, "/api/v1/search_by_date", too_many("3600"))
    first = service.sample(hacker_news(service), BRAND).result(WAIT)
    assert first.problem is not None
    second = service.sample(hacker_news(service, "Moka"), Brand(0, "Moka")).result(WAIT)
    assert not second.asked
    assert str(second.note) == "hn.algolia.com asked to be left alone."
    assert len(networks.asked(ALGOLIA)) == 1


def test_a_slow_lane_is_not_asked(service: Service, networks: Networks) -> None:
    proposal = hacker_news(service)
    source = replace(proposal.source, address=f"https://{SLOW}/api/v1/search_by_date?query=x")
    found = service.sample(replace(proposal, source=source), BRAND).result(WAIT)
    assert not found.asked
    assert "one request in 60 seconds" in str(found.note)
    assert networks.server.requests == []


def test_a_name_nobody_can_find(service: Service) -> None:
    with pytest.raises(BadInput):
        service.sample(hacker_news(service), Brand(0, "!")).result(WAIT)


def test_it_can_be_cancelled(service: Service, networks: Networks) -> None:
    arrived = threading.Event()

    def hold(_: object) -> object:
        arrived.set()
        return hang()

    networks.serve(ALGOLIA, "/api/v1/search_by_date", hold)  # type: ignore[arg-type]  # a route
    asked = service.sample(hacker_news(service), BRAND)
    waiting = service.sample(hacker_news(service), BRAND)
    assert arrived.wait(WAIT)
    assert waiting.cancel()
    assert asked.cancel()
    for future in (asked, waiting):
        with pytest.raises(CancelledError):
            future.result(WAIT)
    networks.hacker_news("Café Lumen")
    assert service.sample(hacker_news(service), BRAND).result(WAIT).naming == (0,)


def test_stored_sources_are_known(service: Service) -> None:
    proposal = hacker_news(service)
    assert proposal.chosen
    stored = service.add_source(proposal.source).result(WAIT)
    again = hacker_news(service)
    assert again.there
    assert again.source == stored


def test_exclusions_come_from_the_samples(service: Service, networks: Networks) -> None:
    who = ("Ann sold", "Bob wants", "Cid hid", "Dan drew", "Eve found", "Flo got")
    networks.hacker_news(
        *(f"{name} some orange juice" for name in who),
        *(f"{name} my Orange box" for name in who),
    )
    brand = Brand(0, "Orange")
    sampled = service.sample(hacker_news(service, "Orange"), brand).result(WAIT)
    (found,) = service.exclusions(brand, sampled.posts, ("en",)).result(WAIT)
    assert (found.value, found.hides) == ("juice", 6)


def test_the_gate_lets_few_through_and_one_to_a_host() -> None:
    gate = AskGate(2, lambda host, patience: 0.0)
    token, cancelled = CancelToken(), CancelToken()
    cancelled.cancel()
    with gate.through("a.example", token), gate.through("b.example", token):
        for host in ("a.example", "c.example"):
            with pytest.raises(Cancelled), gate.through(host, _soon_cancelled()):
                raise AssertionError("let through")
    with pytest.raises(Cancelled), gate.through("a.example", cancelled):
        raise AssertionError("let through")
    with gate.through("a.example", token):
        pass


def test_the_gate_keeps_the_schedulers_spacing() -> None:
    waits = iter([3.0, 0.1, 0.0])
    asked: list[tuple[str, float]] = []

    def book(host: str, patience: float) -> float:
        asked.append((host, patience))
        return next(waits)

    with AskGate(4, book).through("a.example", CancelToken()):
        assert asked == [("a.example", 0.0)] * 3


def _soon_cancelled() -> CancelToken:
    token = CancelToken()
    threading.Timer(0.01, token.cancel).start()
    return token


def test_a_grown_source_is_asked_as_it_would_be(service: Service) -> None:
    """A proposal that changes a stored source is sampled at its new address, and stored as an update."""
    stored = service.add_source(hacker_news(service, "Moka").source).result(WAIT)
    grown = Proposal(replace(stored, address=stored.address + "&x=1"), hacker_news(service).label)
    assert grown.grows
    assert isinstance(service.update_source(grown.source).result(WAIT), Source)
