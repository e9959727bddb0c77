"""The line at the foot of the window: who listens, since when, until when. Clicking it opens Sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from monitor.model.events import CheckProgress, Event, SourcesChanged
from monitor.model.source import SourceState, SourceStatus
from ui.bridge import Bridge
from ui.source_words import WELL, offline, trouble
from ui.theme import set_role
from ui.when import ago, until

TICK_MS = 15_000


class StatusBar(QFrame):
    """Asks for the sources again at most twice a second, however many change. `told` carries their
    statuses, a sequence of SourceStatus, to whoever else wants them."""

    clicked = Signal()
    told = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._bridge = bridge
        self._sources: Sequence[SourceStatus] = ()
        self._known = False
        self._words, self._needs, self._times = QPushButton(), QPushButton(), QLabel()
        self._dots = (QLabel("· "), QLabel("· "))
        self._bar, self._checking = QProgressBar(), QLabel()
        self._lay_out()
        self._ask_timer = QTimer(self, singleShot=True, interval=500)
        self._ask_timer.timeout.connect(self._ask)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._say)
        self._tick.start()
        bridge.happened.connect(self._happened)
        self._ask()  # answered once the engine runs; a window built anew finds it running
        self._say()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @property
    def words(self) -> str:
        """Who listens."""
        return self._words.text()

    @property
    def moments(self) -> str:
        """When it was read, when next."""
        return self._times.text()

    def come_after(self, widget: QWidget) -> None:
        """Have the Tab key lead here from this widget, however late that one was built."""
        QWidget.setTabOrder(widget, self._words)
        QWidget.setTabOrder(self._words, self._needs)

    def refresh(self) -> None:
        """Say it again: pausing changes nothing the engine tells of."""
        self._say()

    def _happened(self, event: Event) -> None:
        if isinstance(event, SourcesChanged):
            if not self._ask_timer.isActive():
                self._ask_timer.start()
        elif isinstance(event, CheckProgress):
            self._progress(event)

    def _ask(self) -> None:
        self._bridge.ask(self._bridge.sources(), self._take)

    def _take(self, sources: Sequence[SourceStatus]) -> None:
        self._sources, self._known = sources, True
        self._say()
        self.told.emit(sources)

    def _progress(self, event: CheckProgress) -> None:
        running = event.done < event.total
        self._bar.setVisible(running)
        self._checking.setVisible(running)
        self._bar.setMaximum(max(1, event.total))
        self._bar.setValue(event.done)
        self._checking.setText(
            self.tr("checking {done} of {total}").format(done=event.done, total=event.total)
        )
        if not running and not self._ask_timer.isActive():
            self._ask_timer.start()

    def _say(self) -> None:
        translate = QCoreApplication.translate
        listening = sum(s.state in WELL for s in self._sources)
        failing = sum(s.state is SourceState.WAITING for s in self._sources)
        needing = sum(s.state is SourceState.NEEDS_YOU for s in self._sources)
        if self._known and offline(self._sources):
            self._words.setText(self.tr("You seem to be offline"))
        elif self._known and failing:
            words = translate("StatusBar", "%n source(s) listening", None, listening)
            fail = translate("StatusBar", "%n cannot be read", None, failing)
            self._words.setText(f"{words} · {fail}")
        elif self._known:
            self._words.setText(translate("StatusBar", "%n source(s) listening", None, listening))
        else:
            self._words.setText(self.tr("Opening your data…"))
        self._needs.setText(translate("StatusBar", "%n need(s) you", None, needing))
        self._needs.setVisible(needing > 0)
        self._dots[0].setVisible(needing > 0)
        moments = self._moments()
        self._times.setText(moments)
        self._dots[1].setVisible(bool(moments))

    def _moments(self) -> str:
        if not self._known or not self._sources:
            return ""
        now = datetime.now(UTC)
        tried = [s.last_attempt for s in self._sources if s.last_attempt is not None]
        read = [s.last_success for s in self._sources if s.last_success is not None]
        parts = []
        if tried and not read:
            parts.append(self.tr("nothing could be read yet"))
        elif read and trouble(self._sources, now):
            parts.append(self.tr("last read {ago}").format(ago=ago(max(read), now)))
        elif tried:
            parts.append(self.tr("last check {ago}").format(ago=ago(max(tried), now)))
        due = self._bridge.next_check()
        if self._bridge.paused:
            parts.append(self.tr("paused"))
        elif due is not None:
            parts.append(self.tr("next {when}").format(when=until(due, now)))
        return " · ".join(parts)

    def _lay_out(self) -> None:
        for button in (self._words, self._needs):
            set_role(button, "status")
            button.clicked.connect(self.clicked)
        set_role(self._needs, "statusWarning")
        for label in (*self._dots, self._times):
            set_role(label, "small")
        set_role(self._checking, "small")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.hide()
        self._checking.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 14, 3)
        row.setSpacing(0)
        row.addWidget(self._words)
        row.addWidget(self._dots[0])
        row.addWidget(self._needs)
        row.addWidget(self._dots[1])
        row.addWidget(self._times)
        row.addStretch(1)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addWidget(self._checking)
