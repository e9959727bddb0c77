"""A long text is judged by what it says around the brand, and its reasons stand where they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis.analyser import Analyser
from monitor.analysis.excerpt import LONGEST, excerpt
from monitor.model.brand import Match

FILLING = "The market moved a little today and people talked about it. " * 40
NAME = "Lumen"


def _matches(text: str) -> tuple[Match, ...]:
    places = [at for at in range(len(text)) if text.startswith(NAME, at)]
    return tuple(Match(at, at + len(NAME), NAME) for at in places)


def test_a_text_of_usual_length_is_its_own_excerpt() -> None:
    text = f"I like {NAME}. " * 10
    part = excerpt(text, _matches(text))
    assert part.text == text
    assert part.matches == _matches(text)


def test_whole_sentences_around_the_name() -> None:
    text = f"{FILLING}{NAME} closed its shop. {FILLING}"
    part = excerpt(text, _matches(text))
    assert len(part.text) < LONGEST
    assert part.text.startswith("The market")
    assert part.text.endswith("about it.")
    assert f"{NAME} closed its shop." in part.text


def test_without_a_name_the_beginning_counts() -> None:
    part = excerpt(FILLING, ())
    assert FILLING.startswith(part.text)
    assert part.text.endswith("about it.")
    assert LONGEST / 2 < len(part.text) <= LONGEST


def test_what_is_said_far_from_the_name_is_not_about_it() -> None:
    text = f"{NAME} opens on Monday. {FILLING}A terrible scam, awful, horrible, refund refused!"
    verdict = Analyser().analyse(text, declared_language="en", matches=_matches(text))
    calm = text.replace("A terrible scam, awful, horrible, refund refused!", "It rains all day.")
    assert verdict == Analyser().analyse(calm, declared_language="en", matches=_matches(calm))
    assert verdict.risks == ()


def test_reasons_stand_where_their_words_are() -> None:
    text = f"{NAME} is here. {FILLING}{NAME} is terrible, a scam. {FILLING}"
    verdict = Analyser().analyse(text, declared_language="en", matches=_matches(text))
    words = {text[reason.start : reason.end] for reason in verdict.reasons if reason.end}
    assert words & {"terrible", "scam"}
    assert words <= set(text.replace(",", "").replace(".", "").split())


@given(
    st.lists(st.sampled_from([NAME, "x" * 90, "Fine. ", "\n\n", "é ", "word " * 30]), max_size=120)
)
def test_every_character_knows_its_place(parts: list[str]) -> None:
    text = "".join(parts)
    part = excerpt(text, _matches(text))
    assert len(part.text) <= LONGEST + 2 * 300 + len(NAME) + 10
    for at, char in enumerate(part.text):
        assert char == "\n" or text[part.place(at)] == char
    for match in part.matches:
        assert part.text[match.start : match.end] == NAME
    assert bool(part.matches) == (NAME in text)
