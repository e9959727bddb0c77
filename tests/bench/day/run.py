"""Lets the real service live through the day and tells what came of it."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.source import SourceState, SourceStatus
from monitor.networks.registry import networks
from tests.bench.day.account_profile import accounts_of
from tests.bench.day.desk_servers import desk_of, log_in
from tests.bench.day.desks import Desk
from tests.bench.day.profile import LIMITS
from tests.bench.day.streams import START, Plan, Said
from tests.bench.day.world import DayClock, World
from tests.support.loopback import LoopbackServer
from tests.support.memory_keyring import memory_keyring

WAIT = 60.0
STEP = 10.0
"""Longest step of the clock, in its seconds; shorter than the scheduler's own look at it."""

LEAD = 900.0
"""Seconds before a day with accounts, in which nothing breaks and each place is read a first time: a network
may then show no more than its newest page."""

CALM = 24
"""Most hours after the day, in which nothing breaks: the longest wait after many faults is a day."""

_MARK = re.compile(r"mk\d{7}x")


@dataclass(slots=True)
class Day:
    """`delays`: kind -> seconds from each post to its mention. `speed`: the day's length through ours.
    `doubled`: what a source brought twice, or stands twice in the list (what two sources brought is one row
    there). `holes` leaves out who has no money left. `money`: account -> what its network took, what we
    counted as spent, its cap. `ended`: how many tokens did."""

    asked: dict[str, list[tuple[float, str]]]
    broken: dict[str, int]
    named: int
    lost: list[str]
    doubled: list[str]
    delays: dict[str, list[float]]
    intervals: dict[str, int]
    not_listening: list[str]
    holes: list[str]
    speed: float
    unknown: list[str] = field(default_factory=list)
    money: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    ended: int = 0


def live(folder: Path, plans: Sequence[Plan], hours: float, faults: float, seed: int = 4) -> Day:
    """A day of `hours` for these sources. Blocking."""
    dice = random.Random(seed)
    for place, plan in enumerate(plans):
        plan.fill(place, hours, dice)
    lead = LEAD if any(plan.account for plan in plans) else 0.0
    clock = DayClock(lead)
    desks = [
        desk_of(network, label, 10 + place, them)
        for place, (network, label, them) in enumerate(accounts_of(list(plans)))
    ]
    with LoopbackServer() as server, memory_keyring():
        world = World(server, plans, LIMITS, clock, 0.0, seed, desks)
        service = Service(Profile(folder), clock=clock, make_client=world.client)
        service.start()
        began = time.perf_counter()
        try:
            enter(service, world)
            brands = {
                name: service.save_brand(Brand(0, name)).result(WAIT).id
                for name in sorted({plan.brand for plan in plans})
            }
            ids = {}
            for plan in plans:
                source = service.source_of(plan.kind, plan.fields)
                source = replace(source, about=brands[plan.brand] if plan.own else 0)
                ids[service.add_source(source).result(WAIT).id] = plan
            run(service, clock, lead)
            world.faults = faults
            run(service, clock, lead + hours * 3600)
            speed = hours * 3600 / (time.perf_counter() - began)
            world.faults = 0.0
            asked = {host: list(all_) for host, all_ in world.asked.items()}
            for desk in desks:
                asked[f"{desk.hosts[0]} {desk.label}"] = [(at, "/") for at in desk.asked]
            calm(service, clock, hours)
            statuses = service.sources().result(WAIT)
            intervals = {
                plan.kind: service._intervals.of(status.source)
                for status in statuses
                for plan in (ids[status.source.id],)
            }
        finally:
            service.stop(10.0)
        end = START + timedelta(hours=hours)
        return _told(Profile(folder).database, world, ids, statuses, intervals, asked, end, speed)


def enter(service: Service, world: World) -> None:
    """Log in to every account."""
    http = world.client()
    for desk in world.desks:
        service._accounts._keep(networks()[desk.network], log_in(desk, http), http)
    http.close()


