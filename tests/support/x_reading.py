"""Reading X in a test: a budget that keeps to its cap, one poll, and what may go wrong on the way."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import datetime

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.source import Source
from monitor.sources.base import Access, FetchResult
from monitor.sources.x_search import KIND
from tests.support.loopback import Reply, reset, truncated
from tests.support.x_server import ME, XServer
from tests.unit.sources.recorded.x_search import LOGIN
from tests.unit.sources.samples import NOW

SEARCH = "/tweets/search/recent"
CENT = 10_000


class Ledger:
    """A budget that keeps to its cap, as the store's does. `log` is what happened to it."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.spent = 0
        self.log: list[int] = []

    def reserve(self, amount: int) -> bool:
        assert amount >= 0
        if self.spent + amount > self.cap:
            return False
        self.spent += amount
        self.log.append(amount)
        return True

    def give_back(self, amount: int) -> None:
        assert 0 <= amount <= self.spent
        self.spent -= amount
        self.log.append(-amount)

    def left(self) -> int:
        return max(0, self.cap - self.spent)


def access_to(server: XServer, cap: int = 1000 * CENT, ledger: Ledger | None = None) -> Access:
    secret = {**LOGIN.secret, "token": server.log_in()}
    login = Login(replace(LOGIN.account, monthly_cap=cap), secret)
    return Access(login, ledger or Ledger(cap))


def poll(
    access: Access, http: HttpClient, cursor: str = "", now: datetime = NOW, words: str = "@marque"
) -> FetchResult:
    address = KIND.address_of({"words": words, "account": ME})
    source = Source(1, "x-search", address, "", account_id=1)
    answers = KIND.fetch_as(source, cursor, access, http, now, CancelToken())
    assert b"SECRET" not in pickle.dumps(answers)
    return KIND.read(source, cursor, answers, now)


FAULTS: dict[str, Reply] = {
    "no answer": Reply(raw_head=lambda _: iter(())),
    "broken off": reset(),
    "cut off": truncated(b'{"data": ['),
    "a page of a machine in front": Reply(502, {}, b"<html>Bad gateway</html>"),
    "a page for humans": Reply(200, {}, b"<html>Please verify</html>"),
    "half of it": Reply(200, {}, b'{"data": [{"id": "1", "te'),
    "a list": Reply(200, {}, b"[1, 2]"),
    "elsewhere": Reply(302, {"Location": "https://evil.example/"}),
    "empty": Reply(200),
    "no content": Reply(204),
}
