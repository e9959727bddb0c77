"""Insults and threats against people, told from insults to things; where they stand."""

from __future__ import annotations

import pytest

from monitor.analysis.abuse import LANGUAGES, abuse
from monitor.analysis.analyser import Analyser
from monitor.analysis.tokens import tokenize
from tests.unit.analysis.abuse_sentences import SENTENCES


@pytest.mark.parametrize(("language", "wanted", "sentence"), SENTENCES)
def test_only_people_can_be_abused(language: str, wanted: bool, sentence: str) -> None:
    assert bool(abuse(sentence, tokenize(sentence), language)) is wanted


def test_positions_are_those_of_the_words_after_emoji_too() -> None:
    text = "😡😡 Vous êtes des connards, allez vous faire foutre"
    found = abuse(text, tokenize(text), "fr")
    assert [text[one.start : one.end] for one in found] == ["connards", "allez vous faire foutre"]


def test_an_unknown_language_is_read_for_threats_but_not_for_names() -> None:
    assert abuse("vou te matar", tokenize("vou te matar"), "")
    assert not abuse("con ustedes siempre", tokenize("con ustedes siempre"), "")


def test_the_verdict_says_so_and_keeps_the_complaint() -> None:
    verdict = Analyser().analyse("You are idiots, my parcel never came", declared_language="en")
    assert verdict.abusive
    assert not Analyser().analyse("Your app is shit", declared_language="en").abusive


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 1_000_000,
        "😡" * 100_000,
        "idiot " * 50_000,
        "you not " * 50_000 + "idiot",
        "connard, " * 50_000,
        "\x00\x1b\ud800 idiot\u202e",
    ],
    ids=["empty", "1 MB", "emoji", "names", "negators", "clauses", "controls"],
)
def test_hostile_texts_are_read_to_the_end(language: str, text: str) -> None:
    assert len(abuse(text, tokenize(text), language)) <= 12
