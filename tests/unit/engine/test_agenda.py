"""Which source may be polled now: due times, hosts and pacing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.engine.agenda import POLITE, Agenda, Entry, Pacing
from tests.unit.engine.fake_clock import START, FakeClock

MINUTE = timedelta(minutes=1)


def agenda(pacing: Pacing = POLITE) -> Agenda:
    return Agenda(lambda host: pacing)


def picked(agenda: Agenda, steady: float) -> list[int]:
    ids = []
    while (entry := agenda.pick(steady)) is not None:
        ids.append(entry.source_id)
    return ids


def test_nothing_is_picked_before_its_time() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START + MINUTE))
    assert plan.queue_due(START, 0.0) == ()
    assert plan.pick(0.0) is None
    assert plan.next_due() == START + MINUTE
    assert plan.queue_due(START + MINUTE, 60.0) == (1,)
    assert picked(plan, 60.0) == [1]


def test_one_request_at_a_time_and_one_a_second_for_a_host() -> None:
    plan = agenda()
    for source_id in (1, 2, 3):
        plan.put(Entry(source_id, "a", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1]
    plan.landed(1, 0.2)
    assert picked(plan, 0.9) == []
    assert plan.next_open() == 1.0
    assert picked(plan, 1.0) == [2]
    assert picked(plan, 5.0) == []
    plan.landed(2, 5.0)
    assert picked(plan, 5.0) == [3]


def test_other_hosts_do_not_wait_for_a_busy_one() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START))
    plan.put(Entry(2, "a", START))
    plan.put(Entry(3, "b", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1, 3]


def test_a_pacing_may_allow_more() -> None:
    plan = agenda(Pacing(in_flight=2, spacing=0.0))
    for source_id in (1, 2, 3):
        plan.put(Entry(source_id, "a", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1, 2]
    plan.landed(1, 0.0)
    assert picked(plan, 0.0) == [3]


def test_a_landed_source_waits_for_its_new_time() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1]
    plan.put(Entry(1, "a", START + MINUTE))
    assert plan.is_busy(1)
    plan.landed(1, 0.5)
    assert plan.queue_due(START, 0.5) == ()
    assert plan.queue_due(START + MINUTE, 60.0) == (1,)


def test_asking_takes_a_source_before_its_time_once() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START + MINUTE))
    plan.put(Entry(2, "b", None))
    assert plan.ask([1, 2, 9], START, 0.0) == (1, 2)
    assert plan.ask([1], START, 0.0) == ()
    assert picked(plan, 0.0) == [1, 2]


def test_a_resting_host_is_left_alone_even_when_asked() -> None:
    plan = agenda()
    for source_id in (1, 2):
        plan.put(Entry(source_id, "a", START))
    plan.put(Entry(3, "b", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1, 3]
    assert plan.rest("a", START + 10 * MINUTE) == (2,)
    plan.landed(1, 0.5)
    assert plan.ask([1, 2], START + MINUTE, 60.0) == ()
    assert plan.queue_due(START + 9 * MINUTE, 540.0) == ()
    assert set(plan.queue_due(START + 10 * MINUTE, 600.0)) == {1, 2}


def test_a_shorter_rest_does_not_end_a_longer_one() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START))
    plan.rest("a", START + 10 * MINUTE)
    plan.rest("a", START + MINUTE)
    assert plan.queue_due(START + 2 * MINUTE, 120.0) == ()


def test_what_is_taken_back_waits_for_its_time() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START))
    plan.queue_due(START, 0.0)
    assert plan.unqueue([1, 7]) == (1,)
    assert plan.pick(0.0) is None
    assert plan.next_due() == START


@pytest.mark.parametrize("other", ["a", "b"])
def test_failing_sources_can_be_held_back_without_holding_the_others(other: str) -> None:
    plan = agenda(Pacing(in_flight=2, spacing=0.0))
    plan.put(Entry(1, "a", START, failing=True))
    plan.put(Entry(2, other, START))
    plan.queue_due(START, 0.0)
    first = plan.pick(0.0, failing_allowed=False)
    assert first is not None
    assert first.source_id == 2
    assert plan.pick(0.0, failing_allowed=False) is None
    assert picked(plan, 0.0) == [1]


def test_a_removed_source_is_not_picked() -> None:
    plan = agenda()
    plan.put(Entry(1, "a", START))
    plan.put(Entry(2, "a", START))
    plan.queue_due(START, 0.0)
    plan.remove(1)
    assert picked(plan, 0.0) == [2]
    plan.remove(2)
    plan.landed(2, 1.0)
    assert plan.next_due() is None


# -- hosts that allow few requests -----------------------------------------------------------------
SLOW = Pacing(spacing=60.0)


def slow_agenda(*ids: int) -> Agenda:
    plan = agenda(SLOW)
    for source_id in ids:
        plan.put(Entry(source_id, "slow.example", START))
    plan.queue_due(START, 0.0)
    return plan


def test_those_behind_say_how_long_they_wait() -> None:
    plan = slow_agenda(1, 2, 3)
    assert picked(plan, 0.0) == [1]
    plan.landed(1, 2.0)
    assert plan.waits(10.0) == {2: ("slow.example", 50.0, 60.0), 3: ("slow.example", 110.0, 60.0)}
    assert picked(plan, 60.0) == [2]
    assert list(plan.waits(60.0)) == [3]


def test_nobody_waits_long_where_politeness_will_do() -> None:
    plan = agenda()
    for source_id in (1, 2, 3):
        plan.put(Entry(source_id, "a", START))
    plan.queue_due(START, 0.0)
    assert plan.waits(0.0) == {}


def test_a_booked_turn_is_taken_from_the_queue() -> None:
    plan = slow_agenda()
    assert plan.book("slow.example", START, 0.0, 3.0) == 0.0
    plan.put(Entry(1, "slow.example", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 59.0) == []
    assert picked(plan, 60.0) == [1]


def test_a_turn_too_far_away_is_not_booked() -> None:
    plan = slow_agenda(1)
    assert picked(plan, 0.0) == [1]
    assert plan.book("slow.example", START, 1.0, 3.0) == 59.0
    assert plan.book("slow.example", START, 1.0, 3.0) == 59.0
    assert plan.book("slow.example", START, 58.0, 3.0) == 2.0
    assert plan.book("slow.example", START, 58.0, 3.0) == 62.0


def test_a_host_that_rests_cannot_be_booked() -> None:
    plan = agenda()
    plan.rest("a", START + MINUTE)
    assert plan.book("a", START, 0.0, 3.0) == 60.0


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_every_due_source_is_polled_once_and_politely(
    sources: list[tuple[int, int]], random: object
) -> None:
    """Whatever the hosts and times: nobody starves, no host is asked twice at once or too soon."""
    plan, clock = agenda(), FakeClock()
    for number, (host, minutes) in enumerate(sources):
        plan.put(Entry(number, f"host{host}", clock.now() + minutes * MINUTE))
    done: list[int] = []
    last_start: dict[str, float] = {}
    for _ in range(len(sources) * 3 + 400):
        plan.queue_due(clock.now(), clock.monotonic())
        hosts = set()
        flying = []
        while (entry := plan.pick(clock.monotonic())) is not None:
            assert entry.host not in hosts
            assert clock.monotonic() - last_start.get(entry.host, -9.0) >= 1.0
            hosts.add(entry.host)
            last_start[entry.host] = clock.monotonic()
            flying.append(entry)
        for entry in flying:
            plan.put(Entry(entry.source_id, entry.host, None))
            plan.landed(entry.source_id, clock.monotonic())
            done.append(entry.source_id)
        clock.pass_seconds(0.7)
    assert sorted(done) == list(range(len(sources)))


def test_each_request_of_a_poll_counts_for_the_spacing() -> None:
    plan = agenda(Pacing(spacing=7.0))
    for source_id in (1, 2):
        plan.put(Entry(source_id, "a", START))
    plan.queue_due(START, 0.0)
    assert picked(plan, 0.0) == [1]
    plan.landed(1, 0.5, requests=3)
    assert plan.next_open() == 21.0
    assert picked(plan, 20.9) == []
    assert picked(plan, 21.0) == [2]


@given(st.lists(st.integers(min_value=0, max_value=10), min_size=60, max_size=120))
def test_a_share_is_never_exceeded_however_many_sources_are_due(sizes: list[int]) -> None:
    plan = agenda(Pacing(spacing=1.0, share=60, window=3600.0))
    sent: list[float] = []
    steady = 0.0
    for source_id, size in enumerate(sizes):
        plan.put(Entry(source_id, "a", START))
        plan.queue_due(START, steady)
        while not picked(plan, steady):
            steady = plan.next_open() or steady
        sent += [steady] * size
        plan.landed(source_id, steady, requests=size)
        plan.remove(source_id)
    for first in sent:
        assert sum(first <= at < first + 3600.0 for at in sent) <= 60


def test_a_third_of_a_share_may_be_taken_at_once() -> None:
    plan = agenda(Pacing(spacing=1.0, share=60, window=3600.0))
    for source_id in range(6):
        plan.put(Entry(source_id, "a", START))
    plan.queue_due(START, 0.0)
    for source_id, steady in ((0, 0.0), (1, 5.0), (2, 10.0), (3, 15.0)):
        assert picked(plan, steady) == [source_id]
        plan.landed(source_id, steady, requests=5)
    assert picked(plan, 20.0) == [4]
    plan.landed(4, 20.0, requests=5)
    assert plan.next_open() == 600.0  # five requests more than a third: two minutes each


def test_who_asks_outside_of_the_queue_pays_from_the_share_too() -> None:
    plan = agenda(Pacing(spacing=1.0, share=3, window=60.0))
    assert plan.book("a", START, 0.0, 0.0) == 0.0
    assert plan.book("a", START, 1.0, 0.0) == 0.0
    assert plan.book("a", START, 2.0, 0.0) == 38.0
