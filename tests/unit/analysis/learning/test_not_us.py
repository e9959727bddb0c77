"""Telling another bearer of the name from the first few corrections, precision first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.learning.clues import AUTHOR, SITE, WRITTEN, clues
from monitor.analysis.learning.not_us import LEAST, MOST, PUT_ASIDE, NotUs, fit
from monitor.model.mention import Correction
from tests.unit.analysis.learning.brand import example, matches, ours, strays


def learnt(count: int = LEAST) -> NotUs:
    model = fit([*strays(count), *ours(20)])
    assert model is not None
    return model


def chance(model: NotUs, text: str, site: str = "", author: str = "") -> float:
    return model.judge(text, matches(text), site, author).p_not_us


def test_two_corrections_or_no_mention_of_ours_are_too_few() -> None:
    assert fit([*strays(LEAST - 1), *ours(20)]) is None
    assert fit([*strays(LEAST), *ours(LEAST - 1)]) is None


def test_three_are_enough_for_a_meaning_that_comes_back() -> None:
    model = learnt()
    assert chance(model, "what a gentle zephyr breeze tonight, sails up") >= PUT_ASIDE
    assert chance(model, "Hello Zephyr, the machine stopped again") < 0.2


def test_a_text_that_shares_nothing_is_ours() -> None:
    assert chance(learnt(), "Zephyr") < 0.5
    assert chance(learnt(), "") < 0.5


def test_reasons_quote_the_words_and_sum_with_the_prior() -> None:
    text = "what a gentle zephyr breeze tonight, sails up"
    found = learnt().judge(text, matches(text))
    quotes = {text[reason.start : reason.end] for reason in found.reasons}
    assert {"gentle", "breeze"} <= quotes
    weights = [abs(reason.weight) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)


def test_site_and_author_weigh() -> None:
    said = [
        example(n, f"zephyr {word}", Correction.NOT_US, site="sail.example", author="Skipper")
        for n, word in enumerate(("one", "two", "three"))
    ]
    model = fit([*said, *ours(20)])
    assert model is not None
    plain = "Zephyr, once more"
    assert chance(model, plain, "SAIL.example", "skipper") > chance(model, plain) + 0.3
    found = model.judge(plain, matches(plain), "sail.example", "Skipper")
    assert {SITE, AUTHOR} <= {reason.what for reason in found.reasons}


@pytest.mark.parametrize(
    ("text", "as_other"),
    [("a zephyr", "a Zephyr"), ("#zephyr", "zephyr"), ("ZEPHYR", "Zephyr"), ("@Zephyr", "Zephyr")],
)
def test_how_the_name_is_written_is_a_clue(text: str, as_other: str) -> None:
    def code(written: str) -> int:
        return next(one.code for one in clues(written, matches(written)) if one.what == WRITTEN)

    assert code(text) != code(as_other)


def test_the_order_of_the_examples_means_nothing() -> None:
    said = [*strays(5), *ours(9)]
    assert fit(said) == fit(said[::-1])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.booleans()), max_size=40), st.text())
def test_any_text_is_judged(rows: list[tuple[str, bool]], text: str) -> None:
    said = [
        example(n, one, Correction.NOT_US if stray else None)
        for n, (one, stray) in enumerate(
            [*rows, *[("zephyr of the sea", True)] * 3, *[("Zephyr", False)] * 3]
        )
    ]
    model = fit(said)
    assert model is not None
    assert len(model.codes) <= MOST
    found = model.judge(text, matches(text))
    assert 0 < found.p_not_us < 1
