"""One feed found at an address: take it or not, what it is called, what it would bring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from monitor.model.source import FoundFeed
from ui.source_words import short_address
from ui.theme import Theme, set_role
from ui.widgets.elided_label import ElidedLabel


class FeedRow(QWidget):
    """`toggled` when the person ticks or unticks it. `naming` are the places in `feed.texts` that
    name the brand, None while nobody has looked."""

    toggled = Signal()

    def __init__(self, feed: FoundFeed, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feed = feed
        self.naming: tuple[int, ...] | None = None
        self._box = QCheckBox()
        self._box.setAccessibleName(feed.title or feed.address)
        self._box.toggled.connect(self.toggled)
        self._title = ElidedLabel(feed.title or short_address(feed.address))
        set_role(self._title, "strong")
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        set_role(self._count, "muted")
        self._sample = ElidedLabel()
        set_role(self._sample, "muted")
        self.setFont(theme.font())
        self._lay_out()
        self.tell(None, "")

    @property
    def ticked(self) -> bool:
        return self._box.isChecked()

    def tick(self, ticked: bool) -> None:
        self._box.setChecked(ticked)

    def tell(self, naming: tuple[int, ...] | None, brand: str) -> None:
        """Say how many of the feed's texts name `brand`, and show one of them."""
        self.naming = naming
        items = self.tr("%n item(s)", None, self.feed.items)
        if naming is None or not brand:
            self._count.setText(items)
        elif naming:
            self._count.setText(
                self.tr("{items}, %n about {brand}", None, len(naming)).format(
                    items=items, brand=brand
                )
            )
        else:
            self._count.setText(self.tr("{items}, none yet").format(items=items))
        self._sample.setText(self._sample_line(naming))
        self._box.setAccessibleDescription(f"{self._count.text()}. {self._sample.text()}")

    def mousePressEvent(self, event: object) -> None:
        self._box.toggle()

    def _sample_line(self, naming: tuple[int, ...] | None) -> str:
        where = short_address(self.feed.address)
        if naming:
            sample = " ".join(self.feed.texts[naming[0]].split())[:200]
        elif self.feed.samples:
            sample = self.feed.samples[0]
        else:
            return where
        return self.tr("“{sample}” · {place}").format(sample=sample, place=where)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title, 1)
        first.addWidget(self._count)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._box, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self._sample, 1, 1)
        grid.setColumnStretch(1, 1)
