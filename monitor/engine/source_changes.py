"""Adding, changing and removing sources: the store, the keyring and the scheduler agree afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from monitor.engine.account_choice import chosen, with_account
from monitor.engine.background import in_background
from monitor.engine.brand_watch import BrandWatch
from monitor.engine.bus import Bus
from monitor.engine.listening import Listening
from monitor.engine.store_threads import StoreThreads
from monitor.infra.cancel import CancelToken
from monitor.infra.clock import Clock
from monitor.infra.logins import forget_password, has_password, keep_password
from monitor.infra.secrets import Secrets
from monitor.model.events import SourcesChanged
from monitor.model.source import Source
from monitor.sources import reddit_login
from monitor.sources.registry import kinds
from monitor.store.writer import Writer


class SourceChanges:
    """Safe from any thread. `tokens` holds what runs, so that the program's end can cancel it."""

    def __init__(
        self,
        store: StoreThreads,
        listening: Listening,
        brands: BrandWatch,
        bus: Bus,
        clock: Clock,
        tokens: set[CancelToken],
    ) -> None:
        self._store = store
        self._listening = listening
        self._brands = brands
        self._bus = bus
        self._clock = clock
        self._tokens = tokens

    def keep(self, source: Source, store: Callable[[Writer, Source], Source]) -> Future[Source]:
        """Add or change it, by `store`. A password in its address goes to the keyring, or
        SecretsUnavailable is raised. Raises BadInput where the account a new one reads with is not
        here."""

        def write(kept: Source) -> Future[Source]:
            def work(writer: Writer) -> Source:
                # Who pauses or renames a source must not log in first.
                find = with_account if kept.id else chosen
                meant = self._about(find(kept, writer.accounts()))
                before = writer.about_of(meant)
                stored = store(writer, meant)
                self._brands.go_on_searching(writer.turn_to(stored.id, before, stored.about))
                return self.placed(stored)

            return self._store.write(work)

        def keep(_cancel: CancelToken) -> Source:
            address = keep_password(source.address, Secrets())
            return write(replace(source, address=address)).result()

        source = replace(source, address=reddit_login.to_keep(source.address))
        # The keyring may wait for the person: not in the writer thread.
        if has_password(source.address):
            return in_background("keep-password", keep, self._tokens)
        return write(source)

    def remove(self, source_id: int) -> Future[None]:
        """The mentions it brought stay, its password leaves the keyring."""

        def remove(writer: Writer) -> str:
            address = writer.remove_source(source_id, self._clock.now())
            self._listening.scheduler.remove(source_id)
            self._bus.publish(SourcesChanged((source_id,)))
            return address

        removed = self._store.write(remove)

        def forget(_cancel: CancelToken) -> None:
            address = removed.result()
            now = self._clock.now()
            statuses = self._store.read(lambda reader: reader.sources(now)).result()
            forget_password(address, [status.source.address for status in statuses], Secrets())

        return in_background("forget-password", forget, self._tokens)

    def _about(self, source: Source) -> Source:
        """A new source of an own place is about the person's brand, where there is one alone."""
        kind = kinds().get(source.kind)
        if source.id or source.about or kind is None or not kind.info.own_place:
            return source
        own = [one.id for one in self._brands.watch.finder.brands.values() if not one.rival]
        return replace(source, about=own[0]) if len(own) == 1 else source

    def placed(self, source: Source) -> Source:
        """Give a source that was just stored its place with the scheduler. Writer thread."""
        self._listening.place(source)
        self._bus.publish(SourcesChanged((source.id,)))
        return source
