"""The feeds found at a pasted address, as a card below the field: take the ones that fit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.model.brand import Brand
from monitor.model.source import FoundFeed
from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.widgets.found_feeds import FoundFeeds


class FoundCard(QFrame):
    """Hidden until `open`. `taken` carries the ticked feeds, `closed` that nobody needs it any more.
    Escape closes."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.feeds = FoundFeeds(bridge, theme)
        self.feeds.changed.connect(self._count)
        self._title = QLabel()
        set_role(self._title, "strong")
        self._add = QPushButton()
        set_role(self._add, "primary")
        self._add.clicked.connect(self._take)
        self._close = QPushButton(self.tr("Cancel"))
        self._close.clicked.connect(self.close_found)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._add)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._title)
        inside.addWidget(self.feeds)
        inside.addLayout(buttons)
        self.hide()

    def set_brand(self, brand: Brand | None) -> None:
        self.feeds.set_brand(brand)

    def open(self, feeds: tuple[FoundFeed, ...]) -> None:
        self.feeds.clear()
        self.feeds.add(feeds)
        self._title.setText(self.tr("%n feed(s) found", None, len(feeds)))
        self.show()
        self._add.setFocus()

    def close_found(self) -> None:
        if self.feeds.rows:
            self.feeds.clear()
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_found()
        else:
            super().keyPressEvent(event)

    def _count(self) -> None:
        chosen = len(self.feeds.chosen())
        self._add.setText(self.tr("Add %n source(s)", None, chosen))
        self._add.setEnabled(chosen > 0)

    def _take(self) -> None:
        chosen = self.feeds.chosen()
        self.close_found()
        self.taken.emit(chosen)
