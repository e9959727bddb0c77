"""The tone of sentences that hang on one turn of phrase, and the reasons given for it."""

from __future__ import annotations

import math

import pytest

from monitor.analysis.analyser import Analyser
from monitor.analysis.base import ToneAnalyser
from monitor.analysis.tone_english import SCALE as ENGLISH_SCALE
from monitor.analysis.tone_english import EnglishTone
from monitor.analysis.tone_french import SCALE as FRENCH_SCALE
from monitor.analysis.tone_french import FrenchTone
from monitor.model.brand import Match
from monitor.model.verdict import ReasonKind
from tests.unit.analysis.contrasts import ENGLISH, FRENCH, read

ANALYSER = Analyser({"en": EnglishTone(), "fr": FrenchTone()})  # the word lists
CASES = [("en", *row) for row in read(ENGLISH)] + [("fr", *row) for row in read(FRENCH)]


@pytest.mark.parametrize(("language", "sentence", "expected", "known_to_fail"), CASES)
def test_contrasts(language: str, sentence: str, expected: str, known_to_fail: bool) -> None:
    tone = ANALYSER.analyse(sentence, declared_language=language).tone.value[:3]
    # A known failure that starts to pass must lose its mark: the list only shrinks.
    assert (tone == expected) is not known_to_fail


@pytest.mark.parametrize(
    ("tone", "scale", "text"),
    [
        (
            EnglishTone(),
            ENGLISH_SCALE,
            "REALLY bad service, not helpful!! but the staff were lovely 😡",
        ),
        (
            FrenchTone(),
            FRENCH_SCALE,
            "Vraiment NUL, ça marche pas !! mais l’accueil était sympa 😡",
        ),
    ],
)
def test_weights_sum_to_the_score(tone: ToneAnalyser, scale: object, text: str) -> None:
    result = tone.analyse(text, "", ())
    score = sum(reason.weight for reason in result.reasons)
    low = math.log(1 / result.p_negative - 1)
    assert low == pytest.approx(
        score - (ENGLISH_SCALE if scale is ENGLISH_SCALE else FRENCH_SCALE).low
    )
    assert result.p_negative + result.p_positive <= 1


@pytest.mark.parametrize(
    "text",
    [
        "The room was dirty and the waiter rude, terrible.",
        "Lovely staff, fast delivery, I love it",
        "Colis abîmé, service client injoignable, une honte.",
        "Personnel souriant, plats délicieux, je recommande",
        "Ça ne marche toujours pas 😡",
    ],
)
def test_taking_a_named_word_out_moves_the_score(text: str) -> None:
    verdict = ANALYSER.analyse(text)
    weighed = [reason for reason in verdict.reasons if abs(reason.weight) > 0.5]
    assert weighed
    for reason in weighed:
        without = text[: reason.start] + text[reason.end :]
        moved = ANALYSER.analyse(without, declared_language=verdict.language)
        before = verdict.p_positive - verdict.p_negative
        after = moved.p_positive - moved.p_negative
        assert (after - before) * reason.weight < 0


def test_reasons_stand_where_they_say() -> None:
    text = "C’est vraiment NUL, jamais reçu 😡"
    for reason in ANALYSER.analyse(text).reasons:
        assert reason.what == text[reason.start : reason.end]


def test_capitals_stretching_and_exclamation_marks_strengthen() -> None:
    def blame(text: str) -> float:
        return ANALYSER.analyse(text, declared_language="en").p_negative

    assert blame("this is BAD") > blame("this is bad")
    assert blame("this is very bad") > blame("this is bad")
    assert blame("this is bad!!!") > blame("this is bad")
    assert blame("this is baaaad") == blame("this is bad")


def test_praise_beside_a_problem_is_to_be_checked() -> None:
    verdict = ANALYSER.analyse("Bravo, 3 semaines pour un colis")
    assert verdict.to_check
    assert any(reason.kind is ReasonKind.RULE for reason in verdict.reasons)
    assert not ANALYSER.analyse("Bravo, livré en 2 jours").to_check


def test_praise_and_blame_of_the_same_weight_are_to_be_checked() -> None:
    assert ANALYSER.analyse(
        "The food is excellent and delicious, the owner is a horrible liar"
    ).to_check


def test_far_from_the_name_words_weigh_less() -> None:
    text = "Vigie is here. " + "word " * 150 + "this other thing is awful"
    near = EnglishTone().analyse(text, "en", ())
    far = EnglishTone().analyse(text, "en", (Match(0, 5, "Vigie"),))
    assert far.p_negative < near.p_negative


def test_textblob_words_that_are_not_ours_weigh() -> None:
    assert ANALYSER.analyse("an abhorrent idea", declared_language="en").p_negative > 0.4
