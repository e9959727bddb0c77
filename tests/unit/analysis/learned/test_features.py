"""What texts become: folded codes with their places, words, negation, expressions, what is near."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.learned.codes import BRAND, HANDLE, LINK, encode
from monitor.analysis.learned.features import FAR, LEXICAL, NEAR, NEGATED, WORDS, features
from monitor.analysis.learned.signs import BLAMED, PRAISE_BESIDE_PROBLEM, PRAISED
from monitor.analysis.learned.words import word_hashes


def hashes(
    text: str, language: str, group: int, focus: tuple[tuple[int, int], ...] = ()
) -> set[int]:
    return {int(h) for h in features([text], language, [focus]).groups[group].hashes}


def words(*written: str, language: str = "en") -> set[int]:
    return {int(h) for h in word_hashes(written, language)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TERRIBLE", "terrible"),
        ("déçu", "decu"),
        ("de\u0301c\u0327u", "deçu"),
        ("soooooo bad", "soo bad"),
        ("12 days", "97 days"),
        ("l’attente", "l'attente"),
        ("👍🏽", "👍"),
        ("see https://a.example/x", "see www.b.example"),
        ("@moka hello", "@other hello"),
    ],
)
def test_what_is_the_same(one: str, other: str) -> None:
    assert hashes(one, "fr", WORDS) == hashes(other, "fr", WORDS)


def test_links_handles_and_the_brand_are_one_code_each() -> None:
    codes = encode(["@moka see http://x.example Lumen"], [((23, 28),)])
    signs = [int(code) for code in codes.code if code in (LINK, HANDLE, BRAND)]
    assert signs[:2] == [HANDLE, LINK]


def test_the_brands_name_leaves_no_word() -> None:
    text = "I love Lumen"
    assert not words("lumen") & hashes(text, "en", WORDS, ((7, 12),))
    assert words("lumen") <= hashes(text, "en", WORDS)


def test_negation_ends_with_the_clause() -> None:
    assert hashes("not a cheap phone", "en", NEGATED)
    assert hashes("not, cheap phone", "en", NEGATED) == set()


def test_near_the_brand_is_within_its_sentence() -> None:
    text = "Awful place. Lumen is lovely"
    focus = ((13, 18),)
    assert len(features([text], "en", [focus]).groups[NEAR].hashes) == 3
    assert len(features([text], "en", [focus]).groups[FAR].hashes) == 2
    assert len(features([text], "en", [()]).groups[FAR].hashes) == 0


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("fr", "pas mal du tout", PRAISED),
        ("fr", "On ne peut pas rêver mieux", PRAISED),
        ("en", "The waiter couldn't have been more helpful", PRAISED),
        ("fr", "Bravo, 3 semaines pour un colis", PRAISE_BESIDE_PROBLEM),
        ("fr", "c'est pas terrible", BLAMED),
    ],
)
def test_expressions(language: str, text: str, column: int) -> None:
    assert features([text], language, [()]).dense[0, LEXICAL + column] > 0


def test_an_expression_silences_its_words() -> None:
    assert not words("mal", language="fr") & hashes("pas mal du tout", "fr", WORDS)


@given(st.lists(st.text(), min_size=1, max_size=5), st.sampled_from(["en", "fr", "de", "xx"]))
def test_any_texts(texts: list[str], language: str) -> None:
    found = features(texts, language, [((0, 3),)] * len(texts))
    assert found.dense.shape[0] == len(texts)
    assert np.isfinite(found.dense).all()
    for group in found.groups:
        assert group.bounds[-1] == len(group.hashes)
        assert len(group.bounds) == len(texts) + 1


@given(st.text(max_size=60))
def test_codes_know_their_places(text: str) -> None:
    codes = encode([text], [()])
    for code, place in zip(codes.code, codes.origin, strict=True):
        assert 0 <= place < max(1, len(text))
        if code < 128 and chr(int(code)).isalpha() and text[place].isascii():
            assert text[place].lower() == chr(int(code))
