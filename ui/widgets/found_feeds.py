"""The feeds found so far, with what each would bring for the brand that is being described."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import FoundFeed
from ui.bridge import Bridge
from ui.theme import Theme
from ui.widgets.feed_row import FeedRow


class FoundFeeds(QWidget):
    """Feeds come with `add` and stay until `clear`. `changed` follows ticks and new counts."""

    changed = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._brand: Brand | None = None
        self._rows: list[FeedRow] = []
        self._counting: list[Future[tuple[int, ...]]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> tuple[FeedRow, ...]:
        return tuple(self._rows)

    def add(self, feeds: Sequence[FoundFeed]) -> None:
        """Show these too. The first of a page is ticked: others are mostly the same in another form."""
        known = {row.feed.address for row in self._rows}
        for place, feed in enumerate(feed for feed in feeds if feed.address not in known):
            if self._rows:
                self._column.addWidget(_rule())
            row = FeedRow(feed, self._theme)
            row.tick(place == 0)
            row.toggled.connect(self.changed)
            self._rows.append(row)
            self._column.addWidget(row)
            self._count(row)
        self.changed.emit()

    def clear(self) -> None:
        self._forget_counting()
        self._rows.clear()
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.changed.emit()

    def set_brand(self, brand: Brand | None) -> None:
        """Count again, for this brand; None: there is none yet."""
        if brand == self._brand:
            return
        self._brand = brand
        self._forget_counting()
        for row in self._rows:
            self._count(row)
        self.changed.emit()

    def chosen(self) -> tuple[FoundFeed, ...]:
        return tuple(row.feed for row in self._rows if row.ticked)

    def total(self) -> int:
        """How many texts of the ticked feeds name the brand."""
        return sum(len(row.naming or ()) for row in self._rows if row.ticked)

    def _count(self, row: FeedRow) -> None:
        if self._brand is None:
            row.tell(None, "")
            return
        answer = self._bridge.naming(self._brand, row.feed.texts)
        self._counting.append(answer)
        self._bridge.ask(answer, partial(self._counted, row, self._brand), self._not_counted)

    def _counted(self, row: FeedRow, brand: Brand, naming: tuple[int, ...]) -> None:
        if brand == self._brand and row in self._rows:
            row.tell(naming, brand.name)
            self.changed.emit()

    def _not_counted(self, error: VigieError) -> None:
        """A preview that fails leaves the row as it is: the feed can be taken all the same."""

    def _forget_counting(self) -> None:
        for answer in self._counting:
            answer.cancel()
        self._counting.clear()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    return rule
