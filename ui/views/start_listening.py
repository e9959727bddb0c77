"""The work of the first start: store the brand, then each source, and say how far it is.

GUI thread; one question at a time, so that a refusal names its feed and a cancel loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import FoundFeed, Source
from ui.bridge import Bridge
from ui.views.add_source import source_from


class StartListening(QObject):
    """`progressed` carries done and total; `finished` the errors by feed title (empty when all went
    well); `refused` the VigieError when the brand itself was not stored."""

    progressed = Signal(int, int)
    finished = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._brand: Brand | None = None
        self._waiting: list[FoundFeed] = []
        self._errors: list[tuple[str, VigieError]] = []
        self._total = 0
        self._stored: set[str] = set()
        self.running = False

    def begin(self, brand: Brand, feeds: Sequence[FoundFeed]) -> None:
        """Go on where an earlier attempt stopped: what is stored already is not stored twice."""
        self.running = True
        self._errors.clear()
        self._waiting = [feed for feed in feeds if feed.address not in self._stored]
        self._total = 1 + len(self._waiting)
        if self._brand is not None:
            brand = Brand(self._brand.id, brand.name, brand.aliases)
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
        feed = self._waiting.pop(0)
        answer = self._bridge.add_source(source_from(feed))
        self._bridge.ask(answer, partial(self._added, feed), partial(self._failed, feed))

    def _added(self, feed: FoundFeed, _: Source) -> None:
        self._stored.add(feed.address)
        self._next()

    def _failed(self, feed: FoundFeed, error: VigieError) -> None:
        self._errors.append((feed.title or feed.address, error))
        self._next()
