"""Three numbers per brand: when they move, how far, and what they never do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.learning import calibration
from monitor.analysis.learning.calibration import (
    AS_SHIPPED,
    FARTHEST,
    FLATTEST,
    LEAST,
    LOWEST,
    STEEPEST,
    Calibration,
    fit,
)
from monitor.analysis.learning.chances import chances_of, scores_of
from monitor.model.mention import Correction
from monitor.model.verdict import Tone
from tests.unit.analysis.learning.brand import example

CHANCES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(
    lambda two: (two[0], two[1] * (1 - two[0]))
)
SAID = st.sampled_from([Correction.NEGATIVE, Correction.NEUTRAL, Correction.POSITIVE, None])


def corrected(p_negative: float, said: Correction | None, count: int = 40) -> Calibration | None:
    shown = Tone.NEGATIVE if p_negative > 0.4 else Tone.NEUTRAL
    return fit(
        [
            example(n, "", said, p_negative=p_negative, p_positive=0.1, shown=shown)
            for n in range(count)
        ]
    )


def after(model: Calibration | None, p_negative: float, p_positive: float) -> float:
    assert model is not None
    return chances_of(*model.moved(scores_of(p_negative, p_positive)))[0]


def test_nothing_moves_before_there_are_enough_corrections() -> None:
    assert corrected(0.7, Correction.NEUTRAL, LEAST - 1) is None
    assert corrected(0.7, Correction.NEUTRAL, LEAST) is not None


def test_what_was_only_seen_does_not_count_as_a_correction() -> None:
    assert corrected(0.7, None, 10 * LEAST) is None


def test_false_alarms_make_blame_rarer_and_missed_complaints_commoner() -> None:
    assert after(corrected(0.6, Correction.NEUTRAL), 0.6, 0.1) < 0.6
    assert after(corrected(0.2, Correction.NEGATIVE), 0.2, 0.1) > 0.2


def test_what_was_seen_and_left_holds_the_numbers_back() -> None:
    wrong = [
        example(n, "", Correction.NEUTRAL, p_negative=0.6, p_positive=0.1, shown=Tone.NEGATIVE)
        for n in range(LEAST)
    ]
    right = [
        example(100 + n, "", None, p_negative=0.6, p_positive=0.1, shown=Tone.NEGATIVE)
        for n in range(3 * LEAST)
    ]
    assert after(fit(wrong), 0.6, 0.1) < after(fit(wrong + right), 0.6, 0.1)


def test_one_sided_corrections_without_end_stay_within_bounds() -> None:
    model = corrected(0.99, Correction.NEUTRAL, 3000)
    assert model is not None
    assert FLATTEST <= model.slope <= STEEPEST
    assert -FARTHEST <= model.negative <= FARTHEST
    assert after(model, 0.999, 0.0005) > after(model, 0.5, 0.3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CHANCES, SAID), min_size=LEAST, max_size=60), CHANCES, CHANCES)
def test_any_corrections_give_bounded_numbers_that_keep_the_order(
    rows: list[tuple[tuple[float, float], Correction | None]],
    one: tuple[float, float],
    other: tuple[float, float],
) -> None:
    model = fit(
        [example(n, "", said, p_negative=p[0], p_positive=p[1]) for n, (p, said) in enumerate(rows)]
    )
    if model is None:
        assert sum(said is not None for _, said in rows) < LEAST
        return
    assert FLATTEST <= model.slope <= STEEPEST
    assert abs(model.negative) <= FARTHEST
    assert abs(model.positive) <= FARTHEST
    low, high = sorted((scores_of(*one), scores_of(*other)))
    if low[0] < high[0]:
        assert model.moved(low)[0] < model.moved(high)[0]
    p_negative, p_positive = chances_of(*model.moved(high))
    assert p_negative >= 0
    assert p_positive >= 0
    assert p_negative + p_positive <= 1


@given(CHANCES)
def test_as_shipped_changes_nothing(chances: tuple[float, float]) -> None:
    back = chances_of(*AS_SHIPPED.moved(scores_of(*chances)))
    assert abs(back[0] - chances[0]) < 1e-3
    assert abs(back[1] - chances[1]) < 1e-3


def test_the_numbers_are_rounded_so_that_machines_agree() -> None:
    model = corrected(0.6, Correction.NEUTRAL)
    assert model is not None
    assert model.slope == round(model.slope, calibration._DIGITS)


def test_where_blame_is_rare_less_is_worth_naming() -> None:
    rare = [
        example(
            n,
            "",
            Correction.NEUTRAL if n % 8 else Correction.NEGATIVE,
            p_negative=0.45,
            p_positive=0.05,
            shown=Tone.NEGATIVE,
        )
        for n in range(120)
    ]
    common = [replace(one, said=Correction.NEGATIVE) for one in rare]
    few, many = fit(rare), fit(common)
    assert few is not None
    assert many is not None
    assert LOWEST <= few.negative_from < many.negative_from <= 0.5
