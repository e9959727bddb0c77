"""What reading with an account may cost in a month: never more than the cap, and never forgotten."""

from __future__ import annotations

from dataclasses import replace

from monitor.model.account import Account
from tests.store.conftest import Store
from tests.store.samples import NOW

PAID = Account(0, "x", "", "lumen", monthly_cap=1_000)
NOVEMBER, DECEMBER = 202611, 202612


def account_of(store: Store, account: Account = PAID) -> int:
    return store.writer.add_account(account, NOW)[0].id


def test_amounts_add_up_to_the_cap_and_no_further(store: Store) -> None:
    there = account_of(store)
    assert store.reader.account(there) == replace(PAID, id=there)
    assert store.writer.reserve_spending(there, NOVEMBER, 600)
    assert not store.writer.reserve_spending(there, NOVEMBER, 401)
    assert store.reader.spent(there, NOVEMBER) == 600
    assert store.writer.reserve_spending(there, NOVEMBER, 400)
    assert not store.writer.reserve_spending(there, NOVEMBER, 1)
    assert store.reader.spent(there, NOVEMBER) == 1_000


def test_a_month_has_its_own_sum(store: Store) -> None:
    there = account_of(store)
    assert store.writer.reserve_spending(there, NOVEMBER, 1_000)
    assert store.writer.reserve_spending(there, DECEMBER, 1_000)
    assert not store.writer.reserve_spending(there, NOVEMBER, 1)


def test_what_is_given_back_can_be_spent_again(store: Store) -> None:
    there = account_of(store)
    store.writer.give_back_spending(there, NOVEMBER, 50)  # nothing was reserved
    assert store.reader.spent(there, NOVEMBER) == 0
    assert store.writer.reserve_spending(there, NOVEMBER, 900)
    store.writer.give_back_spending(there, NOVEMBER, 500)
    assert store.reader.spent(there, NOVEMBER) == 400
    store.writer.give_back_spending(there, NOVEMBER, 5_000)
    store.writer.give_back_spending(there, NOVEMBER, -5)
    assert store.reader.spent(there, NOVEMBER) == 0


def test_nothing_is_spent_without_a_cap_or_an_account(store: Store) -> None:
    free = account_of(store, replace(PAID, handle="free", monthly_cap=0))
    assert not store.writer.reserve_spending(free, NOVEMBER, 1)
    assert not store.writer.reserve_spending(99, NOVEMBER, 1)
    assert not store.writer.reserve_spending(account_of(store), NOVEMBER, -1)


def test_a_login_with_another_cap_counts_what_was_spent_before(store: Store) -> None:
    there = account_of(store)
    assert store.writer.reserve_spending(there, NOVEMBER, 800)
    assert account_of(store, replace(PAID, monthly_cap=900)) == there
    assert store.writer.reserve_spending(there, NOVEMBER, 100)
    assert not store.writer.reserve_spending(there, NOVEMBER, 1)
