"""Words of danger in six languages: what is named, what only looks like it, where it stands."""

from __future__ import annotations

import pytest

from monitor.analysis import lexicon
from monitor.analysis.risk import LANGUAGES, risks
from monitor.analysis.tokens import tokenize
from monitor.model.verdict import ReasonKind, Risk
from tests.unit.analysis.risk_sentences import SENTENCES


def named(sentence: str, language: str) -> set[str]:
    return {danger.risk.value for danger in risks(sentence, tokenize(sentence), language)}


@pytest.mark.parametrize(("language", "wanted", "sentence"), SENTENCES)
def test_a_danger_is_seen_and_its_look_alike_is_not(
    language: str, wanted: str, sentence: str
) -> None:
    assert named(sentence, language) == set(wanted.split())


def test_positions_are_those_of_the_words_after_emoji_too() -> None:
    text = "🔥🔥 Le chargeur a pris feu, j'appelle mon avocat"
    found = risks(text, tokenize(text), "fr")
    assert [text[one.reason.start : one.reason.end] for one in found] == ["a pris feu", "avocat"]
    assert all(one.reason.kind is ReasonKind.RISK and one.reason.weight == 0 for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_a_table_is_of_a_known_kind(language: str) -> None:
    kinds = {kind for _, kind in lexicon.rows(f"risk_{language}.tsv")}
    assert kinds <= {risk.value for risk in Risk} | {"-"}
    assert {risk.value for risk in Risk} <= kinds


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 1_000_000,
        "😡" * 100_000,
        "not " * 50_000 + "fire",
        "fire sale " * 50_000,
        "#boycott" * 50_000,
        "refus de " * 50_000,
        "'" * 200_000,
        "\x00\x1b\ud800 feu\u202e",
    ],
    ids=["empty", "1 MB", "emoji", "negators", "sale", "tags", "half", "quotes", "controls"],
)
def test_hostile_texts_are_read_to_the_end(language: str, text: str) -> None:
    assert len(risks(text, tokenize(text), language)) <= 12
