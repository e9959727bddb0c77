"""A profile with mentions on a network and an account to answer them from, and an outbox for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.engine.bus import Bus
from monitor.engine.outbox import Outbox
from monitor.engine.store_threads import StoreThreads
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.account import Account, Login
from monitor.model.brand import Brand
from monitor.networks.registry import networks
from monitor.store.connection import open_writer
from monitor.store.prepare import prepare
from monitor.store.writer import Writer
from tests.store.samples import analysed, feed, found, outcome, post
from tests.support.loopback import LoopbackServer
from tests.support.mastodon_statuses import ME, TOKEN
from tests.support.networks import RedirectedClient

HOST = "mastodon.example"
LOGIN = Login(
    Account(1, "mastodon", HOST, f"marque@{HOST}", daily_cap=100_000), {"token": TOKEN, "id": ME}
)


def make_profile(folder: Path, reply_tos: Sequence[str], login: Login = LOGIN) -> Path:
    """Its database: mention n answers the nth of `reply_tos`, from 1 on."""
    database = folder / "vigie.sqlite3"
    prepare(database, folder / "backups")
    writer = Writer(open_writer(database))
    brand = writer.save_brand(Brand(0, "Café Lumen"))
    source = writer.add_source(feed())
    posts = (post(n, reply_to=told) for n, told in enumerate(reply_tos, 1))
    writer.apply(outcome(source.id, *(analysed(one, found(brand.id)) for one in posts)))
    writer.add_account(login.account, datetime.now(UTC))
    writer.close()
    return database


def outbox_for(
    store: StoreThreads, bus: Bus, clock: Clock, client: HttpClient, login: Login = LOGIN
) -> Outbox:
    """Nothing waits for its undo; the account is always logged in."""

    def login_of(
        _account_id: int,
        _http: HttpClient,
        _cancel: CancelToken,
        _refused: Login | None = None,
    ) -> Login:
        return login

    network = networks()[login.account.network]
    return Outbox(
        store, bus, clock, lambda: client, login_of, _nobody, lambda _name: network, lambda: 0
    )


def _nobody(_account_id: int) -> None:
    """The account's login stays as it is."""


class PortClient(RedirectedClient):
    """Reaches a loopback server of another process."""

    def __init__(self, port: int) -> None:
        super().__init__(_Elsewhere(port))


class _Elsewhere(LoopbackServer):
    """Only the address of one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._tls = None
