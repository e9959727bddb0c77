"""The work of the first start: store the brand, then each source, and say how far it is.

GUI thread; one question at a time, so that a refusal names its source and a cancel loses nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import Source
from ui.bridge import Bridge


class StartListening(QObject):
    """`progressed` carries done and total; `finished` the errors by source name (empty when all went
    well); `refused` the VigieError when the brand itself was not stored."""

    progressed = Signal(int, int)
    finished = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._brand: Brand | None = None
        self._waiting: list[Source] = []
        self._errors: list[tuple[str, VigieError]] = []
        self._total = 0
        self._stored: set[str] = set()
        self.running = False

    @property
    def brand(self) -> Brand | None:
        """As it was stored; None before."""
        return self._brand

    def start_over(self) -> None:
        """The next brand is another one."""
        self.cancel()
        self._brand = None
        self._stored.clear()

    def begin(self, brand: Brand, sources: Sequence[Source]) -> None:
        """Go on where an earlier attempt stopped: what is stored already is not stored twice. A source
        with an id is there already and is changed."""
        self.running = True
        self._errors.clear()
        self._waiting = [source for source in sources if source.address not in self._stored]
        self._total = 1 + len(self._waiting)
        if self._brand is not None:
            brand = dataclasses.replace(brand, id=self._brand.id)
        self.progressed.emit(0, self._total)
        self._bridge.ask(self._bridge.save_brand(brand), self._brand_saved, self._brand_refused)

    def cancel(self) -> None:
        """Add no more; what is stored stays, and `begin` goes on from there."""
        self.running = False
        self._waiting.clear()

    def _brand_saved(self, brand: Brand) -> None:
        self._brand = brand
        self._next()

    def _brand_refused(self, error: VigieError) -> None:
        self.running = False
        self.refused.emit(error)

    def _next(self) -> None:
        if not self.running:
            return
        self.progressed.emit(self._total - len(self._waiting), self._total)
        if not self._waiting:
            self.running = False
            self.finished.emit(tuple(self._errors))
            return
        source = self._waiting.pop(0)
        store = self._bridge.update_source if source.id else self._bridge.add_source
        self._bridge.ask(store(source), partial(self._added, source), partial(self._failed, source))

    def _added(self, source: Source, _: Source) -> None:
        self._stored.add(source.address)
        self._next()

    def _failed(self, source: Source, error: VigieError) -> None:
        self._errors.append((source.name or source.address, error))
        self._next()
