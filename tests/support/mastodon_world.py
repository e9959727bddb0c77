"""A Mastodon server on loopback, an account there, and a source that reads with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.infra.cancel import CancelToken
from monitor.model.account import Account, Login
from monitor.model.source import Source
from monitor.sources.base import AccountKind, FetchResult
from tests.support.loopback import LoopbackServer
from tests.support.mastodon_reading import ALL, MastodonReading
from tests.support.mastodon_statuses import ME, TOKEN, MastodonStatuses
from tests.support.networks import RedirectedClient
from tests.unit.sources.samples import access

HOST = "mastodon.example"
LABEL = f"marque@{HOST}"
LOGIN = Login(
    Account(1, "mastodon", HOST, LABEL, url=f"https://{HOST}/@marque", scopes=tuple(sorted(ALL))),
    {"token": TOKEN, "id": ME},
)


class World:
    """`reading` and `statuses` are the server; `skew` is by how much our clock is ahead of its."""

    def __init__(self, loopback: LoopbackServer, now: datetime) -> None:
        self.loopback = loopback
        self.now = now
        self.statuses = MastodonStatuses(loopback, HOST)
        self.statuses.clock = lambda: now
        self.reading = MastodonReading(loopback, self.statuses, now)
        self.login = LOGIN
        self.skew = timedelta()
        self._http = RedirectedClient(loopback)

    def close(self) -> None:
        self._http.close()

    def poll(self, kind: AccountKind, cursor: str = "", **fields: str) -> FetchResult:
        answers_of = {"account": LABEL, **fields}
        source = Source(1, kind.info.kind, kind.address_of(answers_of), "", fields=answers_of)
        now = self.now + self.skew
        answers = kind.fetch_as(source, cursor, access(self.login), self._http, now, CancelToken())
        return kind.read(source, cursor, answers, now)

    def without(self, scope: str) -> None:
        """The login as one would have that never had this right, at the server too."""
        rights = tuple(one for one in self.login.account.scopes if one != scope)
        self.login = Login(replace(self.login.account, scopes=rights), self.login.secret)
        self.reading.scopes = frozenset(rights)

    def asked(self, path: str) -> list[str]:
        """The whole paths of the requests that began so."""
        start = f"/{HOST}{path}"
        found = (request.path for request in self.loopback.requests)
        return [one.removeprefix(f"/{HOST}") for one in found if one.startswith(start)]
