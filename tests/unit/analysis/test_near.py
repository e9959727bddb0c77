"""A post that names a brand is not always about it."""

from __future__ import annotations

import pytest

from monitor.analysis.matcher import Matcher
from monitor.analysis.near import relevant
from monitor.model.brand import NEAR_WORDS, Brand
from monitor.model.post import Author, Post


def is_about(
    brand: Brand, text: str, *, url: str = "", author: str = "", language: str = ""
) -> bool:
    post = Post("1", url, "", text, Author(handle=author))
    matches = Matcher([brand]).find(post.full_text).get(brand.id, ())
    return relevant(brand, post, matches, language)


def test_without_rules_a_named_brand_is_meant() -> None:
    assert is_about(Brand(1, "Orange"), "Orange")
    assert not is_about(Brand(1, "Orange"), "apple")


def test_a_wanted_word_must_be_near() -> None:
    brand = Brand(1, "Orange", must_near=("réseau", "carte bancaire"))
    assert is_about(brand, "plus de RESEAU chez Orange")
    assert is_about(brand, "Orange et ma carte-bancaire")
    assert is_about(brand, "Orange et mes cartes bancaires")
    assert not is_about(brand, "une orange pressée")
    far = " mot" * NEAR_WORDS
    assert not is_about(brand, f"Orange{far} réseau")
    assert is_about(brand, f"Orange{far[4:]} réseau")


def test_an_unwanted_word_must_not_be_near() -> None:
    brand = Brand(1, "Orange", must_not_near=("jus",))
    assert not is_about(brand, "un jus d'orange")
    assert is_about(brand, "un justificatif d'Orange")


def test_one_match_that_is_meant_is_enough() -> None:
    brand = Brand(1, "Orange", must_not_near=("jus",))
    assert is_about(brand, "un jus d'orange" + " mot" * 30 + " Orange ne répond pas")


@pytest.mark.parametrize(
    "url", ["https://example.com/a", "http://blog.EXAMPLE.com", "https://example.com:8/"]
)
def test_excluded_sites_with_their_subdomains(url: str) -> None:
    brand = Brand(1, "Orange", excluded_sites=("https://www.example.com/",))
    assert not is_about(brand, "Orange", url=url)
    assert is_about(brand, "Orange", url="https://notexample.com")
    assert is_about(brand, "Orange", url="http://[bad")


def test_excluded_authors_and_languages() -> None:
    brand = Brand(1, "Orange", excluded_authors=("@OrangeFR",), excluded_languages=("es",))
    assert not is_about(brand, "Orange", author="orangefr")
    assert is_about(brand, "Orange", author="someone")
    assert not is_about(brand, "Orange", language="es-MX")
    assert is_about(brand, "Orange", language="")


def test_scripts_without_spaces_hide_a_word_in_a_longer_run() -> None:
    brand = Brand(1, "オレンジ", must_not_near=("ジュース",))
    assert not is_about(brand, "オレンジジュースを飲んだ")
    assert is_about(brand, "オレンジの回線が遅い")
