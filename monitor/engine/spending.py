"""What an account may still cost this month, kept in the store: see Budget in monitor/sources/base.py."""

from __future__ import annotations

from monitor.engine.store_threads import StoreThreads
from monitor.infra.clock import Clock


class Spending:
    """One account's. Blocking; safe from any thread but the store's own. The month is the one (UTC) in
    which it was made: what a request reserves, its answer gives back to the same month."""

    def __init__(self, store: StoreThreads, clock: Clock, account_id: int) -> None:
        self._store = store
        self._account_id = account_id
        now = clock.now()
        self._month = now.year * 100 + now.month

    def reserve(self, amount: int) -> bool:
        account_id, month = self._account_id, self._month
        return self._store.write(
            lambda writer: writer.reserve_spending(account_id, month, amount)
        ).result()

    def give_back(self, amount: int) -> None:
        account_id, month = self._account_id, self._month
        self._store.write(
            lambda writer: writer.give_back_spending(account_id, month, amount)
        ).result()

    def left(self) -> int:
        account_id, month = self._account_id, self._month
        account = self._store.read(lambda reader: reader.account(account_id)).result()
        spent = self._store.read(lambda reader: reader.spent(account_id, month)).result()
        return max(0, account.monthly_cap - spent) if account is not None else 0
