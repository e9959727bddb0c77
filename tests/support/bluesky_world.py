"""A Bluesky server on loopback, a session there, and a source that reads with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.infra.cancel import CancelToken
from monitor.model.source import Source
from monitor.networks.bluesky import NETWORK
from monitor.sources.base import AccountKind, FetchResult
from tests.support.bluesky_reading import BlueskyReading
from tests.support.bluesky_server import HANDLE, PASSWORD, BlueskyServer
from tests.support.loopback import LoopbackServer
from tests.support.networks import RedirectedClient
from tests.unit.sources.samples import access

PDS = "home.example"


class World:
    """`reading` and `bluesky` are the server; `skew` is by how much our clock is ahead of its."""

    def __init__(self, loopback: LoopbackServer, now: datetime) -> None:
        self.loopback = loopback
        self.now = now
        self.bluesky = BlueskyServer(loopback, now, pds=PDS)
        self.reading = BlueskyReading(loopback, self.bluesky)
        self.http = RedirectedClient(loopback)
        self.skew = timedelta()
        answers = {"handle": HANDLE, "password": PASSWORD}
        self.login = NETWORK.enter(answers, {}, {}, self.http, now, CancelToken())
        self.label = self.login.account.label

    def close(self) -> None:
        self.http.close()

    def poll(self, kind: AccountKind, cursor: str = "", **fields: str) -> FetchResult:
        asked = {"account": self.label, **fields}
        source = Source(1, kind.info.kind, kind.address_of(asked), "", fields=asked)
        now = self.now + self.skew
        answers = kind.fetch_as(source, cursor, access(self.login), self.http, now, CancelToken())
        return kind.read(source, cursor, answers, now)

    def asked(self, method: str) -> int:
        """How often the method was asked for so far."""
        path = f"/{PDS}/xrpc/{method}"
        return sum(one.path.partition("?")[0] == path for one in self.loopback.requests)
