"""Names as people type them: several, with accents, commas, quotation marks of any kind."""

from __future__ import annotations

import pytest

from monitor.errors import BadInput
from monitor.sources import search_words
from monitor.sources.registry import kinds


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Café Lumen", ("Café Lumen",)),
        (" Café\u00a0 Lumen , Moka & Co,,", ("Café Lumen", "Moka & Co")),
        ("Moka, Moka", ("Moka",)),
        ('"Café Lumen", "Moka"', ("Café Lumen", "Moka")),
        ("«\u00a0Café Lumen\u00a0», “Moka”, „Lumen“", ("Café Lumen", "Moka", "Lumen")),
        ('"Moka, Inc.", Lumen', ("Moka Inc.", "Lumen")),
        ("« Tyler, The Creator »", ("Tyler The Creator",)),
        ('L’Atelier "Lumen"', ("L’Atelier Lumen",)),
        ('12" Lumen', ("12 Lumen",)),
        ("L'Oréal, Yahoo!", ("L'Oréal", "Yahoo!")),
    ],
)
def test_names(typed: str, found: tuple[str, ...]) -> None:
    assert search_words.names({search_words.KEY: typed}) == found


@pytest.mark.parametrize("typed", ["", " , ", '"', "«»", "“, ”"])
def test_nothing_to_look_for(typed: str) -> None:
    with pytest.raises(BadInput, match="nothing to look for"):
        search_words.names({search_words.KEY: typed})


@pytest.mark.parametrize("kind", ["hackernews", "lemmy", "github-issues", "stackexchange"])
def test_marks_around_a_name_change_nothing(kind: str) -> None:
    asked = {
        kinds()[kind].address_of({search_words.KEY: typed})
        for typed in ("Café Lumen", '"Café Lumen"', "« Café Lumen »", "“Café Lumen”")
    }
    assert len(asked) == 1
