"""Of two brands that are compared, each gets its own half."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.analyser import Analyser
from monitor.analysis.comparison import about_us
from monitor.model.brand import Match
from monitor.model.verdict import Tone


def matches(text: str, name: str) -> tuple[Match, ...]:
    at = text.find(name)
    return (Match(at, at + len(name), name),) if at >= 0 else ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lumen is much better than the terrible Moka & Co", "en"),
        ("Lumen, c'est bien mieux que cette horreur de Moka & Co", "fr"),
    ],
)
def test_the_terrible_other_is_no_blame_for_us_and_no_praise_for_it(
    text: str, language: str
) -> None:
    analyser = Analyser()
    ours = analyser.analyse(text, declared_language=language, matches=matches(text, "Lumen"))
    theirs = analyser.analyse(text, declared_language=language, matches=matches(text, "Moka & Co"))
    assert ours.tone is not Tone.NEGATIVE
    assert theirs.tone is not Tone.POSITIVE


def test_what_stands_in_other_sentences_stays() -> None:
    text = "Awful queue. Lumen is nicer than Moka. Cold coffee."
    ours = about_us(text, matches(text, "Lumen"), "en")
    assert ours == "Awful queue. Lumen is nicer than     . Cold coffee."
    assert about_us(text, matches(text, "Moka"), "en") == text


@pytest.mark.parametrize(
    "text",
    ["Lumen is better than ever", "Nothing is better than Lumen and Lumen", "Lumen is late"],
)
def test_the_plain_cases_only(text: str) -> None:
    assert len(about_us(text, matches(text, "Lumen"), "en")) == len(text)


@given(st.text(), st.sampled_from(["en", "fr", "de"]))
def test_any_text_keeps_its_length(text: str, language: str) -> None:
    whole = f"{text} Lumen is better than {text}"
    assert len(about_us(whole, matches(whole, "Lumen"), language)) == len(whole)
