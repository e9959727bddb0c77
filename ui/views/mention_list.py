"""The middle column: search, filters, the list, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, CheckProgress, Event, MentionsChanged
from monitor.model.mention import MentionFilter, View
from monitor.model.source import SourceStatus
from monitor.model.verdict import Intent, Tone
from ui.bridge import Bridge
from ui.models.mention_list import MentionListModel
from ui.models.mention_sync import MentionSync
from ui.source_words import trouble
from ui.theme import Theme, set_role
from ui.views.empty_state import EmptyState
from ui.views.empty_words import empty_words
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.mention_table import MentionTable
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.search_field import SearchField

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Which of the quick filters are on."""

    negative: bool = False
    questions: bool = False
    french: bool = False
    last_day: bool = False


class MentionListView(QWidget):
    """Shows one work view of one or all brands. `chosen` carries the current mention's id, 0 for
    none; `view_asked` asks the window for another view, `step_asked` for what an empty list offers."""

    chosen = Signal(int)
    opened = Signal()
    view_asked = Signal(View)
    brand_asked = Signal(object)
    step_asked = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("middle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = View.TO_ANSWER
        self._brand: Brand | None = None
        self._sources: Sequence[SourceStatus] = ()
        self._filling = False  # from nothing, and nobody chose a row yet
        self._filled = False  # the check that fills it is over
        self.model = MentionListModel(bridge, self)
        self._sync = MentionSync(self.model, bridge)
        self.search = SearchField(theme)
        self.table = MentionTable(self.model, theme)
        self.notice = NoticeBar(theme)
        self._empty = EmptyState()
        self._chips = {name: _chip() for name in ("to_answer", *Ticks.__slots__)}
        self._brand_chip = _chip()
        self._body = QStackedLayout()
        self._lay_out()
        self._connect(bridge)
        self._write_words()

    # -- what the window says --------------------------------------------------------------
    def show_view(self, view: View, brand: Brand | None) -> None:
        """List another work view, of one brand or of all."""
        self._view, self._brand = view, brand
        self.stay()
        self._chips["to_answer"].setChecked(view is View.TO_ANSWER)
        self._brand_chip.setVisible(brand is not None)
        self._brand_chip.setChecked(True)
        if brand is not None:
            self._brand_chip.setText(f"{brand.name.replace('&', '&&')}  ✕")  # no key in “C&A”
        self._reload()

    def take_focus(self) -> None:
        """To the list, or to what is said in its place."""
        widget = self._body.currentWidget() or self.table
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def leave_search(self) -> None:
        """The focus to the list; a search that was being typed is given up."""
        if self.search.hasFocus():
            self.search.clear()
        if self.table.holding and not self.model.rowCount():
            self.table.step(1)  # hidden, it gets no focus to do so
            self.take_focus()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stay(self) -> None:
        """The person is at work on the row that is chosen: the end of a check leaves it so."""
        self._filling = False

    @property
    def empty_words(self) -> str:
        """What is said in the list's place."""
        return self._empty.words

    def clear_filters(self) -> None:
        for name in Ticks.__slots__:
            self._chips[name].setChecked(False)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._reload()

    @property
    def filter(self) -> MentionFilter:
        ticks = self._ticks()
        return MentionFilter(
            view=self._view,
            brand_id=self._brand.id if self._brand is not None else None,
            tone=Tone.NEGATIVE if ticks.negative else None,
            intent=Intent.QUESTION if ticks.questions else None,
            language="fr" if ticks.french else "",
            since=datetime.now(UTC) - DAY if ticks.last_day else None,
            text=self.search.text().strip(),
        )

    # -- inside ----------------------------------------------------------------------------
    def _ticks(self) -> Ticks:
        return Ticks(**{name: self._chips[name].isChecked() for name in Ticks.__slots__})

    def _reload(self) -> None:
        self.table.let_go()
        self.model.show(self.filter)

    def _slide(self) -> None:
        if self._ticks().last_day:
            self.model.show(self.filter)

    def _searched(self) -> None:
        if self.filter.text != self.model.wanted.text:
            self._reload()

    def _happened(self, event: Event) -> None:
        if isinstance(event, MentionsChanged):
            if self._filled:
                self._filling = self._filled = False
            self._sync.take(event)
        elif isinstance(event, CheckProgress):
            if self._filling and event.done >= event.total:
                self._filled = True
                self._choose_newest()
        elif isinstance(event, BrandsChanged):
            self._sync.take_all()

    def know_sources(self, statuses: Sequence[SourceStatus]) -> None:
        """An empty list says so when nothing can arrive."""
        self._sources = statuses
        if self._body.currentWidget() is self._empty:
            self._say_why_empty()

    def _say_why_empty(self) -> None:
        filtered = replace(self.filter, view=self._view, brand_id=None) != MentionFilter(self._view)
        words = empty_words(self._view, filtered, trouble(self._sources, datetime.now(UTC)))
        self._empty.say(words.title, words.words, words.step, words.label)

    def _rows_changed(self) -> None:
        empty = self.model.rowCount() == 0 and self.model.complete
        if empty:
            self._say_why_empty()
            self._filling, self._filled = True, False
        self._body.setCurrentWidget(self._empty if empty else self.table)
        if not self.table.currentIndex().isValid() and not self.table.holding:
            self.table.choose_row(0)
        elif self._filled:
            self._choose_newest()

    def _choose_newest(self) -> None:
        """What came first in a first check is seldom what is newest."""
        focus = QApplication.focusWidget()
        if self.table.steady.pointed_at:  # what one is about to click stays
            return
        if self._filling and (focus is None or self.isAncestorOf(focus)):
            self.table.choose_row(0)

    def _chosen(self, mention_id: int) -> None:
        if mention_id and self.table.currentIndex().row() > 0:
            self.stay()
        self.chosen.emit(mention_id)

    def _step(self, step: str) -> None:
        if step == "clear":
            self.clear_filters()
        else:
            self.step_asked.emit(step)

    def _to_answer_clicked(self, on: bool) -> None:
        self.view_asked.emit(View.TO_ANSWER if on else View.ALL)

    def _connect(self, bridge: Bridge) -> None:
        bridge.happened.connect(self._happened)
        self.search.searched.connect(self._searched)
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.chosen.connect(self._chosen)
        self.table.clicked.connect(self.stay)
        self.table.opened.connect(self.opened)
        self.model.grown.connect(self._rows_changed)
        self._empty.asked.connect(self._step)
        self._chips["to_answer"].clicked.connect(self._to_answer_clicked)
        self._brand_chip.clicked.connect(lambda: self.brand_asked.emit(None))
        for name in Ticks.__slots__:
            self._chips[name].clicked.connect(self._reload)
        # "Last 24 h" means the last 24 hours of now, not of when it was ticked.
        again = QTimer(self, interval=10 * 60 * 1000)
        again.timeout.connect(self._slide)
        again.start()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.setSpacing(10)
        head.addWidget(self.search)
        chips = FlowLayout()
        for chip in (self._brand_chip, *self._chips.values()):
            chips.addWidget(chip)
        head.addLayout(chips)
        rule = QWidget()
        rule.setObjectName("rule")
        rule.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addLayout(self._body, 1)
        column.addLayout(foot)

    def _write_words(self) -> None:
        self.search.setPlaceholderText(self.tr("Search or filter"))
        self.search.setAccessibleName(self.tr("Search the mentions"))
        self.table.setAccessibleName(self.tr("Mentions"))
        words = {
            "to_answer": self.tr("To answer"),
            "negative": self.tr("Negative"),
            "questions": self.tr("Questions"),
            "french": self.tr("French"),
            "last_day": self.tr("Last 24 h"),
        }
        for name, word in words.items():
            self._chips[name].setText(word)
            self._chips[name].setAccessibleName(self.tr("Filter: {name}").format(name=word))


def _chip() -> QPushButton:
    chip = QPushButton()
    chip.setCheckable(True)
    set_role(chip, "chip")
    return chip
