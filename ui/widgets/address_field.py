"""One field for any address: what is found there comes as feeds, what is wrong as a sentence below."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.source import FoundFeed
from monitor.model.source_form import Filled
from ui.bridge import Bridge
from ui.icons import icon
from ui.source_words import short_address
from ui.theme import Theme, set_role
from ui.widgets.spinner import Spinner

Feeds = tuple[FoundFeed, ...]
PASTED = 8
"""So many characters at once were pasted, not typed."""


class AddressField(QWidget):
    """`found` carries the feeds of one address, never none. Pasting looks at once; Escape cancels.

    With `networks`, the address of a network's own page is not looked at: `recognised` carries the
    filled form and the address, for `discover` if the person wants its feeds after all.
    """

    found = Signal(object)  # Feeds
    recognised = Signal(object, str)  # Filled, address

    def __init__(
        self, bridge: Bridge, theme: Theme, parent: QWidget | None = None, *, networks: bool = False
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._networks = networks
        self._answer: Future[Feeds] | Future[Filled | None] | None = None
        self._length = 0
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Address of a feed or of a site"))
        self.field.setMaxLength(2000)
        self.field.returnPressed.connect(self.look)
        self.field.textEdited.connect(self._edited)
        self._link = QAction(self)
        self.field.addAction(self._link, QLineEdit.ActionPosition.LeadingPosition)
        self._look = QPushButton(self.tr("Look"))
        self._look.clicked.connect(self.look)
        self._look.setEnabled(False)
        self._spinner = Spinner(theme)
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QPushButton(self.tr("Cancel"))
        set_role(self._cancel, "quiet")
        self._cancel.clicked.connect(self.cancel)
        self._lay_out()
        self._paint_icons()
        theme.changed.connect(self._paint_icons)
        self._rest()

    @property
    def looking(self) -> bool:
        return self._answer is not None

    @property
    def words(self) -> str:
        """What stands below the field: progress or the error."""
        return self._words.text()

    def look(self) -> None:
        """Ask what is at the address; a search that was running is given up."""
        address = self.field.text().strip()
        if not address:
            return
        if not self._networks:
            self.discover(address)
            return
        self._begin(address)
        self._answer = asked = self._bridge.recognise(address)
        known = partial(self._recognise, asked, address)
        self._bridge.ask(asked, known, partial(self._refuse, asked))

    def discover(self, address: str) -> None:
        """Look for feeds at this address, whatever network it belongs to."""
        self._begin(address)
        self._answer = asked = self._bridge.discover(address)
        self._bridge.ask(asked, partial(self._take, asked), partial(self._refuse, asked))

    def tell(self, words: str) -> None:
        """Say this below the field, until something else is typed or `quiet` is called."""
        self._say(words, "muted")

    def quiet(self) -> None:
        """Nothing is said any more; a search goes on."""
        if not self.looking:
            self._rest()

    def _begin(self, address: str) -> None:
        self.cancel()
        self._say(self.tr("Looking at {place}…").format(place=short_address(address)[:80]), "muted")
        self._spinner.show()
        self._cancel.show()

    def cancel(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
        self._rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.looking:
            self.cancel()
            return
        super().keyPressEvent(event)

    def _edited(self, words: str) -> None:
        self._look.setEnabled(bool(words.strip()))
        pasted = len(words) - self._length >= PASTED
        self._length = len(words)
        if pasted:
            self.look()
        elif not self.looking:
            self._rest()

    def _recognise(self, asked: Future[Filled | None], address: str, filled: Filled | None) -> None:
        if asked is not self._answer:  # given up meanwhile
            return
        if filled is None:
            self.discover(address)
            return
        self._rest()
        self._empty()
        self.recognised.emit(filled, address)

    def _empty(self) -> None:
        self.field.clear()
        self._length = 0
        self._look.setEnabled(False)

    def _take(self, asked: Future[Feeds], feeds: Feeds) -> None:
        if asked is not self._answer:  # given up meanwhile
            return
        self._rest()
        if not feeds:
            self._say(
                self.tr("No feed was found there. Paste the address of a feed or of another page."),
                "error",
            )
            return
        self._empty()
        self.found.emit(feeds)

    def _refuse(self, asked: Future[Feeds] | Future[Filled | None], error: VigieError) -> None:
        if asked is not self._answer:
            return
        self._rest()
        self._say(f"{self._bridge.say(error.title)} {self._bridge.say(error.hint)}", "error")
        self.field.setFocus()
        self.field.selectAll()

    def _rest(self) -> None:
        self._answer = None
        self._spinner.hide()
        self._cancel.hide()
        self._words.hide()
        self._words.clear()

    def _say(self, words: str, role: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        set_role(self._words, role)
        self._words.show()

    def _paint_icons(self) -> None:
        self._link.setIcon(icon("link", self._theme.color("muted")))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.field, 1)
        above.addWidget(self._look)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._spinner)
        below.addWidget(self._words, 1)
        below.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(above)
        column.addLayout(below)
