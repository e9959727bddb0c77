"""Saves and removes brands, and looks for a saved one in everything already stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from monitor.engine.bus import Bus
from monitor.engine.rematch import Rematch
from monitor.engine.store_threads import StoreThreads
from monitor.engine.watch import Watch
from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged
from monitor.model.poll import Applied
from monitor.store.writer import Writer

_log = logging.getLogger(__name__)


class BrandWatch:
    """`save` and `remove` run in the writer thread. `on_found` is told of every step's commit."""

    def __init__(
        self,
        watch: Watch,
        store: StoreThreads,
        cancel: CancelToken,
        bus: Bus,
        on_found: Callable[[Applied], None],
    ) -> None:
        self.watch = watch
        self._bus = bus
        self._rematch = Rematch(store, cancel, on_found)

    def load(self, brands: Sequence[Brand]) -> None:
        """The brands of the profile, before any thread polls. One that cannot be looked for any more
        (an older program was less strict) is left out, so that the others are still watched."""
        usable = []
        for brand in brands:
            try:
                self.watch.finder_of([brand])
            except BadInput as error:
                _log.warning("brand %d cannot be looked for: %s", brand.id, error)
            else:
                usable.append(brand)
        self.watch.set(usable)

    def save(self, writer: Writer, brand: Brand) -> Brand:
        """Raises BadInput, and nothing is stored, when a name cannot be looked for."""
        self.watch.finder_of([brand])
        saved = writer.save_brand(brand)
        self.watch.set((self.watch.finder.brands | {saved.id: saved}).values())
        self._bus.publish(BrandsChanged())
        self._rematch.start(self.watch.finder_of([saved]))
        return saved

    def remove(self, writer: Writer, brand_id: int) -> None:
        writer.remove_brand(brand_id)
        kept = [brand for brand in self.watch.finder.brands.values() if brand.id != brand_id]
        self.watch.set(kept)
        self._bus.publish(BrandsChanged())

    def rematching(self) -> Future[int]:
        """Resolves with the number of mentions the last search found, at once when none runs."""
        return self._rematch.last
