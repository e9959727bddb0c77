"""The first start on the real engine and a real server: from a name to something that is listened to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor.analysis.matcher import Matcher
from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.mention import MentionFilter
from monitor.model.post import Author, Post
from monitor.model.proposal import Exclusion, Leaves, Proposal, Sampled
from monitor.model.source import FoundFeed, Source
from monitor.text import text
from tests.support.fake_service import FakeService
from tests.support.loopback import LoopbackServer, Reply
from tests.support.networks import Networks
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
def networks(loopback: LoopbackServer) -> Networks:
    return Networks(loopback)


@pytest.fixture
def real(
    qtbot: QtBot, tmp_path: Path, theme: Theme, networks: Networks
) -> Iterator[FirstStartView]:
    """On an empty profile of the real engine, with loopback in the networks' place."""
    engine = SampleEngine(tmp_path / "profile", empty=True, make_client=networks.client)
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
    qtbot: QtBot, real: FirstStartView, loopback: LoopbackServer, networks: Networks
) -> None:
    networks.hacker_news("Café Lumen is down again", "cafe lumen?", "Nothing of it")
    loopback.add("/", lambda _: Reply(headers={"Content-Type": "text/html"}, body=PAGE))
    loopback.add("/feed", lambda _: Reply(headers={"Content-Type": "text/xml"}, body=FEED))
    real.name.setText("Café Lumen")
    real.places.address.field.setText(loopback.url("/"))
    real.places.address.look()
    qtbot.waitUntil(lambda: len(real.places.feeds.rows) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: real.places.total() == 3, timeout=PATIENCE_MS)
    assert real.start.text() == "Start listening · 3 mentions found"
    with qtbot.waitSignal(real.finished, timeout=PATIENCE_MS):
        real.start.click()
    bridge = real._bridge
    assert [brand.name for brand in bridge.brands().result(10)] == ["Café Lumen"]
    sources = {one.source.kind: one.source for one in bridge.sources().result(10)}
    assert sources["feed"].address == loopback.url("/feed")
    assert "hn.algolia.com" in sources["hackernews"].address
    assert {row.proposal.kind for row in real.places.proposed.rows if row.chosen} <= set(sources)


def test_from_the_name_alone_to_a_mention(
    qtbot: QtBot, real: FirstStartView, networks: Networks
) -> None:
    """Nothing but the name and the button, pressed before anybody has answered."""
    networks.hacker_news("Café Lumen is down again")
    real.name.setText("Café Lumen")
    with qtbot.waitSignal(real.finished, timeout=PATIENCE_MS):
        real.start.click()
    service = real._bridge.service
    assert service is not None
    (listened,) = (
        one.source.id for one in service.sources().result(10) if one.source.kind == "hackernews"
    )
    service.check((listened,)).result(60)
    keys = service.keys(MentionFilter(), None, 10).result(10)
    (mention,) = service.mentions([key.id for key in keys]).result(10)
    assert mention.post.text == "Café Lumen is down again"


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


NEWS = Proposal(
    Source(0, "news", "https://news.example/fr", "News"),
    text("News"),
    language="fr",
    country="BE",
    unseen=text("Articles behind a wall."),
    chosen=True,
)
TAG = Proposal(
    Source(0, "tag", "https://tag.example", "Tag"), text("Tag"), detail="#lumen", chosen=True
)
OTHER = Proposal(
    Source(0, "news", "https://news.example/de", "Nachrichten"),
    text("News"),
    language="de",
    spare=True,
)
THERE = Proposal(Source(7, "feed", "https://blog.example", "Blog"), text("Blog"), there=True)
GROWS = Proposal(Source(9, "slow", "https://slow.example", "Slow"), text("Slow"), chosen=True)


def sampled(*texts: str, noise: int = 0, week: int = 0) -> Sampled:
    posts = [Post(words, "", "", words, Author("Ana")) for words in texts]
    others = [Post(f"n{n}", "", "", "noise") for n in range(noise)]
    return Sampled((*posts, *others), tuple(range(len(texts))), week=week)


def proposed(view: FirstStartView) -> list[tuple[str, bool, str, str]]:
    return [
        (row.box.accessibleName(), row.chosen, *row.words)
        for row in view.places.proposed.rows
        if not row.isHidden()
    ]


