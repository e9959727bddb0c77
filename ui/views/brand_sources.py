"""Where a new brand is listened to: what its name proposes, what to leave out, and storing all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from monitor.model.brand import Brand
from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.views.start_listening import StartListening
from ui.widgets.proposed_exclusions import ProposedExclusions
from ui.widgets.proposed_sources import ProposedSources


class BrandSources(QWidget):
    """`finished` carries the errors by source name, `refused` a VigieError when the brand itself was
    not stored; `brand` is the stored one then."""

    finished = Signal(object)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposed = ProposedSources(bridge, theme)
        self.exclusions = ProposedExclusions(bridge)
        self._described: Brand | None = None
        self._waits = False
        self._work = StartListening(bridge, self)
        self._work.finished.connect(self.finished)
        self._work.refused.connect(self.refused)
        self.proposed.proposed.connect(self._proposed)
        self.proposed.sampled.connect(self._look_for_noise)
        self.exclusions.changed.connect(self._recount)
        self._lay_out()

    @property
    def brand(self) -> Brand | None:
        """As it was stored."""
        return self._work.brand

    def start_over(self) -> None:
        """Another brand: nothing of it is stored yet."""
        self._waits = False
        self._work.start_over()
        self.describe(None)

    def describe(self, brand: Brand | None) -> None:
        """The brand as the fields say now; None without a name."""
        named, name = (one.name if one else "" for one in (self._described, brand))
        self._described = brand
        if named != name:
            self.exclusions.look(None, ())
        self._recount()

    def begin(self) -> None:
        """Store the brand and what is ticked; proposals on their way are waited for."""
        if self._described is None or self._work.running:
            return
        self._waits = self.proposed.pending
        if self._waits:
            self.proposed.ask_now()
            return
        self.proposed.cancel()
        chosen = [proposal.source for proposal in self.proposed.chosen()]
        self._work.begin(self.exclusions.applied_to(self._described), chosen)

    def cancel(self) -> None:
        """Ask and store no more; what is stored stays."""
        self._waits = False
        self.proposed.cancel()
        self._work.cancel()

    def _proposed(self) -> None:
        if self._waits:
            self.begin()

    def _look_for_noise(self) -> None:
        self.exclusions.look(self._described, self.proposed.posts())

    def _recount(self) -> None:
        brand = self._described
        self.proposed.set_brand(self.exclusions.applied_to(brand) if brand else None)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Where do people speak of it?"))
        set_role(title, "strong")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.proposed.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.proposed)
        column.addWidget(self.exclusions)
