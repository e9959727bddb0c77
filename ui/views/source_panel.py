"""Below the table: the selected source, what is wrong with it if anything is, and what to do."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.model.brand import Brand
from monitor.model.source import Source, SourceState, SourceStatus
from monitor.model.source_form import KindForm
from ui.bridge import Bridge
from ui.kind_words import KindWords
from ui.links import open_in_browser
from ui.source_words import interval_word, state_word, turn_word
from ui.theme import Theme, set_role

INTERVALS = (0, 5, 15, 30, 60, 180, 360, 720, 1440)
"""Minutes offered; 0 is the usual interval of Settings."""


class SourcePanel(QFrame):
    """Shows one SourceStatus; changes go out as signals, a changed Source whole."""

    changed = Signal(object)
    check_asked = Signal(int)
    remove_asked = Signal(int)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._status: SourceStatus | None = None
        set_role(self, "card")
        self._title = _plain_label()
        set_role(self._title, "strong")
        self._what = _plain_label()
        set_role(self._what, "muted")
        self._note, self._unseen = _plain_label(), _plain_label()
        set_role(self._note, "warning")
        set_role(self._unseen, "muted")
        self._forms: dict[str, KindForm] = {}
        self._kinds = KindWords(bridge.say)
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Name of the source"))
        self._name.setMaxLength(200)
        self._name.editingFinished.connect(self._rename)
        self._interval = QComboBox()
        self._interval.setAccessibleName(self.tr("How often it is checked"))
        self._interval.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._interval.activated.connect(self._change_interval)
        self.about = QComboBox()
        self.about.setAccessibleName(self.tr("What counts as a mention there"))
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.about.activated.connect(self._change_about)
        self._brands: tuple[Brand, ...] = ()
        self._open = QPushButton(self.tr("Open in browser"))
        self._open.clicked.connect(self._open_address)
        self._pause = QPushButton()
        self._pause.clicked.connect(self._toggle_pause)
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self._id))
        self._repair = QPushButton()
        set_role(self._repair, "primary")
        self._repair.clicked.connect(self._repair_it)
        self._lay_out()
        self.hide()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def explanation(self) -> str:
        return self._what.text()

    @property
    def note(self) -> str:
        return self._note.text()

    @property
    def unseen(self) -> str:
        return self._unseen.text()

    @property
    def _id(self) -> int:
        return self._status.source.id if self._status else 0

    def show_status(self, status: SourceStatus | None) -> None:
        """Show this source; None hides the panel. A name being typed is not overwritten."""
        same = status is not None and status.source.id == self._id
        self._status = status
        self.setVisible(status is not None)
        if status is None:
            return
        self._title.setText(self._headline(status))
        self._what.setText(self._explanation(status))
        note = status.note if status.error is None else None
        self._note.setText(self._bridge.say(note) if note is not None else "")
        self._note.setVisible(note is not None)
        self._show_unseen(status.source.kind)
        if not (same and self._name.hasFocus()):
            self._name.setText(self._kinds.name(status.source))
        self._show_interval(status.source.interval)
        self._show_about(status.source.about)
        paused = status.state is SourceState.PAUSED
        needs = status.state in (SourceState.NEEDS_YOU, SourceState.WAITING)
        gone = status.state is SourceState.GONE
        self._pause.setText(self.tr("Pause"))
        self._pause.setVisible(not paused and not gone)
        self._remove.setVisible(not gone)
        self._repair.setVisible(paused or needs or gone)
        self._repair.setText(
            self.tr("Resume") if paused else self.tr("Remove") if gone else self.tr("Try again")
        )

    def set_brands(self, brands: tuple[Brand, ...]) -> None:
        """Those that a source can be about as a whole."""
        self._brands = brands
        if self._status is not None:
            self._show_about(self._status.source.about)

    def rename(self) -> None:
        """Put the cursor into the name."""
        self._name.setFocus()
        self._name.selectAll()

    def _headline(self, status: SourceStatus) -> str:
        return self.tr("{source}: {state}").format(
            source=self._kinds.name(status.source), state=state_word(status.state).lower()
        )

    def _explanation(self, status: SourceStatus) -> str:
        if status.error is not None:
            hint = self._bridge.say(status.hint) if status.hint is not None else ""
            return f"{self._bridge.say(status.error)} {hint}".strip()
        if status.turn is not None:
            return turn_word(status.turn, datetime.now(UTC))
        match status.state:
            case SourceState.PAUSED:
                return self.tr(
                    "You paused it. What is published meanwhile is read when you resume it, as far back as the feed reaches."
                )
            case SourceState.NEW:
                return self.tr("It is read for the first time in a moment.")
            case SourceState.GONE:
                return self.tr("The server says it is gone for good. Its mentions are kept.")
            case _:
                items = self.tr("%n item(s) read so far", None, status.items)
                mentions = self.tr("%n mention(s)", None, status.mentions)
                return f"{items}, {mentions}."

    def _show_unseen(self, kind: str) -> None:
        if not self._forms:
            self._bridge.ask(self._bridge.source_kinds(), self._take_forms)
        form = self._forms.get(kind)
        unseen = form.unseen if form is not None else None
        words = self.tr("What it never shows: {what}")
        self._unseen.setText(words.format(what=self._bridge.say(unseen)) if unseen else "")
        self._unseen.setVisible(unseen is not None)

    def _take_forms(self, forms: tuple[KindForm, ...]) -> None:
        self._forms = {form.kind: form for form in forms}
        self._kinds.learn(forms)
        if self._forms:
            self.show_status(self._status)

    def _show_interval(self, seconds: int) -> None:
        minutes = seconds // 60
        offered = sorted({*INTERVALS, minutes})
        self._interval.clear()
        for choice in offered:
            word = interval_word(choice) if choice else self.tr("as in Settings")
            self._interval.addItem(word, choice)
        self._interval.setCurrentIndex(offered.index(minutes))

    def _rename(self) -> None:
        if self._status is None:
            return
        name = self._name.text().strip()
        if name and name != self._kinds.name(self._status.source):
            self._change(name=name)

    def _show_about(self, about: int) -> None:
        self.about.clear()
        self.about.addItem(self.tr("what names a brand"), 0)
        for brand in self._brands:
            self.about.addItem(self.tr("everything: {brand}").format(brand=brand.name), brand.id)
        self.about.setCurrentIndex(max(0, self.about.findData(about)))

    def _change_about(self) -> None:
        self._change(about=int(self.about.currentData()))

    def _change_interval(self) -> None:
        self._change(interval=int(self._interval.currentData()) * 60)

    def _toggle_pause(self) -> None:
        self._change(paused=True)

    def _repair_it(self) -> None:
        if self._status is None:
            return
        if self._status.state is SourceState.PAUSED:
            self._change(paused=False)
        elif self._status.state is SourceState.GONE:
            self.remove_asked.emit(self._id)
        else:
            self.check_asked.emit(self._id)

    def _change(self, **fields: object) -> None:
        if self._status is not None:
            source: Source = dataclasses.replace(self._status.source, **fields)  # type: ignore[arg-type]  # the callers name real fields
            if source != self._status.source:
                self.changed.emit(source)

    def _open_address(self) -> None:
        if self._status is not None:
            open_in_browser(self._bridge.page_of(self._status.source))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._what)
        words.addWidget(self._note)
        words.addWidget(self._unseen)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addLayout(words, 1)
        above.addWidget(self._repair, 0, Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(_label(self.tr("Name")))
        below.addWidget(self._name, 1)
        below.addSpacing(8)
        below.addWidget(_label(self.tr("Checked")))
        below.addWidget(self._interval)
        below.addSpacing(8)
        below.addWidget(_label(self.tr("Mentions")))
        below.addWidget(self.about)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._open, self._pause, self._remove):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(above)
        column.addLayout(below)
        column.addLayout(buttons)


def _plain_label() -> QLabel:
    """For words that may come from a server."""
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def _label(words: str) -> QLabel:
    label = QLabel(words)
    set_role(label, "muted")
    return label
