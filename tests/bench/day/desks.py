"""What the networks of the day show an account: the stand-ins of tests/support, fed as time goes on.

A desk is one account at its network, with a stand-in of its own. Which desk is asked, when two accounts
have one host, is told by the token in the request.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.model.account import Login
from tests.bench.day.streams import Plan, Said
from tests.support.loopback import LoopbackServer, Reply, Request, Route

EARLY = 0.2
"""How many of the tokens end long before their end: the account is told so by a refusal."""


class Routes(LoopbackServer):
    """Takes a stand-in's routes and answers by them, without a network of its own."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}
        self.requests = []

    def url(self, path: str = "/", host: str = "") -> str:
        return path

    def answer(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        found = (self._routes.get(one) for one in (request.path, path, "*"))
        route = next((one for one in found if one), None)
        return route(request) if route else Reply(404, body=b"not here")


@dataclass(slots=True)
class Tokens:
    """Those a stand-in gave out. `held` are the good ones, `end` makes one a stranger's, after `life` or
    sooner; what renews them is in `renewing`."""

    held: Callable[[], Iterable[str]]
    end: Callable[[str], None] = lambda _token: None
    life: timedelta | None = None
    renewing: Callable[[], Iterable[str]] = lambda: ()
    rotates: bool = False
    _ends: dict[str, datetime] = field(default_factory=dict)

    def tick(self, now: datetime, dice: random.Random) -> int:
        """How many have ended now."""
        if self.life is None:
            return 0
        ended = 0
        for token in list(self.held()):
            life = self.life / 4 if dice.random() < EARLY else self.life
            if self._ends.setdefault(token, now + life) <= now:
                self.end(token)
                ended += 1
        return ended


@dataclass(slots=True)
class Desk:
    """`feed` publishes one post of a stream at the stand-in; `tick` sets its clock, and how many of the
    requests that the network counts it has had. `billed` is what it took in money."""

    network: str
    login: Login
    hosts: tuple[str, ...]
    plans: Sequence[Plan]
    routes: Routes
    tokens: Tokens
    feed: Callable[[Plan, Said], None]
    tick: Callable[[datetime, int], None]
    limit: tuple[int, int] = (0, 1)
    billed: Callable[[], int] = lambda: 0
    ended: int = 0
    asked: list[float] = field(default_factory=list)
    _fed: dict[int, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def label(self) -> str:
        return self.login.account.label

    def is_asked(self, said: str) -> bool:
        """Whether what stands in a request is this account's."""
        return any(word in said for word in (*self.tokens.held(), *self.tokens.renewing()))

    def answer(self, request: Request, now: datetime, seconds: float, dice: random.Random) -> Reply:
        with self._lock:
            self.asked.append(seconds)
            had = sum(at > seconds - self.limit[1] for at in self.asked) - 1
            self.tick(now, had)
            self._publish(now)
            self.ended += self.tokens.tick(now, dice)
            return self.routes.answer(request)

    def _publish(self, now: datetime) -> None:
        due: list[tuple[Plan, Said]] = []
        for place, plan in enumerate(self.plans):
            begun = self._fed.get(place, 0)
            new = [one for one in plan.said[begun:] if one.at <= now]
            self._fed[place] = begun + len(new)
            due += [(plan, one) for one in new]
        for plan, one in sorted(due, key=lambda both: both[1].at):
            self.feed(plan, one)
