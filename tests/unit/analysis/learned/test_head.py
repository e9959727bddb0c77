"""The file of a table, its damage, and scores that are the same in any batch."""

from __future__ import annotations

import numpy as np
import pytest

from monitor.analysis.learned.features import DENSE, ROLES, features
from monitor.analysis.learned.head import BadModelError, Head, Shipped, from_bytes, to_bytes
from monitor.analysis.learned.words import word_hashes

RANDOM = np.random.default_rng(3)
WORDS = np.sort(word_hashes(["terrible", "lovely"], "en"))
SHIPPED = Shipped(
    labels=("neg", "pos", "odd"),
    table=RANDOM.integers(-127, 128, (3, 1024), dtype=np.int8),
    words=WORDS,
    word_weights=RANDOM.integers(-127, 128, (3, len(ROLES), 2), dtype=np.int8),
    scale=0.001,
    dense=RANDOM.normal(size=(3, DENSE)),
    bias=RANDOM.normal(size=3),
    about={"negative": 0.4},
)
TEXTS = ["", "a terrible day", "LOVELY!!!", "not lovely at all, is it?", "👎 😡", "x" * 300] * 3


def test_a_table_survives_its_file() -> None:
    read = from_bytes(to_bytes(SHIPPED))
    assert read.labels == SHIPPED.labels
    assert read.about == SHIPPED.about
    assert np.array_equal(read.table, SHIPPED.table)
    assert np.array_equal(read.words, SHIPPED.words)
    assert np.array_equal(read.word_weights, SHIPPED.word_weights)
    assert to_bytes(read) == to_bytes(SHIPPED)


@pytest.mark.parametrize("cut", [0, 5, 60, 100, -1])
def test_a_damaged_file_is_refused(cut: int) -> None:
    whole = to_bytes(SHIPPED)
    with pytest.raises(BadModelError):
        from_bytes(whole[:cut])


def test_a_changed_byte_is_noticed() -> None:
    whole = bytearray(to_bytes(SHIPPED))
    whole[-3] ^= 1
    with pytest.raises(BadModelError, match="damaged"):
        from_bytes(bytes(whole))


def test_scores_do_not_depend_on_the_batch() -> None:
    head = Head(SHIPPED)
    focus = [((2, 10),) if len(text) > 12 else () for text in TEXTS]
    together = head.scores(features(TEXTS, "en", focus))
    for row, (text, spans) in enumerate(zip(TEXTS, focus, strict=True)):
        alone = head.scores(features([text], "en", [spans]))
        assert np.array_equal(alone[0], together[row])


def test_the_sums_are_those_of_the_features_one_by_one() -> None:
    head = Head(SHIPPED)
    found = features(["a terrible day, not lovely"], "en", [((2, 10),)])
    expected = SHIPPED.bias + SHIPPED.dense @ found.dense[0]
    for number, group in enumerate(found.groups):
        count = max(1, len(group.hashes))
        added = head.of_each(number, group).sum(axis=1)
        expected = expected + added * SHIPPED.scale * group.weight / np.sqrt(count)
    assert head.scores(found)[0] == pytest.approx(expected)
