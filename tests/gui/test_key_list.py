"""The order of the list: where a key belongs, and the smallest change to another order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from monitor.model.mention import MentionKey
from ui.models.key_list import KeyList

START = datetime(2026, 1, 1, tzinfo=UTC)


def key(number: int, minute: int) -> MentionKey:
    return MentionKey(START + timedelta(minutes=minute), number)


def ordered(keys: list[MentionKey]) -> list[MentionKey]:
    return sorted(keys, key=lambda one: (one.at, one.id), reverse=True)


def filled(keys: list[MentionKey]) -> KeyList:
    made = KeyList()
    made.extend(ordered(keys))
    return made


def test_a_key_is_found_at_its_row() -> None:
    keys = ordered([key(n, n // 3) for n in range(30)])
    made = filled(keys)
    assert [made.place(one) for one in keys] == list(range(30))


def test_a_new_key_belongs_between_its_neighbours() -> None:
    made = filled([key(1, 10), key(2, 20), key(3, 30)])
    assert made.place(key(9, 25)) == 1
    assert made.place(key(9, 40)) == 0
    assert made.place(key(9, 1)) == 3


def test_any_order_becomes_any_other() -> None:
    chance = random.Random(7)
    for _ in range(200):
        before = ordered([key(n, chance.randrange(20)) for n in range(chance.randrange(15))])
        after = [one for one in before if chance.random() < 0.7]
        after = ordered([*after, *(key(100 + n, chance.randrange(20)) for n in range(5))])
        made = filled(before)
        for splice in made.difference(0, len(made), after):
            made.remove(splice.row, splice.removed)
            made.insert(splice.row, splice.inserted)
        assert list(made.ids) == [one.id for one in after]


def test_a_mention_that_moved_in_time_is_placed_anew() -> None:
    made = filled([key(1, 10), key(2, 20), key(3, 30)])
    moved = [key(1, 40), key(3, 30), key(2, 20)]
    for splice in made.difference(0, 3, moved):
        made.remove(splice.row, splice.removed)
        made.insert(splice.row, splice.inserted)
    assert list(made.ids) == [1, 3, 2]


def test_what_stays_is_not_touched() -> None:
    made = filled([key(n, n) for n in range(10)])
    after = ordered([*(key(n, n) for n in range(10) if n != 4), key(50, 7)])
    splices = made.difference(0, 10, after)
    assert sum(splice.removed for splice in splices) == 1
    assert sum(len(splice.inserted) for splice in splices) == 1
