"""Runs the demonstration's server inside the program and keeps its sources at its address."""

from __future__ import annotations

import importlib.resources
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from monitor.demo.samples import load_brands, load_feeds
from monitor.demo.server import SERVER_NAME, DemoServer
from monitor.demo.setup import (
    account_at,
    is_sample,
    is_sample_account,
    last_port,
    moved,
    sample_sources,
)
from monitor.demo.site import Site
from monitor.demo.social import ACCOUNT_ID
from monitor.engine import account_words
from monitor.engine.brand_watch import BrandWatch
from monitor.engine.source_changes import SourceChanges
from monitor.engine.store_threads import StoreThreads
from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.brand import Brand
from monitor.model.source import Source
from monitor.store.reader import Reader
from monitor.store.writer import Writer

PATIENCE = 2.0
"""Seconds; whoever holds our port is on this machine."""


class Demonstration:
    """Not thread-safe, but for `start`: called from the writer thread and, once each, at start and stop.
    `lend` takes the login of the sample account, which is good for this server and never stored."""

    def __init__(self, clock: Clock, lend: Callable[[Login], None]) -> None:
        self._clock = clock
        self._lend = lend
        self._token = secrets.token_urlsafe()
        self._server: DemoServer | None = None

    def resume(self, sources: Sequence[Source], writer: Writer) -> tuple[Source, ...]:
        """Serve again what the profile listens to; the sources whose address changed."""
        samples = [source for source in sources if is_sample(source)]
        if not samples:
            return ()
        address = self._serve(last_port(samples))
        if address is None:
            return ()
        if any(is_sample_account(account) for account in writer.accounts()):
            self._log_in(writer, address)
        changed = [new for source in samples if (new := moved(source, address)) is not None]
        return tuple(writer.update_source(source) for source in changed)

    def start(
        self, store: StoreThreads, brands: BrandWatch, changes: SourceChanges
    ) -> Future[None]:
        """Add it to the profile and listen to it. Any thread."""
        states = store.read(Reader.all_polling_states)

        def start(writer: Writer) -> None:
            known = [state.source for state in states.result()]
            watched = tuple(brands.watch.finder.brands.values())
            for added in self.add(writer, watched, known, brands.save):
                changes.placed(added)

        return store.write(start)

    def add(
        self,
        writer: Writer,
        brands: Sequence[Brand],
        sources: Sequence[Source],
        save_brand: Callable[[Writer, Brand], Brand],
    ) -> tuple[Source, ...]:
        """Add the brands and sources that are not there yet; the sources added."""
        served = self._serve(last_port(sources))
        address = served or _address(last_port(sources))
        if served is not None:
            self._log_in(writer, address)
        names = {brand.name for brand in brands}
        for brand in load_brands(_folder()):
            if brand.name not in names:
                save_brand(writer, brand)
        there = {source.address for source in sources}
        wanted = sample_sources(load_feeds(_folder()), address)
        return tuple(writer.add_source(one) for one in wanted if one.address not in there)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _log_in(self, writer: Writer, address: str) -> None:
        """The sample account at our server; one of an earlier server goes."""
        now, wanted = self._clock.now(), account_at(address)
        for account in writer.accounts():
            if is_sample_account(account) and account.server != wanted.server:
                writer.remove_account(account.id, now, *account_words.removed(account))
        stored, _ = writer.add_account(wanted, now)
        self._lend(Login(stored, {"token": self._token, "id": ACCOUNT_ID}))

    def _serve(self, port: int) -> str | None:
        """Our server's address, at the last port if it is free, so that every permalink stays as it
        was; None when another process of this program serves there already."""
        if self._server is None:
            site = Site(load_feeds(_folder()), self._clock, token=self._token)
            try:
                self._server = DemoServer(site, port)
            except OSError:
                if _is_ours(_address(port)):
                    return None
                self._server = DemoServer(site)
            self._server.start()
        return self._server.address


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _is_ours(address: str) -> bool:
    http = HttpClient()
    try:
        answer = http.get(address + "/", cancel=CancelToken(), deadline=PATIENCE)
    except SourceError:
        return False
    finally:
        http.close()
    return answer.headers.get("server", "").startswith(SERVER_NAME)


def _folder() -> Path:
    return Path(str(importlib.resources.files("resources") / "demo"))
