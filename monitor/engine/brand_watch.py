"""Saves and removes brands, and looks for a saved one in everything already stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import chain, count

from monitor.analysis.fold import fold
from monitor.engine.bus import Bus
from monitor.engine.rematch import Rematch
from monitor.engine.store_threads import StoreThreads
from monitor.engine.watch import Watch
from monitor.errors import BadInput
from monitor.infra.cancel import CancelToken
from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged
from monitor.model.poll import Applied
from monitor.store.reader import Reader
from monitor.store.writer import Writer
from monitor.text import text

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
        self._store = store
        self._bus = bus
        self._known: set[Brand] = set()
        self._rematch = Rematch(store, cancel, on_found)

    def load(self, brands: Sequence[Brand]) -> None:
        """The brands of the profile, before any thread polls. One that cannot be looked for any more
        (an older program was less strict) is left out, so that the others are still watched."""
        self._known = set(brands)
        usable = []
        for brand in brands:
            try:
                self.watch.finder_of([brand])
            except BadInput as error:
                _log.warning("brand %d cannot be looked for: %s", brand.id, error)
            else:
                usable.append(brand)
        self.watch.set(usable)

    def go_on_searching(self, brand_ids: Sequence[int]) -> None:
        """Searches that the program's end cut short begin again. In the writer thread."""
        for brand_id in brand_ids:
            brand = self.watch.finder.brands.get(brand_id)
            if brand is not None:
                self._rematch.start(self.watch.finder_of([brand]), brand_is_new=False)

    def differ(self, stored: Sequence[Brand]) -> bool:
        """Another process added, changed or removed a brand, or has since we looked."""
        return set(stored) != self._known

    def reload(self) -> None:
        """Watch what is stored now. In the writer thread, which waits for one short read."""
        self.load(self._store.read(Reader.brands).result())

    def save(self, writer: Writer, brand: Brand) -> Brand:
        """A new one gets a colour no other has. Raises BadInput, and nothing is stored, when a name
        cannot be looked for, or is another brand's: every mention would stand twice."""
        self.watch.finder_of([brand])
        for other in self.watch.finder.brands.values():
            if other.id != brand.id and _same(brand, other):
                raise _watched_already(other)
        saved = writer.save_brand(brand if brand.id else replace(brand, color=self._color(brand)))
        self._watch_all(self.watch.finder.brands | {saved.id: saved})
        self._bus.publish(BrandsChanged())
        self._rematch.start(self.watch.finder_of([saved]), brand_is_new=brand.id == 0)
        return saved

    def remove(self, writer: Writer, brand_id: int) -> None:
        writer.remove_brand(brand_id)
        kept = {one.id: one for one in self.watch.finder.brands.values() if one.id != brand_id}
        self._watch_all(kept)
        self._bus.publish(BrandsChanged())

    def _color(self, brand: Brand) -> int:
        used = {one.color for one in self.watch.finder.brands.values()}
        return next(color for color in chain((brand.color,), count()) if color not in used)

    def _watch_all(self, brands: Mapping[int, Brand]) -> None:
        self._known = set(brands.values())
        self.watch.set(brands.values())

    def rematching(self) -> Future[int]:
        """Resolves with the number of mentions the last search found, at once when none runs."""
        return self._rematch.last


def _same(brand: Brand, other: Brand) -> bool:
    """The brand's name finds what the other's names find; accents and capitals count only where asked."""
    if brand.exact or other.exact:
        return brand.name in other.names
    return _letters(brand.name) in {_letters(name) for name in other.names}


def _letters(name: str) -> str:
    return "".join(fold(name).split())


def _watched_already(other: Brand) -> BadInput:
    return BadInput(
        text("“{name}” is watched already.", name=other.name),
        text("Nothing was changed."),
        text("Change that brand, or give this one another name."),
    )
