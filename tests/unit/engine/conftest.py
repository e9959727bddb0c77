"""A running service on a fresh profile, with everything it said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from monitor.engine.agenda import Pacing, PacingOf
from monitor.engine.checks import CheckReport
from monitor.engine.service import Service
from monitor.infra.clock import Clock
from monitor.infra.paths import Profile
from monitor.model.brand import Brand
from monitor.model.events import Event
from monitor.model.mention import Mention, MentionFilter
from monitor.model.source import Source, SourceStatus
from tests.support.loopback import LoopbackServer

WAIT = 60.0
"""Seconds after which a test is broken; a good one never waits that long."""

E = TypeVar("E")
FAST = Pacing(in_flight=4, spacing=0.0)


class Heard:
    """Every event, and a way to wait for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        with self._changed:
            return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, kind: type[E], fits: Callable[[E], bool] = lambda event: True) -> E:
        def found() -> E | None:
            return next((e for e in self.events if isinstance(e, kind) and fits(e)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, WAIT), self.events
            event = found()
        assert event is not None
        return event


class Running:
    """A service that polls only what the test asks for, unless `by_itself`."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.heard = Heard()
        service.subscribe(self.heard)
        service.start()

    def watch(self, name: str = "Café Lumen", **fields: object) -> Brand:
        brand = Brand(id=0, name=name, **fields)  # type: ignore[arg-type]  # the test's own fields
        saved = self.service.save_brand(brand).result(WAIT)
        self.service.rematching().result(WAIT)
        return saved

    def listen(self, address: str, **fields: object) -> Source:
        source = Source(id=0, kind="feed", address=address, name="", **fields)  # type: ignore[arg-type]  # as above
        return self.service.add_source(source).result(WAIT)

    def check(self, *source_ids: int) -> CheckReport:
        return self.service.check(source_ids or None).result(WAIT)

    def mentions(self, wanted: MentionFilter | None = None) -> tuple[Mention, ...]:
        keys = self.service.keys(wanted or MentionFilter(), None, 1000).result(WAIT)
        return self.service.mentions([key.id for key in keys]).result(WAIT)

    def status(self, source_id: int) -> SourceStatus:
        statuses = self.service.sources().result(WAIT)
        return next(one for one in statuses if one.source.id == source_id)


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start services on one profile; all are stopped at the end."""
    running: list[Running] = []

    def start_one(
        *,
        by_itself: bool = False,
        pacing: PacingOf = lambda host: FAST,
        workers: int = 4,
        folder: str = "profile",
        clock: Clock | None = None,
    ) -> Running:
        service = Service(
            Profile(tmp_path / folder),
            clock=clock,
            by_itself=by_itself,
            pacing=pacing,
            workers=workers,
        )
        running.append(Running(service))
        return running[-1]

    yield start_one
    for one in running:
        one.service.stop()


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as served:
        yield served
