"""Every source has a name one can read, whatever way it was added."""

from __future__ import annotations

import pytest

from monitor.engine.source_forms import source_of
from monitor.engine.source_names import name_of, named
from monitor.model.source import Source
from monitor.model.source_names import readable_name
from monitor.sources.base import ACCOUNT, Capability
from monitor.sources.registry import kinds

SEARCHING = sorted(
    name for name, kind in kinds().items() if Capability.SEARCH in kind.info.capabilities
)


@pytest.mark.parametrize(
    ("label", "answers", "name"),
    [
        ("Lemmy: search", ("Café Lumen", "lemmy.world"), "Lemmy · Café Lumen · lemmy.world"),
        ("Lemmy\u00a0: recherche", ("Café Lumen",), "Lemmy · Café Lumen"),
        ("Feed (RSS, Atom)", ("https://www.blog.example/feed/?a=b",), "Feed · blog.example/feed"),
        ("YouTube channel", ("",), "YouTube channel"),
    ],
)
def test_the_network_then_what_is_asked(label: str, answers: tuple[str, ...], name: str) -> None:
    assert readable_name(label, answers) == name


@pytest.mark.parametrize("kind", SEARCHING)
def test_what_looks_for_words_is_named_after_them(kind: str) -> None:
    info = kinds()[kind].info
    answers = {field.key: field.example or field.default for field in info.fields}
    answers |= {ACCOUNT: "ann@social.example"} if ACCOUNT in answers else {}
    answers |= {"feed": ""} if "feed" in answers else {}
    name = named(source_of(kind, answers)).name
    assert ":" not in name, name
    assert "http" not in name
    words = [answers[field.key] for field in info.fields if field.words]
    assert name.split(" · ", 1)[1].startswith(tuple(words) or ("#",))


def test_a_secret_is_in_no_name() -> None:
    info = kinds()["reddit"].info
    assert name_of(info, {"words": "Moka", "feed": "https://x.example/?feed=s"}) == "Reddit · Moka"


def test_a_name_the_person_gave_stays_and_a_feed_waits_for_its_own() -> None:
    mine = Source(0, "lemmy", "https://a.example/", "Mine", fields={"words": "Moka"})
    assert named(mine) == mine
    feed = Source(0, "feed", "https://a.example/feed", "")
    assert named(feed) == feed
    unknown = Source(0, "of a newer version", "https://a.example/", "")
    assert named(unknown) == unknown
