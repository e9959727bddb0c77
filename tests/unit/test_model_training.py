"""packaging/model: the split keeps twins together, the figures are right, mixing keeps its focus."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import numpy as np
import pytest

from model.metrics import average_precision, calibration_error, macro_f1, precision_recall_f1
from model.mixed import mixed
from model.sets import INTENTS, TONES, Labelled, places, posts
from model.split import DEV, TEST, TRAIN, part_of
from monitor.analysis.learned import store
from monitor.model.verdict import Intent


def test_the_split_is_as_large_as_it_says() -> None:
    parts = Counter(part_of(f"post number {n} about a train") for n in range(4000))
    assert parts[TRAIN] == pytest.approx(2800, abs=120)
    assert parts[DEV] == pytest.approx(600, abs=90)
    assert parts[TEST] == pytest.approx(600, abs=90)


def test_twins_are_of_one_part() -> None:
    assert part_of("Moka is better, Lumen is worse") == part_of("moka is better - Lumen is WORSE!")


def test_no_text_of_ours_is_in_two_parts() -> None:
    for language in ("en", "fr"):
        known = {part: {post.text for post in posts(language, part)} for part in (TRAIN, DEV, TEST)}
        assert not known[TRAIN] & known[DEV]
        assert not known[TRAIN] & known[TEST]
        assert not known[DEV] & known[TEST]


@pytest.mark.parametrize(
    ("text", "target", "found"),
    [
        ("I like Moka & Co", "moka & co", ((7, 16),)),
        ("so good #mokaco", "Moka Co", ((9, 15),)),
        ("nothing here", "Moka", ()),
        ("nothing here", "", ()),
        ("Moka, moka", "Moka", ((0, 4), (6, 10))),
    ],
)
def test_places(text: str, target: str, found: tuple[tuple[int, int], ...]) -> None:
    assert places(text, target) == found


def test_figures() -> None:
    truth = np.array([True, True, False, False])
    assert precision_recall_f1(truth, np.array([True, False, True, False])) == (0.5, 0.5, 0.5)
    assert average_precision(truth, np.array([0.9, 0.8, 0.2, 0.1])) == 1.0
    assert average_precision(truth, np.array([0.9, 0.1, 0.5, 0.1])) == pytest.approx(0.75)
    assert average_precision(truth, np.full(4, 0.5)) == 0.5
    assert calibration_error(truth, np.array([1.0, 1.0, 0.0, 0.0])) == 0
    assert calibration_error(truth, np.full(4, 0.5)) == 0
    assert macro_f1(["a", "b"], ["a", "a"], ["a", "b", "c"]) == pytest.approx(1 / 3)


def test_mixed_posts_keep_their_focus_and_repeat() -> None:
    rows = [Labelled(f"{tone} wordings number{n}", tone) for tone in TONES for n in range(9)]
    made = mixed(rows, "en", 40)
    assert made == mixed(rows, "en", 40)
    for text, tone, ((start, end),) in made:
        assert text[start:end] in ("wordings", "number")
        part = text[: start + 1] if start < len(text) / 2 else text[len(text) // 3 :]
        assert tone in part


def test_the_labels_are_the_programs() -> None:
    assert set(INTENTS) == {intent.value for intent in Intent}
    for language in ("en", "fr"):
        head = store.head(f"intent_{language}")
        assert head is not None
        assert head.labels == INTENTS


def test_every_table_is_there_and_small() -> None:
    assert store.missing() == ()
    tables = [*(files("resources") / "model").iterdir()]
    assert sum(len(file.read_bytes()) for file in tables) < 6_000_000
