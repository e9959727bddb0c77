"""Folding is per character, whichever way it is computed, and its way back is right."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.fold import WayBack, as_written, fold


def test_folds_case_accents_widths_quotes_and_hyphens() -> None:
    assert fold("L’Été—ＯＫ  Œuvre ß") == "l'ete ok oeuvre ss"


def test_keeps_letters_that_only_look_like_accents() -> None:
    assert fold("ガ") != fold("カ")
    assert fold("กี") != fold("ก")


def test_an_empty_line_stays_a_break() -> None:
    assert fold("a\nb \n\n c") == "a b\nc"


@given(st.text())
def test_way_back_has_one_place_for_each_folded_character(text: str) -> None:
    folded = fold(text)
    back = WayBack(text, folded)
    assert len(back) == len(folded)
    assert list(back) == sorted(back)
    for place, char in zip(back, folded, strict=True):
        if not char.isspace():
            assert char in fold(text[place])


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="éàßœ ABc-’\u0301\u200b"))
def test_the_short_cut_for_few_accents_is_the_long_way(text: str) -> None:
    padding = "x" * (5 * len(text) + 1)
    assert fold(text + padding) == fold(text) + padding


def test_as_written_keeps_case_and_accents() -> None:
    assert as_written("Cafe\u0301 ‑ Lumen’s") == "Café Lumen's"
