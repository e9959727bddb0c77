"""One source a brand could listen to: take it or not, what it would bring, a sample of it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from monitor.model.proposal import Proposal, Sampled
from ui.bridge import Bridge
from ui.proposal_words import edition, found, sample_line
from ui.theme import Theme, set_role
from ui.tips import plain_tip
from ui.widgets.elided_label import ElidedLabel


class ProposalRow(QWidget):
    """`toggled` when it is ticked or unticked. `sampled` is what the network showed, None while
    nobody has asked it. What is listened to already is ticked and stays so."""

    toggled = Signal()

    def __init__(self, proposal: Proposal, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.proposal = proposal
        self.sampled: Sampled | None = None
        self._say = bridge.say
        self._touched = False
        self.box = QCheckBox()
        self.box.setChecked(proposal.chosen or proposal.there)
        self.box.setEnabled(not proposal.there)
        self.box.clicked.connect(self._touch)
        self.box.toggled.connect(self.toggled)
        self._title = ElidedLabel(" · ".join(filter(None, (self.network, edition(proposal)))))
        set_role(self._title, "strong")
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._sample = ElidedLabel()
        self.setFont(theme.font())
        if proposal.unseen is not None:
            unseen = self.tr("What it never shows: {what}").format(what=self._say(proposal.unseen))
            self.setToolTip(plain_tip(unseen))
        self._lay_out()
        self.box.toggled.connect(self._show)
        self._show()

    @property
    def network(self) -> str:
        return self._say(self.proposal.label)

    @property
    def words(self) -> tuple[str, str]:
        """What stands beside the title, and below it."""
        return self._count.text(), self._sample.text()

    @property
    def chosen(self) -> bool:
        """Ticked, and not listened to already."""
        return self.box.isChecked() and not self.proposal.there

    def tell(self, sampled: Sampled) -> None:
        """Show what it brings. Unless the person decided, mostly noise is unticked, and a place where
        the brand is named is ticked."""
        self.sampled = sampled
        if not self._touched and not self.proposal.there:
            named = bool(sampled.naming) and not self.proposal.spare
            self.box.setChecked((named or self.proposal.chosen) and not sampled.noisy)
        self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.box.isEnabled():
            self.box.click()

    def _touch(self) -> None:
        self._touched = True

    def _show(self) -> None:
        role, count, line = "muted", "", ""
        one = self.sampled
        if self.proposal.there:
            count = self.tr("listened to already")
        elif one is None:
            count = "" if self.proposal.spare else self.tr("asking…")
        if one is not None:
            count = count or found(one)
            if one.problem is not None:
                role, line = "error", self._say(one.problem)
            elif one.samples:
                line = sample_line(one.samples[0], datetime.now(UTC))
            elif one.note is not None:
                line = self._say(one.note)
            elif not self.chosen:
                line = self.tr("It will be watched if you tick it.")
        self._count.setText(count)
        self._sample.setText(line)
        set_role(self._count, "muted")
        set_role(self._sample, role)
        self.box.setAccessibleName(self._title.text())
        self.box.setAccessibleDescription(". ".join(filter(None, (count, line))))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title, 1)
        first.addWidget(self._count)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self._sample, 1, 1)
        grid.setColumnStretch(1, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        grid.setRowMinimumHeight(2, 8)
        grid.addWidget(rule, 3, 0, 1, 2)