def test_proposals_come_with_counts_and_samples(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.proposed = (NEWS, TAG, THERE, OTHER)
    fake_service.samples = {
        NEWS.address: sampled("Lumen rappelle 400 moulins", "Lumen encore", week=2),
        TAG.address: Sampled(problem=text("The server is not there.")),
        OTHER.address: sampled(),
    }
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: view.places.total() == 2)
    assert proposed(view) == [
        (
            "News · French (Belgium)",
            True,
            "2 in the last 7 days",
            "“Lumen rappelle 400 moulins” · Ana",
        ),
        ("Tag · #lumen", True, "no answer", "The server is not there."),
        ("Blog", False, "listened to already", ""),
    ]
    assert view.start.text() == "Start listening · 2 mentions found"
    assert fake_service.sampled == [NEWS.address, TAG.address]
    assert "Articles behind a wall." in view.places.proposed.rows[0].toolTip()
    view.places.proposed.more.click()  # other editions are asked only now
    qtbot.waitUntil(lambda: len(fake_service.sampled) == 3)
    qtbot.waitUntil(lambda: proposed(view)[-1][2] == "nothing yet")


def test_mostly_noise_is_unticked_but_never_against_the_person(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.proposed = (NEWS,)
    fake_service.samples = {NEWS.address: sampled("Lumen", noise=20)}
    view.name.setText("Lumen")
    qtbot.waitUntil(
        lambda: [one[1:3] for one in proposed(view)] == [(False, "1 of 21 are about it")]
    )
    (row,) = view.places.proposed.rows
    row.box.click()
    row.tell(fake_service.samples[NEWS.address])
    assert row.chosen


def test_a_place_where_the_brand_is_named_is_ticked(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    seldom = Proposal(Source(0, "code", "https://code.example", "Code"), text("Code"))
    silent = Proposal(Source(0, "wall", "https://wall.example", "Wall"), text("Wall"))
    fake_service.proposed = (seldom, silent)
    fake_service.samples = {seldom.address: sampled("Lumen crashes", week=1)}
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: view.places.total() == 1)
    assert proposed(view) == [
        ("Code", True, "1 in the last 7 days", "“Lumen crashes” · Ana"),
        ("Wall", False, "nothing yet", "It will be watched if you tick it."),
    ]


def test_the_one_button_is_always_in_sight(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.proposed = tuple(
        Proposal(Source(0, "news", f"https://news.example/{n}", "News"), text("News"))
        for n in range(20)
    )
    view.resize(900, 500)
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: len(view.places.proposed.rows) == 20)
    assert view.start.mapTo(view, view.start.rect().bottomLeft()).y() < view.height()


def test_what_is_probably_another_thing_can_be_left_out(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.proposed = (NEWS,)
    fake_service.samples = {NEWS.address: sampled("Festival Lumen", "Lumen en panne")}
    fake_service.left_out = (Exclusion(Leaves.WORD, "Festival", 1, "Festival Lumen"),)
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: len(view.exclusions.boxes) == 1)
    (box,) = view.exclusions.boxes
    assert box.text() == "With “Festival”"
    assert not box.isChecked()
    assert view.places.total() == 2
    box.click()
    qtbot.waitUntil(lambda: view.places.total() == 1)
    with qtbot.waitSignal(view.finished):
        view.start.click()
    (brand,) = fake_service.stored_brands
    assert brand.must_not_near == ("Festival",)


def test_another_name_gives_up_what_was_asked(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.proposed = (NEWS, TAG)
    view.name.setText("Lumen")
    qtbot.waitUntil(lambda: len(view.places.proposed.rows) == 2)
    fake_service.hold = True
    view.name.setText("Lumens")
    qtbot.waitUntil(lambda: len(fake_service.held) == 1)
    fake_service.held[0].set_result((NEWS, TAG))
    qtbot.waitUntil(lambda: len(fake_service.held) == 3)
    assert view.places.proposed.progress.isVisible()
    view.name.setText("Lu")
    assert view.places.proposed.chosen() == ()  # those of another name
    qtbot.waitUntil(lambda: all(future.cancelled() for future in fake_service.held[1:3]))
    view.name.clear()
    assert view.places.proposed.rows == ()


def test_a_stored_source_that_grows_is_changed(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    changed: list[Source] = []

    def change(source: Source) -> Future[Source]:
        changed.append(source)
        return fake_service._answer(source)

    fake_service.update_source = change  # type: ignore[method-assign]  # to see what is stored
    fake_service.proposed = (GROWS, THERE)
    view.name.setText("Lumen")
    with qtbot.waitSignal(view.finished):
        view.start.click()
    assert changed == [GROWS.source]
    assert fake_service.statuses == []


def test_a_start_that_waits_for_proposals_can_be_cancelled(
    qtbot: QtBot, view: FirstStartView, fake_service: FakeService
) -> None:
    fake_service.hold = True
    view.name.setText("Lumen")
    view.start.click()
    assert [view.busy, view.cancel.isVisible()] == [True, True]
    view.cancel.click()
    assert [view.busy, view.cancel.isVisible()] == [False, False]
    fake_service.held[0].set_result((NEWS,))
    qtbot.waitUntil(lambda: len(view.places.proposed.rows) == 1)
    assert fake_service.stored_brands == []


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
