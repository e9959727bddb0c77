"""What of a brand's samples is probably another thing: up to three ticks, each with what it would hide."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.proposal import Exclusion
from ui.bridge import Bridge
from ui.proposal_words import exclusion_word, languages
from ui.theme import set_role
from ui.tips import plain_tip
from ui.widgets.elided_label import ElidedLabel

GATHER_MS = 700
"""Networks answer one after the other: their samples are looked at together."""


class ProposedExclusions(QFrame):
    """Hidden while there is nothing to leave out. `changed` follows ticks and new proposals. What the
    person ticked or unticked stays so while samples come in."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._bridge = bridge
        self._brand: Brand | None = None
        self._posts: tuple[Post, ...] = ()
        self._asked: Future[tuple[Exclusion, ...]] | None = None
        self._boxes: list[tuple[Exclusion, QCheckBox]] = []
        self._decided: dict[tuple[str, str], bool] = {}
        self._later = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._later.timeout.connect(self._ask)
        title = QLabel(self.tr("Probably not about you"))
        set_role(title, "strong")
        hint = QLabel(self.tr("Seen in what came back. Leave them out?"), wordWrap=True)
        set_role(hint, "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(hint)
        column.addLayout(self._rows)
        self.hide()

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        return tuple(box for _, box in self._boxes)

    def look(self, brand: Brand | None, posts: tuple[Post, ...]) -> None:
        """Propose anew from these samples, for the brand without any of this left out."""
        if brand is None or self._brand is None or brand.name != self._brand.name:
            self._decided.clear()
            self._show(())
        self._brand, self._posts = brand, posts
        self._later.start()

    def applied_to(self, brand: Brand) -> Brand:
        """The brand with what is ticked left out."""
        for exclusion, box in self._boxes:
            if box.isChecked():
                brand = exclusion.narrow(brand)
        return brand

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        if self._brand is None or not self._posts:
            self._show(())
            return
        self._asked = self._bridge.exclusions(self._brand, self._posts, languages())
        self._bridge.ask(self._asked, partial(self._take, self._asked), self._none)

    def _take(
        self, asked: Future[tuple[Exclusion, ...]], exclusions: tuple[Exclusion, ...]
    ) -> None:
        if asked is self._asked:
            self._show(exclusions)

    def _none(self, error: VigieError) -> None:
        """A name nobody can find is told beside the name."""
        self._show(())

    def _show(self, exclusions: tuple[Exclusion, ...]) -> None:
        if not exclusions and not self._boxes:
            return
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._boxes.clear()
        for exclusion in exclusions:
            self._rows.addWidget(self._row(exclusion))
        self.setVisible(bool(exclusions))
        self.changed.emit()

    def _row(self, exclusion: Exclusion) -> QWidget:
        words = exclusion_word(exclusion)
        box = QCheckBox(words.replace("&", "&&"))
        box.setChecked(self._decided.get(_key(exclusion), exclusion.chosen))
        box.toggled.connect(partial(self._decide, exclusion))
        count = QLabel(self.tr("%n post(s)", None, exclusion.hides))
        set_role(count, "muted")
        example = ElidedLabel(self.tr("“{words}”").format(words=exclusion.example))
        set_role(example, "muted")
        box.setAccessibleName(words)
        box.setAccessibleDescription(f"{count.text()}. {example.text()}")
        row = QWidget()
        row.setToolTip(plain_tip(exclusion.example))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(box)
        first.addWidget(count)
        first.addStretch(1)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(example, 0, Qt.AlignmentFlag.AlignTop)
        self._boxes.append((exclusion, box))
        return row

    def _decide(self, exclusion: Exclusion, ticked: bool) -> None:
        self._decided[_key(exclusion)] = ticked
        self.changed.emit()


def _key(exclusion: Exclusion) -> tuple[str, str]:
    return exclusion.leaves.value, exclusion.value
