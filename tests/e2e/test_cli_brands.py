"""`vigie brand`: added, listed, and removed only when that was agreed to."""

from __future__ import annotations

from tests.e2e.command import Command


def test_brands_are_added_listed_and_removed(vigie: Command) -> None:
    added = vigie.here(
        "brand", "add", "Café Lumen", "--alias", "Lumen SA", "--not-near", "film", "--json"
    )
    assert added.rows[0]["aliases"] == ["Lumen SA"]
    assert added.rows[0]["must_not_near"] == ["film"]
    assert added.rows[0]["found"] == 0
    (listed,) = vigie.here("brand", "list", "--json").rows
    assert {"type", "id", "name", "exact", "rival"} <= set(listed)
    twice = vigie.here("brand", "add", "Café Lumen")
    assert twice.code == 1
    assert len(twice.err.splitlines()) == 3
    assert vigie.here("brand", "remove", "Café Lumen", "--yes").code == 0
    assert vigie.here("brand", "remove", "Café Lumen", "--yes").code == 1
    assert vigie.here("brand", "list", "--json").rows == []


def test_a_brand_goes_with_its_mentions_only_when_that_was_agreed_to(vigie: Command) -> None:
    vigie.here("brand", "add", "Café Lumen")
    refused = vigie.here("brand", "remove", "Café Lumen")
    assert refused.code == 1
    assert "Mentions that go with “Café Lumen”: 0." in refused.err
    assert "--yes" in refused.err
    for said in ("", "\n", "n\n"):
        kept = vigie.here("brand", "remove", "Café Lumen", said=said, typed=True)
        assert (kept.code, kept.out) == (1, "")
        assert "Remove? [y/N]" in kept.err
    assert len(vigie.here("brand", "list", "--json").rows) == 1
    gone = vigie.here("brand", "remove", "Café Lumen", "--json", said="y\n", typed=True)
    assert gone.rows == [{"type": "removed", "id": 1, "name": "Café Lumen"}]