def run(service: Service, clock: DayClock, until: float) -> None:
    """Move the clock whenever the engine has nothing under way. The time of requests is not counted:
    all pages of one check are asked for at one moment, the hardest case for a limit."""
    scheduler = service._listening.scheduler
    while clock.monotonic() < until:
        _rest(service)
        with scheduler._changed:
            queued = bool(scheduler._agenda.queued())
        due = service.next_check()
        step = STEP if due is None else (due - clock.now()).total_seconds()
        clock.pass_seconds(1.0 if queued else min(STEP, max(0.5, step)))
        service.resume()  # what wakes the scheduler
    _rest(service)


def calm(service: Service, clock: DayClock, hours: float) -> None:
    """Until each source was asked once more and answered, and an hour brought nothing new: busy names
    are caught up with check by check."""
    end = START + timedelta(hours=hours, minutes=15)
    before = -1
    for _ in range(CALM):
        run(service, clock, clock.monotonic() + 3600)
        told = service.sources().result(WAIT)
        items = sum(one.items for one in told)
        fresh = all((one.last_success or START) > end for one in told)
        if items == before and fresh and all(one.state is SourceState.LISTENING for one in told):
            return
        before = items


def _rest(service: Service) -> None:
    """Until no poll is under way and the scheduler has looked at everything."""
    scheduler = service._listening.scheduler
    while True:
        with scheduler._changed:
            if not scheduler._stirred and not scheduler._started_at:
                return
        time.sleep(0.0003)


def _told(
    database: Path,
    world: World,
    ids: dict[int, Plan],
    statuses: Sequence[SourceStatus],
    intervals: dict[str, int],
    asked: dict[str, list[tuple[float, str]]],
    end: datetime,
    speed: float,
) -> Day:
    seen: dict[str, list[datetime]] = defaultdict(list)
    rows: Counter[str] = Counter()  # of one source, and of the list
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(
            "SELECT p.title, p.text, p.first_seen, p.source_id, m.story_of IS NULL "
            "FROM posts p JOIN mentions m ON m.post_id = p.id"
        )
        for title, body, first_seen, source_id, listed in found:
            for mark in set(_MARK.findall(f"{title} {body}")):
                seen[mark].append(datetime.fromtimestamp(first_seen / 1e6, UTC))
                rows.update((f"{mark} of source {source_id}", *([f"{mark} listed"] * listed)))
    today: list[tuple[Plan, Said]] = [
        (plan, one) for plan in ids.values() for one in plan.wanted() if START <= one.at < end
    ]
    delays: dict[str, list[float]] = defaultdict(list)
    for plan, one in today:
        if one.mark in seen:
            delays[plan.kind].append((min(seen[one.mark]) - one.at).total_seconds())
    return Day(
        asked=asked,
        broken=dict(world.broken),
        named=len(today),
        lost=[
            f"{plan.kind} {one.mark} {one.at:%H:%M}" for plan, one in today if one.mark not in seen
        ],
        doubled=[row for row, count in rows.items() if count > 1],
        delays=dict(delays),
        intervals=intervals,
        not_listening=[
            f"{one.source.kind} {one.source.address} {one.state} {one.error}"
            for one in statuses
            if one.state is not SourceState.LISTENING
        ],
        holes=[
            one.source.address
            for one in statuses
            if one.gap_since is not None and not ids[one.source.id].capped
        ],
        speed=speed,
        unknown=world.unknown,
        money=_money(database, world.desks),
        ended=sum(desk.ended for desk in world.desks),
    )


def _money(database: Path, desks: Sequence[Desk]) -> dict[str, tuple[int, int, int]]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT a.handle, a.monthly_cap, max(s.amount) FROM accounts a "
            "JOIN spendings s ON s.account_id = a.id GROUP BY a.id"
        )
        spent = {str(handle): (int(most), int(cap)) for handle, cap, most in rows}
    return {
        desk.label: (desk.billed(), *spent.get(desk.label, (0, 0)))
        for desk in desks
        if desk.login.account.monthly_cap
    }


def most_in_window(asked: Sequence[float], seconds: float) -> int:
    """The most requests that any window of this length holds; `asked` in order."""
    most = first = 0
    for place, at in enumerate(asked):
        while asked[first] <= at - seconds:
            first += 1
        most = max(most, place - first + 1)
    return most
