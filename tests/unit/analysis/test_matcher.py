"""Names are found as people write them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.fold import fold
from monitor.analysis.matcher import Matcher
from monitor.errors import BadInput
from monitor.model.brand import Brand


def found(name: str, text: str, *aliases: str, exact: bool = False) -> list[str]:
    """What is highlighted in the text, as written there."""
    matches = Matcher([Brand(1, name, aliases, exact=exact)]).find(text).get(1, ())
    return [text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("cis", "un précis de chimie", []),
        ("cis", "le cis, CIS et (cis)", ["cis", "CIS", "cis"]),
        ("cis", "cis2 2cis", []),
        ("L'Oréal", "L’Oréal, l'oreal, L'OREAL", ["L’Oréal", "l'oreal", "L'OREAL"]),
        ("Oréal", "l’Oréal", ["Oréal"]),
        ("Orange", "d'Orange qu’Orange l'orange", ["Orange", "Orange", "orange"]),
        ("Orange", "Oranges", []),
        ("Orange", "Orange's and Orange’s", ["Orange", "Orange"]),
        ("Orange", "orange", ["orange"]),
        ("Coca-Cola", "Coca Cola coca‑cola cocacola", ["Coca Cola", "coca‑cola", "cocacola"]),
        (
            "Coca Cola",
            "coca-cola\ncoca\ncola coca  cola",
            ["coca-cola", "coca\ncola", "coca  cola"],
        ),
        ("Café Lumen", "#CafeLumen", ["CafeLumen"]),
        ("Café Lumen", "#cafe_lumen", ["cafe_lumen"]),
        ("Café Lumen", "@cafelumen!", ["cafelumen"]),
        ("Café Lumen", "@cafelumen@mastodon.example", ["cafelumen"]),
        ("Café Lumen", "@cafelumen.bsky.social", ["cafelumen"]),
        ("Café Lumen", "#BoycottCafeLumen #CafeLumenParis", ["CafeLumen", "CafeLumen"]),
        ("Café Lumen", "#cafelumens @cafelumen_fan @notcafelumen", []),
        ("Café Lumen", "hello@cafelumen.fr @jo@cafelumen.example", []),
        ("Café Lumen", "https://cafelumen.fr/cafe-lumen?q=cafelumen www.cafelumen.fr", []),
        ("Café Lumen", "un texte.\n\nCafe\u0301 Lumen", ["Cafe\u0301 Lumen"]),
        ("Café Lumen", "J'aime le Café\n\nLumen basse", []),
        ("Yahoo!", "Yahoo! yahoo!!! yahoo", ["Yahoo!", "yahoo!"]),
        ("C&A", "C&A, c & a, #CA, ca", ["C&A", "c & a"]),
        ("AT&T", "AT&T at & t #att", ["AT&T", "at & t", "att"]),
        (
            "Monoprix.fr",
            "monoprix.fr https://www.monoprix.fr/a notmonoprix.fr",
            ["monoprix.fr"] * 2,
        ),
        ("Monoprix", "commandé sur monoprix.fr", ["monoprix"]),
        ("+Simple", "chez +Simple", ["+Simple"]),
        ("Groß", "GROSS groß", ["GROSS", "groß"]),
        ("Gros", "groß", []),
        ("Vigie", "Vi\u200bgie Ｖｉｇｉｅ Vigie™", ["Vi\u200bgie", "Ｖｉｇｉｅ", "Vigie"]),
        ("🍕 Pizza", "j'aime 🍕 pizza", ["🍕 pizza"]),
        ("🍕", "miam🍕", ["🍕"]),
        ("ソニー", "私はソニーが好き", ["ソニー"]),
        ("Sony", "Sonyは", ["Sony"]),
        ("삼성", "삼성이 좋다", ["삼성"]),
        ("กสิกร", "ธนาคารกสิกรไทย", ["กสิกร"]),
        ("Œuvre", "OEUVRE œuvre", ["OEUVRE", "œuvre"]),
        ("Vigie", "\ud800Vigie\udfff", ["Vigie"]),
    ],
)
def test_finds_names_as_written(name: str, text: str, expected: list[str]) -> None:
    assert found(name, text) == expected


def test_exact_compares_case_and_accents() -> None:
    assert found("Orange", "Orange orange ORANGE #Orange", exact=True) == ["Orange", "Orange"]
    assert found("Café", "Cafe\u0301 Cafe", exact=True) == ["Cafe\u0301"]


def test_the_longest_of_overlapping_names_wins() -> None:
    assert found("Coca", "Coca Cola, coca", "Coca-Cola") == ["Coca Cola", "coca"]


def test_two_brands_may_share_a_name() -> None:
    matches = Matcher([Brand(1, "Lumen"), Brand(2, "Café Lumen")]).find("Café Lumen")
    assert [m.start for m in matches[1]] == [5]
    assert [m.start for m in matches[2]] == [0]


def test_no_brand_finds_nothing() -> None:
    assert Matcher([]).find("Vigie") == {}


@pytest.mark.parametrize("name", ["", "  ", "x", "!", "&&", "\u200b", "\ud800"])
def test_a_name_too_short_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        Matcher([Brand(1, "Vigie", (name,))])
    assert "too short" in str(refused.value.title)


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["Café Lumen", "Groß & Co", "œ!x", "ソニー"]),
)
def test_every_position_slices_to_the_name(before: str, after: str, name: str) -> None:
    text = before + name + after
    joined = "".join(char for char in fold(name) if char.isalnum())
    for match in Matcher([Brand(1, name)]).find(text).get(1, ()):
        written = fold(text[match.start : match.end])
        tight = written.replace(" & ", "&")
        assert tight in (fold(name).replace(" & ", "&"), joined)


@given(st.text(max_size=80))
def test_a_name_between_spaces_is_always_found(around: str) -> None:
    text = f"{around} \n Zzyzx Qwfp \n {around}"
    assert "Zzyzx Qwfp" in found("Zzyzx Qwfp", text)


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    Matcher([Brand(1, "aa"), Brand(2, "é-à", exact=True)]).find(text)


def test_a_hostile_text_gives_no_more_hits_than_it_has_letters() -> None:
    text = "#aa @aa " * 20_000
    matches = Matcher([Brand(1, "aa")]).find(text)[1]
    assert len(matches) <= len(text)
