"""What a name proposes: every kind's offers as sources, the few a person would take ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from monitor.engine.proposals import EDITION, FIRST, SELDOM, proposals_for
from monitor.errors import BadInput
from monitor.model.source import Source
from monitor.sources.base import Capability, Field, SourceInfo, Wanted
from monitor.sources.hackernews import HackerNews
from monitor.sources.registry import kinds
from monitor.text import text

HERE = Wanted("Café Lumen", ("fr", "en"), "FR")


@dataclass
class Search(HackerNews):
    """A kind as simple as can be: what it offers is the test's."""

    offered: tuple[Mapping[str, str], ...]
    one_for_all: bool = False

    def __post_init__(self) -> None:
        self.info = SourceInfo(
            kind="search",
            label=text("A search"),
            fields=(
                Field("words", text("Words"), words=True),
                Field(EDITION, text("Edition")),
                Field("place", text("Place")),
            ),
            capabilities=frozenset({Capability.SEARCH}),
            needs_account=False,
            min_interval=60,
            default_interval=60,
            unseen=text("What it hides."),
            one_for_all=self.one_for_all,
        )

    def address_of(self, fields: Mapping[str, str]) -> str:
        if len(fields["words"]) > 40:
            raise BadInput(text("Too long."), text("Nothing was added."), text("Write less."))
        return f"https://search.example/{fields['words']}/{fields.get(EDITION, '')}/{fields.get('place', '')}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        return dict(zip(("words", EDITION, "place"), address.split("/")[3:], strict=True))

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return self.offered


def edition(name: str) -> dict[str, str]:
    return {"words": "Café Lumen", EDITION: name}


def test_one_edition_of_each_own_language_is_ticked() -> None:
    editions = ("fr-BE", "fr-FR", "en-GB", "en-US", "de-DE")
    kind = Search(tuple(edition(one) for one in editions))
    found = proposals_for(HERE, (), {"search": kind})
    assert [(one.language, one.country) for one in found if one.chosen] == [
        ("fr", "BE"),
        ("en", "GB"),
    ]
    assert [one.country for one in found] == ["BE", "GB", "FR", "US", "DE"]  # spare ones last
    assert [one.spare for one in found] == [False, False, True, True, True]


def test_where_few_brands_are_spoken_of_nothing_is_ticked() -> None:
    assert set(kinds()) >= SELDOM
    found = proposals_for(HERE, ())
    assert not {one.kind for one in found if one.chosen} & SELDOM
    shown = [one.kind for one in found if not one.spare]
    places = [FIRST.index(kind) for kind in shown if kind in FIRST]
    assert places == sorted(places)


def test_a_proposal_says_what_it_is() -> None:
    kind = Search(({"words": "Café Lumen", "place": "forum.example"},))
    (found,) = proposals_for(HERE, (), {"search": kind})
    assert found.chosen
    assert not found.there
    assert not found.grows
    assert found.detail == "forum.example"
    assert found.name == "A search · Café Lumen · forum.example"
    assert str(found.unseen) == "What it hides."
    assert found.source.id == 0


def test_a_stored_source_is_not_proposed_again() -> None:
    kind = Search(({"words": "Café Lumen"},))
    stored = Source(7, "search", "https://search.example/Café Lumen//", "Mine")
    (found,) = proposals_for(HERE, (stored,), {"search": kind})
    assert found.there
    assert not found.chosen
    assert found.source == stored


def test_one_source_for_all_brands_grows() -> None:
    kind = Search(({"words": "Café Lumen"},), one_for_all=True)
    stored = Source(7, "search", "https://search.example/Moka//", "Mine", interval=900)
    (found,) = proposals_for(HERE, (stored,), {"search": kind})
    assert found.grows
    assert found.chosen
    assert found.source.id == 7
    assert found.source.interval == 900
    assert found.fields["words"] == "Moka, Café Lumen"
    assert found.address == "https://search.example/Moka, Café Lumen//"


def test_what_looks_for_the_name_already_is_there() -> None:
    kind = Search(({"words": "Café Lumen"},), one_for_all=True)
    stored = Source(7, "search", "https://search.example/Moka, café lumen//", "Mine")
    (found,) = proposals_for(HERE, (stored,), {"search": kind})
    assert found.there
    assert found.source == stored


def test_a_full_or_narrower_source_does_not_grow() -> None:
    kind = Search(({"words": "Café Lumen"},), one_for_all=True)
    full = Source(7, "search", f"https://search.example/{'x' * 35}//", "Full")
    narrow = Source(8, "search", "https://search.example/Moka//coffee", "Narrow")
    (found,) = proposals_for(HERE, (full, narrow), {"search": kind})
    assert found.source.id == 0


def test_names_that_a_network_refuses_are_left_out() -> None:
    assert proposals_for(HERE, (), {"b": Search(({"words": "x" * 41},))}) == ()


def test_no_network_with_accounts_is_proposed() -> None:
    proposed = {one.kind for one in proposals_for(HERE, ())}
    assert proposed
    assert not any(kinds()[kind].info.needs_account for kind in proposed)


def test_without_a_name_nothing_is_proposed() -> None:
    assert proposals_for(Wanted("  ", ("fr",)), ()) == ()
    assert proposals_for(Wanted(" , ", ("fr",)), ()) == ()


@pytest.mark.parametrize(
    "name",
    ["Café Lumen", "C&A", "Yahoo!", "L'Oréal", "株式会社", 'a "quoted" name', "Moka, Lyon", "3M"],
)
def test_every_kind_proposes_what_can_be_stored(name: str) -> None:
    found = proposals_for(Wanted(name, ("fr", "en"), "FR"), ())
    assert "hackernews" in {one.kind for one in found}
    assert len({one.address for one in found}) == len(found)
    for one in found:
        assert one.kind in kinds()
        assert one.address.startswith("https://")
        assert one.name
    ticked = [(one.kind, one.language) for one in found if one.chosen]
    assert len(set(ticked)) == len(ticked)
