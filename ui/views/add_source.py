"""Adding sources: paste any address, see the feeds found there, take the ones that fit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.source import FoundFeed, Source
from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.widgets.address_field import AddressField
from ui.widgets.found_feeds import FoundFeeds


class AddSource(QWidget):
    """The field, and below it what was found. `added` carries the stored Source, `refused` a
    VigieError when one could not be added."""

    added = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.address = AddressField(bridge, theme)
        self.address.field.setPlaceholderText(self.tr("Paste any address: a feed, a blog, a site…"))
        self.address.found.connect(self._show)
        self.feeds = FoundFeeds(bridge, theme)
        self.feeds.changed.connect(self._count)
        self._card = QFrame()
        set_role(self._card, "card")
        self._title = QLabel()
        set_role(self._title, "strong")
        self._add = QPushButton()
        set_role(self._add, "primary")
        self._add.clicked.connect(self._add_chosen)
        self._close = QPushButton(self.tr("Cancel"))
        self._close.clicked.connect(self.close_found)
        self._lay_out()
        self._card.hide()

    def set_brands(self, brands: tuple[Brand, ...]) -> None:
        """Counts are for the first brand of the person's own."""
        own = [brand for brand in brands if not brand.rival]
        self.feeds.set_brand(own[0] if own else None)

    def close_found(self) -> None:
        self.feeds.clear()
        self._card.hide()
        self.address.field.setFocus()

    def _show(self, feeds: tuple[FoundFeed, ...]) -> None:
        self.feeds.clear()
        self.feeds.add(feeds)
        self._title.setText(self.tr("%n feed(s) found", None, len(feeds)))
        self._card.show()
        self._add.setFocus()

    def _count(self) -> None:
        chosen = len(self.feeds.chosen())
        self._add.setText(self.tr("Add %n source(s)", None, chosen))
        self._add.setEnabled(chosen > 0)

    def _add_chosen(self) -> None:
        for feed in self.feeds.chosen():
            source = source_from(feed)
            self._bridge.ask(
                self._bridge.add_source(source), self.added.emit, partial(self._refuse)
            )
        self.close_found()

    def _refuse(self, error: VigieError) -> None:
        self.refused.emit(error)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._add)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._title)
        inside.addWidget(self.feeds)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.address)
        column.addWidget(self._card)


def source_from(feed: FoundFeed) -> Source:
    """What is stored for a feed that was found; 0 as id: not stored yet."""
    return Source(0, feed.kind, feed.address, feed.title, language=feed.language)
