"""What reading with an account has cost in a month. In the caller's transaction.

Amounts are millionths of a US dollar, months like 202611.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from monitor.store.schema import accounts, spendings


def spent(connection: Connection, account_id: int, month: int) -> int:
    """Reserved amounts that were not given back count as spent."""
    return _amount(connection, account_id, month) or 0


def reserve(connection: Connection, account_id: int, month: int, amount: int) -> bool:
    """Whether the amount still fits below the account's monthly cap; only then it is written."""
    cap = connection.scalar(
        select(accounts.c.monthly_cap).where(
            accounts.c.id == account_id, accounts.c.removed_at.is_(None)
        )
    )
    before = _amount(connection, account_id, month)
    if cap is None or amount < 0 or (before or 0) + amount > cap:
        return False
    if before is None:
        row = {"account_id": account_id, "month": month, "amount": amount}
        connection.execute(insert(spendings).values(**row))
    else:
        _set(connection, account_id, month, before + amount)
    return True


def give_back(connection: Connection, account_id: int, month: int, amount: int) -> None:
    """Never below nothing."""
    before = _amount(connection, account_id, month)
    if before is not None and amount > 0:
        _set(connection, account_id, month, max(0, before - amount))


def _amount(connection: Connection, account_id: int, month: int) -> int | None:
    return connection.scalar(
        select(spendings.c.amount).where(
            spendings.c.account_id == account_id, spendings.c.month == month
        )
    )


def _set(connection: Connection, account_id: int, month: int, amount: int) -> None:
    here = (spendings.c.account_id == account_id) & (spendings.c.month == month)
    connection.execute(update(spendings).where(here).values(amount=amount))
