"""All networks of the day behind one loopback server: routing, faults, and the count of requests.

`DayClock` stands still while anything is asked and moves when the day's driver moves it.
"""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, unquote_plus

from monitor.infra.cancel import CancelToken
from monitor.infra.http import DEADLINE, MAX_BYTES, HttpResponse
from tests.bench.day.asked import JSON, Asked
from tests.bench.day.desks import Desk
from tests.bench.day.limit import Limit
from tests.bench.day.networks import PLAYERS, too_many
from tests.bench.day.streams import START, Plan
from tests.support.loopback import LoopbackServer, Reply, Request, hang, reset, truncated
from tests.support.networks import RedirectedClient

PATIENCE = 1.0
"""Real seconds after which a server that hangs is given up: the day has no time for 30. Where none does, a
busy machine has them."""

FAULTS = ("hang", "reset", "too many", "500", "html", "cut", "short")
_PAGE = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Check</body></html>"


class DayClock:
    """`lead` are the seconds before START with which it begins."""

    def __init__(self, lead: float = 0.0) -> None:
        self._begin = START - timedelta(seconds=lead)
        self._passed = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        with self._lock:
            return self._passed

    def pass_seconds(self, seconds: float) -> None:
        with self._lock:
            self._passed += seconds


class World:
    """Answers for every host. Safe from the server's threads."""

    def __init__(
        self,
        server: LoopbackServer,
        plans: Sequence[Plan],
        limits: Mapping[str, tuple[Limit, ...]],
        clock: DayClock,
        faults: float,
        seed: int,
        desks: Sequence[Desk] = (),
    ) -> None:
        self.server = server
        self.faults = faults
        self.desks = desks
        self.broken: Counter[str] = Counter()
        self.unknown: list[str] = []
        self.asked: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._clock = clock
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._limits = limits
        self._plans: dict[str, list[Plan]] = defaultdict(list)
        for plan in plans:
            if not plan.account:
                self._plans[plan.host].append(plan)
        server.add("*", self._route)

    def client(self) -> RedirectedClient:
        return _DayClient(self)

    def _route(self, request: Request) -> Reply:
        host, _, rest = request.path.removeprefix("/").partition("/")
        path, _, query = f"/{rest}".partition("?")
        now, fault = self._clock.now(), self._note(host, path)
        here = [one for one in self.desks if host in one.hosts]
        if here:
            return self._at_desk(here, request, path, now, fault)
        plans = self._plans[host]
        address = unquote_plus(f"{path}?{query}")
        plan = next((one for one in plans if one.asked_by(address)), plans[0] if plans else None)
        if plan is None:
            self.unknown.append(f"{host}{path}")
            return Reply(404, body=b"nobody here")
        asked = Asked(
            host,
            path,
            dict(parse_qsl(query)),
            request.headers,
            now,
            plan,
            plans,
            self._left(host, path),
        )
        good = PLAYERS[plan.kind](asked)
        if not fault:
            return good
        self.broken[fault] += 1
        return self._fault(fault, plan.kind, now, good)

    def _at_desk(
        self, here: Sequence[Desk], request: Request, path: str, now: datetime, fault: str
    ) -> Reply:
        """As the account is answered whose token the request has."""
        said = f"{request.headers.get('authorization')} {request.path} {request.body.decode()}"
        desk = (
            here[0] if len(here) == 1 else next((one for one in here if one.is_asked(said)), None)
        )
        if desk is None:
            return Reply(401, JSON, b'{"error":"nobody\'s token"}')
        if fault:
            self.broken[fault] += 1
        # A token that can be renewed once only is lost with the answer, and no program can mend that.
        before = desk.tokens.rotates and request.method == "POST"
        if fault and (before or fault in ("too many", "500")):
            return self._fault(fault, desk.network, now, Reply())
        good = desk.answer(request, now, self._clock.monotonic(), self._dice)
        return self._fault(fault, desk.network, now, good) if fault else good

    def _note(self, host: str, path: str) -> str:
        """Count the request; the fault it meets, "" for none."""
        with self._lock:
            self.asked[host].append((self._clock.monotonic(), path))
            return self._dice.choice(FAULTS) if self._dice.random() < self.faults else ""

    def _left(self, host: str, path: str) -> int:
        """What the host's limit leaves after this request; negative beyond it."""
        limits = [one for one in self._limits.get(host, ()) if one.counts(path)]
        since = self._clock.monotonic()
        return min(
            (
                one.requests
                - sum(at > since - one.seconds and one.counts(p) for at, p in self.asked[host])
                for one in limits
            ),
            default=1,
        )

    @staticmethod
    def _fault(fault: str, kind: str, now: datetime, good: Reply) -> Reply:
        if fault == "hang":
            return hang()
        if fault == "reset":
            return reset()
        if fault == "too many":
            return too_many(kind, now)
        if fault == "500":
            return Reply(500, body=b"Internal Server Error")
        if fault == "html":
            return Reply(200, {"Content-Type": "text/html"}, _PAGE)
        half = good.body[: len(good.body) // 2]
        return truncated(half) if fault == "short" else replace(good, body=half)


class _DayClient(RedirectedClient):
    """Less patient, and told the address it asked for: nothing in the program knows."""

    def __init__(self, world: World) -> None:
        super().__init__(world.server)
        self._world = world

    def _patience(self, deadline: float) -> float:
        return min(deadline, PATIENCE) if self._world.faults else deadline

    def send(
        self,
        method: str,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        answer = super().send(
            method,
            url,
            cancel=cancel,
            headers=headers,
            body=body,
            deadline=self._patience(deadline),
            max_bytes=max_bytes,
        )
        return replace(answer, url=url)

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        answer = super().get(
            url,
            cancel=cancel,
            headers=headers,
            deadline=self._patience(deadline),
            max_bytes=max_bytes,
        )
        return replace(answer, url=url)
