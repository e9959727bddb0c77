"""What a brand could listen to, as its name is typed: rows that fill as the networks answer."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.proposal import Proposal, Sampled
from ui.bridge import Bridge
from ui.proposal_words import country, languages
from ui.theme import Theme, set_role
from ui.widgets.proposal_row import ProposalRow

TYPING_MS = 600
"""So long after the last key the networks are asked."""


class ProposedSources(QWidget):
    """`changed` follows ticks and answers, `sampled` new samples, `proposed` the rows of a new name.
    Another name asks anew and gives up what was asked; another description only counts anew."""

    changed = Signal()
    sampled = Signal()
    proposed = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._brand: Brand | None = None
        self._asked_name = ""
        self._shown_name = ""
        self._rows: list[ProposalRow] = []
        self._asked: list[Future[Sampled]] = []
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedWidth(80)
        self._tried = QLabel()
        set_role(self._tried, "muted")
        self._problem = QLabel(wordWrap=True)
        set_role(self._problem, "error")
        self.more = QPushButton()
        set_role(self.more, "link")
        self.more.clicked.connect(self._show_more)
        self._lay_out()
        self._clear()

    @property
    def rows(self) -> tuple[ProposalRow, ...]:
        return tuple(self._rows)

    def set_brand(self, brand: Brand | None) -> None:
        """The brand as described now; None: there is none yet."""
        if brand == self._brand:
            return
        self._brand = brand
        if brand is None:
            self._asked_name = self._shown_name = ""
            self._typing.stop()
            self._clear()
        elif brand.name != self._asked_name:
            self._asked_name = ""
            self._typing.start()
        else:
            self._recount()

    @property
    def pending(self) -> bool:
        """The rows are not those of the present name yet."""
        return self._brand is not None and self._shown_name != self._brand.name

    def ask_now(self) -> None:
        """Wait for no further key."""
        self._typing.stop()
        self._ask()

    def chosen(self) -> tuple[Proposal, ...]:
        rows = () if self.pending else self._rows
        return tuple(row.proposal for row in rows if row.chosen)

    def total(self) -> int:
        """How many sampled posts of the ticked rows are about the brand, each text once."""
        rows = () if self.pending else self._rows
        ticked = [row.sampled for row in rows if row.chosen and row.sampled]
        return len({one.posts[place].full_text for one in ticked for place in one.naming})

    def posts(self) -> tuple[Post, ...]:
        """All that was sampled so far."""
        return tuple(post for row in self._rows if row.sampled for post in row.sampled.posts)

    def cancel(self) -> None:
        """Ask nobody any more; what was answered stays."""
        self._typing.stop()
        for answer in self._asked:
            answer.cancel()
        self._asked.clear()
        self._count_tried()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.cancel()
        super().hideEvent(event)

    # -- asking ----------------------------------------------------------------------------
    def _ask(self) -> None:
        if self._brand is None:
            return
        self.cancel()
        self._asked_name = self._brand.name
        answer = self._bridge.proposals(self._asked_name, languages(), country())
        self._bridge.ask(answer, partial(self._propose, self._asked_name), self._none)

    def _propose(self, name: str, proposals: tuple[Proposal, ...]) -> None:
        if name != self._asked_name or self._brand is None:  # typed on meanwhile
            return
        self._clear()
        self._shown_name = name
        for proposal in proposals:
            row = ProposalRow(proposal, self._bridge, self._theme)
            row.toggled.connect(self.changed)
            self._rows.append(row)
            self._column.addWidget(row)
            row.setVisible(not proposal.spare)
        hidden = [row for row in self._rows if row.isHidden()]
        self.more.setText(self.tr("%n more", None, len(hidden)))
        self.more.setVisible(bool(hidden))
        shown = [row for row in self._rows if not row.isHidden()]
        self._sample([row for row in shown if not row.proposal.there])
        self.changed.emit()
        self.proposed.emit()

    def _sample(self, rows: list[ProposalRow]) -> None:
        if self._brand is None:
            return
        for row in rows:
            answer = self._bridge.sample(row.proposal, self._brand)
            self._asked.append(answer)
            self._bridge.ask(
                answer, partial(self._answered, row, answer), partial(self._failed, row, answer)
            )
        self._count_tried()

    def _answered(self, row: ProposalRow, answer: Future[Sampled], sampled: Sampled) -> None:
        if row not in self._rows:
            return
        self._forget(answer)
        row.tell(sampled)
        self.sampled.emit()
        self.changed.emit()

    def _failed(self, row: ProposalRow, answer: Future[Sampled], error: VigieError) -> None:
        """The name itself cannot be looked for, or the program is ending."""
        if row in self._rows:
            self._answered(row, answer, Sampled(problem=error.title))

    def _recount(self) -> None:
        """In the rows' order, so that each count finds its row again."""
        if self._brand is not None and (rows := [row for row in self._rows if row.sampled]):
            known = [row.sampled for row in rows if row.sampled]
            answer = self._bridge.recount(self._brand, known)
            self._bridge.ask(answer, partial(self._recounted, self._brand, rows), self._refuse)

    def _recounted(
        self, brand: Brand, rows: list[ProposalRow], counts: tuple[Sampled, ...]
    ) -> None:
        if brand != self._brand:
            return
        for row, sampled in zip(rows, counts, strict=True):
            if row in self._rows:
                row.tell(sampled)
        self.changed.emit()

    def _none(self, error: VigieError) -> None:
        """Without proposals one can start all the same."""
        self._propose(self._asked_name, ())
        self._refuse(error)

    def _refuse(self, error: VigieError) -> None:
        self._problem.setText(f"{self._bridge.say(error.title)} {self._bridge.say(error.hint)}")
        self._problem.show()

    def _show_more(self) -> None:
        """The other editions, which are asked only now."""
        hidden = [row for row in self._rows if row.isHidden()]
        for row in hidden:
            row.show()
        self.more.hide()
        self._sample(hidden)

    # -- looks -----------------------------------------------------------------------------
    def _forget(self, answer: Future[Sampled]) -> None:
        if answer in self._asked:
            self._asked.remove(answer)
        self._count_tried()

    def _count_tried(self) -> None:
        """The bar while networks are asked, nothing else."""
        waiting = len(self._asked)
        shown = waiting + sum(row.sampled is not None for row in self._rows)
        for widget in (self._progress, self._tried):
            widget.setVisible(waiting > 0)
        self._progress.setRange(0, max(1, shown))
        self._progress.setValue(shown - waiting)
        words = self.tr("{done} of {total} tried")
        self._tried.setText(words.format(done=shown - waiting, total=shown))

    def _clear(self) -> None:
        self.cancel()
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self.more.hide()
        self._problem.hide()
        self._count_tried()
        self.changed.emit()

    def _lay_out(self) -> None:
        self.progress = QWidget()
        above = QHBoxLayout(self.progress)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(8)
        above.addWidget(self._progress)
        above.addWidget(self._tried)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._column)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        column.addLayout(row)
