"""Two brands, one source, one request: Reddit end to end over loopback, with and without a login."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.engine.agenda import Pacing
from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.events import AlertsRaised
from monitor.model.mention import MentionFilter
from monitor.model.proposal import Proposal
from monitor.model.source import Source
from tests.support.loopback import LoopbackServer, too_many
from tests.support.networks import Networks
from tests.support.one_secret import one_secret
from tests.unit.engine.conftest import WAIT, Heard
from tests.unit.sources.recorded.reddit import TOKEN, entry, page

HOST = "www.reddit.com"
OWN_FEED = f"https://{HOST}/.rss?feed={TOKEN}&user=ann"
OLD = "2026-01-05T08:00:00+00:00"
MOKA = "<p>Moka &amp; Co never answers anybody.</p>"


@pytest.fixture
def networks(server: LoopbackServer) -> Networks:
    found = Networks(server)
    found.serve(HOST, "/search.rss", page(entry(1), entry(2, body=MOKA)))
    return found


@pytest.fixture
def service(tmp_path: Path, networks: Networks) -> Iterator[Service]:
    running = Service(
        Profile(tmp_path / "profile"),
        by_itself=False,
        pacing=lambda host: Pacing(spacing=0.0),
        make_client=networks.client,
    )
    running.start()
    yield running
    running.stop()


def proposed(service: Service, name: str) -> Proposal:
    found = service.proposals(name, ("fr", "en"), "FR").result(WAIT)
    (one,) = (proposal for proposal in found if proposal.kind == "reddit")
    return one


def listening(service: Service) -> list[Source]:
    return [status.source for status in service.sources().result(WAIT)]


def words_asked(path: str) -> str:
    return parse_qs(urlsplit(path).query)["q"][0]


def test_two_brands_one_source_one_request(service: Service, networks: Networks) -> None:
    first = proposed(service, "Café Lumen")
    assert first.chosen
    service.save_brand(Brand(id=0, name="Café Lumen")).result(WAIT)
    service.add_source(first.source).result(WAIT)

    second = proposed(service, "Moka & Co")
    assert second.grows
    service.save_brand(Brand(id=0, name="Moka & Co")).result(WAIT)
    service.update_source(second.source).result(WAIT)

    (source,) = listening(service)
    assert source.name == "Reddit · Café Lumen, Moka & Co"
    assert source.fields == {"words": "Café Lumen, Moka & Co"}
    assert proposed(service, "moka & co").there

    service.check(None).result(WAIT)
    (path,) = networks.asked(HOST)
    assert words_asked(path) == '"Café Lumen" OR "Moka & Co"'
    keys = service.keys(MentionFilter(), None, 10).result(WAIT)
    mentions = service.mentions([key.id for key in keys]).result(WAIT)
    brands = {brand.id: brand.name for brand in service.brands().result(WAIT)}
    found = {(brands[mention.brand_id], mention.post.native_id) for mention in mentions}
    # The title of both posts names the first.
    assert found == {
        ("Café Lumen", "t3_1k0001"),
        ("Café Lumen", "t3_1k0002"),
        ("Moka & Co", "t3_1k0002"),
    }


def test_growing_makes_no_history_of_what_is_new(service: Service, networks: Networks) -> None:
    """The first brand goes on: its new posts alert. What named the second long ago alerts nobody."""
    heard = Heard()
    service.subscribe(heard)
    service.save_brand(Brand(id=0, name="Café Lumen")).result(WAIT)
    service.add_source(proposed(service, "Café Lumen").source).result(WAIT)
    service.check(None).result(WAIT)
    assert heard.of(AlertsRaised) == []

    service.save_brand(Brand(id=0, name="Moka & Co")).result(WAIT)
    service.update_source(proposed(service, "Moka & Co").source).result(WAIT)
    now = datetime.now(UTC).isoformat()
    scam = "<p>Café Lumen is a scam, my refund was refused. Terrible!</p>"
    other = scam.replace("Café Lumen", "Moka &amp; Co")
    networks.serve(
        HOST, "/search.rss", page(entry(4, body=other, date=OLD), entry(3, body=scam, date=now))
    )
    service.check(None).result(WAIT)
    told = heard.wait_for(AlertsRaised)
    mentions = service.mentions(told.mention_ids).result(WAIT)
    assert [one.post.native_id for one in mentions] == ["t3_1k0003"]


def test_a_source_with_a_login_grows_and_keeps_it(
    service: Service, networks: Networks, tmp_path: Path
) -> None:
    with one_secret(tmp_path / "secret"):
        answers = {"words": "Café Lumen", "feed": OWN_FEED}
        service.add_source(service.source_of("reddit", answers)).result(WAIT)
        (source,) = listening(service)
        assert source.address.startswith(f"https://ann@{HOST}/")

        second = proposed(service, "Moka & Co")
        assert second.grows
        service.update_source(second.source).result(WAIT)
        (source,) = listening(service)
        assert source.address.startswith(f"https://ann@{HOST}/")
        assert source.fields == {"words": "Café Lumen, Moka & Co"}

        service.check(None).result(WAIT)
        (path,) = networks.asked(HOST)
        assert parse_qs(urlsplit(path).query)["feed"] == [TOKEN]
        service.stop()
        kept = [file.read_bytes() for file in (tmp_path / "profile").rglob("*") if file.is_file()]
        assert kept
        assert not [content for content in kept if TOKEN.encode() in content]


def test_what_is_kept_to_one_community_does_not_take_other_brands(service: Service) -> None:
    answers = {"words": "Café Lumen", "subreddit": "france"}
    service.add_source(service.source_of("reddit", answers)).result(WAIT)
    assert proposed(service, "Moka & Co").source.id == 0


def test_after_a_refusal_the_host_is_not_asked_again(service: Service, networks: Networks) -> None:
    networks.serve(HOST, "/search.rss", too_many())
    source = service.add_source(proposed(service, "Café Lumen").source).result(WAIT)
    service.check((source.id,)).result(WAIT)
    assert service.check((source.id,)).result(WAIT).put_off
    assert len(networks.asked(HOST)) == 1
