"""A brand's own words: learnt late, few, light, and worth something."""

from __future__ import annotations

import random

from monitor.analysis.learned.words import word_hashes
from monitor.analysis.learning.calibration import AS_SHIPPED
from monitor.analysis.learning.traces import traces
from monitor.analysis.learning.weights import HEAVIEST, LEAST, MOST, Weights, fit
from monitor.model.mention import Correction
from tests.unit.analysis.learning.brand import NAME, example, matches, tones


def learnt() -> Weights:
    found = fit(list(tones(LEAST)), AS_SHIPPED)
    assert found is not None
    return found


def weight(of: Weights, word: str) -> tuple[float, float]:
    text = f"{NAME} {word}"
    cut = traces(text, "en", matches(text))
    found = of.found(cut)
    return sum(one[1] for one in found), sum(one[2] for one in found)


def test_no_word_weighs_before_there_are_enough_corrections() -> None:
    assert fit(list(tones(LEAST - 1)), AS_SHIPPED) is None


def test_words_of_the_trade_are_learnt() -> None:
    of = learnt()
    assert weight(of, "limescale")[0] > 0.3
    assert weight(of, "crema")[1] > 0.3
    assert weight(of, "limescale")[1] < 0
    assert weight(of, "tea") == (0, 0)


def test_few_light_and_in_order() -> None:
    letters = "abcdefghij"
    many = [
        example(
            n,
            " ".join(
                f"{'bad' if n % 2 else 'good'}{a}{letters[n % 7]}{b}"
                for a in letters
                for b in "klmno"
            ),
            Correction.NEGATIVE if n % 2 else Correction.POSITIVE,
        )
        for n in range(LEAST)
    ]
    found = fit(many, AS_SHIPPED)
    assert found is not None
    assert len(found.hashes) == MOST
    assert list(found.hashes) == sorted(set(found.hashes))
    assert all(abs(value) <= HEAVIEST for value in (*found.negative, *found.positive))


def test_words_that_would_not_have_helped_get_no_weight() -> None:
    order = random.Random(5)
    said = [Correction.NEGATIVE, Correction.NEUTRAL, Correction.POSITIVE]
    noise = [
        example(
            n,
            " ".join(order.choices("one two six ten red tan sky".split(), k=4)),
            order.choice(said),
        )
        for n in range(LEAST)
    ]
    assert fit(noise, AS_SHIPPED) is None


def test_the_brand_itself_gets_no_weight_and_empty_texts_are_harmless() -> None:
    assert fit([example(n, "", Correction.NEGATIVE) for n in range(LEAST)], AS_SHIPPED) is None
    assert not traces(NAME, "en", matches(NAME)).hashes.size


def test_places_are_those_of_the_text() -> None:
    text = "é" * 3 + f" {NAME} limescale 😀 again"
    cut = traces(text, "en", matches(text))
    assert {text[a:b] for a, b in zip(cut.start, cut.end, strict=True)} >= {"limescale", "😀"}


def test_hashes_are_those_that_exported_models_were_made_with() -> None:
    """When this fails, what a hash means has changed: raise FORMAT in brand_model.py too."""
    assert word_hashes(["limescale"], "en").tolist() == [14732830211670919517]
