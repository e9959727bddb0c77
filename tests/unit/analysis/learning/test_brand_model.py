"""Learning again from what is left is learning as if the rest had never been said."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.analyser import Analyser
from monitor.analysis.base import ToneAnalyser, ToneResult
from monitor.analysis.learned.tone import LearnedTone
from monitor.analysis.learning.brand_model import LEARNT, BrandModel, learn
from monitor.analysis.learning.corrected import CorrectedTone
from monitor.analysis.learning.example import Example
from monitor.analysis.learning.exchange import to_json
from monitor.analysis.tone_english import EnglishTone
from monitor.model.brand import Match
from monitor.model.mention import Correction
from monitor.model.verdict import Tone
from tests.unit.analysis.learning.brand import example, matches, ours, strays, tones

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
EVERYTHING = [*tones(220), *strays(5), *ours(10)]


@pytest.fixture(scope="module")
def model() -> BrandModel:
    return learn(EVERYTHING, NOW)


def test_every_part_is_there_once_enough_was_said(model: BrandModel) -> None:
    assert model.calibration is not None
    assert model.weights is not None
    assert model.not_us is not None
    assert model.based_on.tones == 220
    assert model.based_on.not_us == 5
    assert model.based_on.confirmed == 10
    assert len(model.based_on.corrections) == 225


def test_nothing_said_changes_nothing() -> None:
    empty = learn([], NOW)
    result = EnglishTone().analyse("Terrible Zephyr", "en", ())
    assert empty.apply(result, "Terrible Zephyr", "en", ()) == result
    assert empty.about("Terrible Zephyr", ()).p_not_us == 0


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_taking_back_is_never_having_said_to_the_bit(order: random.Random, count: int) -> None:
    late = [
        example(9000 + n, f"Zephyr limescale {n} lovely", Correction.POSITIVE) for n in range(count)
    ]
    before = to_json(learn(EVERYTHING, NOW))
    said = [*EVERYTHING, *late]
    order.shuffle(said)
    assert to_json(learn(said, NOW)) != before
    left = [one for one in said if one not in late]
    assert to_json(learn(left, NOW)) == before


def test_a_correction_taken_back_may_be_left_as_seen() -> None:
    said = [replace(one, said=None) if one.id == 7 else one for one in EVERYTHING]
    assert 7 not in learn(said, NOW).based_on.corrections


def test_unread_languages_teach_no_tone() -> None:
    said = [replace(one, shown=Tone.UNKNOWN, p_negative=0, p_positive=0) for one in tones(220)]
    assert learn(said, NOW).calibration is None


def test_corrections_change_the_verdict_and_its_reasons(model: BrandModel) -> None:
    text = "My Zephyr and its limescale"
    shipped = _Even()
    analyser = Analyser({"en": CorrectedTone(shipped, model)})
    found = matches(text)
    before = shipped.analyse(text, "en", found)
    verdict = analyser.analyse(text, declared_language="en", matches=found)
    assert verdict.p_negative > before.p_negative
    assert any(
        text[reason.start : reason.end] == "limescale" and reason.weight < 0
        for reason in verdict.reasons
    )


@pytest.mark.parametrize(
    "text", ["Lovely crema, Zephyr! 😀", "Zephyr limescale, terrible, not good", ""]
)
def test_reasons_still_sum_to_the_score(model: BrandModel, text: str) -> None:
    result = CorrectedTone(LearnedTone("en", EnglishTone()), model).analyse(
        text, "en", matches(text)
    )
    score = math.log(result.p_positive / result.p_negative)
    assert sum(reason.weight for reason in result.reasons) == pytest.approx(score, abs=1e-6)
    assert result.reasons[-1].what == LEARNT


def test_places_hold_in_a_long_text(model: BrandModel) -> None:
    text = "Nothing to see. " * 200 + "My Zephyr and its limescale. " + "Nothing to see. " * 200
    shipped: ToneAnalyser = _Even()
    verdict = Analyser({"en": CorrectedTone(shipped, model)}).analyse(
        text, declared_language="en", matches=matches(text)
    )
    assert "limescale" in {text[reason.start : reason.end] for reason in verdict.reasons}


def test_an_unread_language_stays_unread(model: BrandModel) -> None:
    unread = ToneResult(0.0, 0.0, (), False, known=False)
    assert model.apply(unread, "Zephyr", "xx", ()) is unread


def test_a_base_fills_what_the_examples_cannot_teach(model: BrandModel) -> None:
    fresh = learn([*strays(3), *ours(5)], NOW, model)
    assert fresh.calibration == model.calibration
    assert fresh.weights == model.weights
    assert fresh.not_us not in (None, model.not_us)
    few = learn(list(tones(40)), NOW, model)
    assert few.calibration not in (None, model.calibration)
    assert few.weights is None
    assert few.not_us == model.not_us


class _Even:
    """A ToneAnalyser that cannot decide."""

    def analyse(self, text: str, language: str, focus: tuple[Match, ...]) -> ToneResult:
        return ToneResult(0.3, 0.3, (), False)


def test_examples_are_plain_values() -> None:
    assert example(1, "Zephyr", None) == Example(
        1, "Zephyr", "en", (Match(0, 6, "Zephyr"),), 0.3, 0.3, Tone.NEUTRAL, None
    )
