"""Sources: is everything still listening? A table, one field for adding, a panel that repairs."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, CheckProgress, Event, SourcesChanged
from monitor.model.source import ImportReport, Source, SourceStatus
from ui.bridge import Bridge
from ui.models.source_table import STATUS, SourceFilter, SourceTableModel
from ui.source_words import headline, imported
from ui.theme import Theme, set_role
from ui.views.add_source import AddSource
from ui.views.source_header import SourceHeader
from ui.views.source_panel import SourcePanel
from ui.views.source_removal import UNDO_SECONDS, SourceRemoval
from ui.widgets.notice_bar import Kind, NoticeBar
from ui.widgets.source_table import SourceTable

REFRESH_MS = 20_000
"""How often "2 min ago" is said anew."""
AGAIN_MS = 300
"""The engine is asked again at most so often, however many sources are being checked."""
FILTER_FROM = 12
"""So many sources make a filter worth its room."""


class SourcesView(QWidget):
    """Follows the engine's events while it is visible; asks anew when it is shown."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._brands: tuple[Brand, ...] = ()
        self._select_next = 0
        self._just_shown = False
        self.model = SourceTableModel(bridge.say, self)
        self.rows = SourceFilter(self.model, self)
        self.header = SourceHeader(theme)
        self.add = AddSource(bridge, theme)
        self.notice = NoticeBar(theme)
        self.table = SourceTable(self.rows, theme)
        self.panel = SourcePanel(bridge, theme)
        self.removal = SourceRemoval(bridge, self)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setAccessibleName(self.tr("Filter the sources"))
        self._filter.setClearButtonEnabled(True)
        self._empty = QLabel(wordWrap=True)
        self._empty.setText(
            self.tr(
                "Nothing is listened to yet. Paste the address of a feed, a blog or a site above, "
                "or import the feeds of another reader (OPML)."
            )
        )
        set_role(self._empty, "muted")
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.model.refresh_words)
        self._clock.timeout.connect(self._say_headline)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    # -- what the window may ask -----------------------------------------------------------
    def refresh(self) -> None:
        """Ask the engine for the sources and the brands."""
        self._bridge.ask(self._bridge.brands(), self._show_brands)
        self._bridge.ask(self._bridge.sources(), self._show)

    def focus_address(self) -> None:
        self.add.address.field.setFocus()

    def selected(self) -> SourceStatus | None:
        rows = self.table.selectionModel().selectedRows()
        status = rows[0].data(STATUS) if rows else None
        return status if isinstance(status, SourceStatus) else None

    def select(self, source_id: int) -> None:
        row = self.model.row_of(source_id)
        if row < 0:
            return
        index = self.rows.mapFromSource(self.model.index(row, 0))
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.table.scrollTo(index)

    # -- answers ---------------------------------------------------------------------------
    def _hear(self, event: Event) -> None:
        told = isinstance(event, SourcesChanged | BrandsChanged | CheckProgress)
        if told and self.isVisible() and not self._again.isActive():
            self._again.start()

    def _show(self, statuses: tuple[SourceStatus, ...]) -> None:
        before = self.selected()
        self.model.show(statuses)
        self._filter.setVisible(len(statuses) >= FILTER_FROM)
        wanted = self._select_next or (before.source.id if before else 0)
        self._select_next = 0
        if wanted:
            self.select(wanted)
        self._show_state()
        if self._just_shown:
            self._just_shown = False
            (self.table if statuses else self.add.address.field).setFocus()

    def _show_brands(self, brands: tuple[Brand, ...]) -> None:
        self._brands = brands
        self.add.set_brands(brands)
        self.panel.set_brands(brands)

    def _say_headline(self) -> list[SourceStatus]:
        shown = [s for s in self.model.statuses if s.source.id != self.removal.waiting]
        self.header.say(headline(shown, self._brands, datetime.now(UTC)))
        return shown

    def _show_state(self) -> None:
        shown = self._say_headline()
        self._empty.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self._show_panel()

    def _show_panel(self) -> None:
        self.panel.show_status(None if self.add.is_open else self.selected())
        self.table.make_room(self.add.is_open)

    # -- what the person does --------------------------------------------------------------
    def _check_now(self) -> None:
        self._bridge.check_now()

    def _check_one(self, source_id: int) -> None:
        self._bridge.check_now([source_id])

    def _added(self, source: Source) -> None:
        self._select_next = source.id
        words = self.tr("{source} is listened to from now on.")
        words = words.format(source=self.model.name_of(source))
        self.notice.tell(words, seconds=UNDO_SECONDS)
        self._check_one(source.id)
        self.refresh()

    def _changed(self, source: Source) -> None:
        self._bridge.ask(self._bridge.update_source(source), self._updated, self._tell_error)

    def _updated(self, source: Source) -> None:
        if not source.paused:
            self._check_one(source.id)
        self.refresh()

    def _remove(self, source_id: int) -> None:
        row = self.model.row_of(source_id)
        if row < 0:
            return
        name = self.model.name(row)
        self.removal.begin(source_id)
        words = self.tr("{source} is no longer listened to. Its mentions are kept.")
        self.notice.tell(
            words.format(source=name),
            action=self.tr("Undo"),
            do=self.removal.undo,
            seconds=UNDO_SECONDS,
        )

    def _remove_selected(self) -> None:
        if (status := self.selected()) is not None:
            self._remove(status.source.id)

    def _removal_changed(self, source_id: int, left_out: bool) -> None:
        self.rows.hide(source_id, left_out)
        if not left_out:
            self.select(source_id)
        self._show_state()

    def _import(self) -> None:
        kinds = self.tr("OPML files (*.opml *.xml);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import feeds"), "", kinds)
        if path:
            answer = self._bridge.import_opml(Path(path))
            self._bridge.ask(answer, self._imported, self._tell_error)

    def _imported(self, report: ImportReport) -> None:
        self.notice.tell(imported(report), Kind.WARNING if report.unusable else Kind.INFO)
        if report.added:
            self._check_now()
        self.refresh()

    def _export(self) -> None:
        kinds = self.tr("OPML files (*.opml)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export feeds"), "vigie.opml", kinds)
        if path:
            answer = self._bridge.export_opml(Path(path))
            done = partial(self._exported, Path(path))
            self._bridge.ask(answer, done, self._tell_error)

    def _exported(self, path: Path, count: int) -> None:
        words = self.tr("%n source(s) written to {file}.", None, count).format(file=path.name)
        self.notice.tell(words, seconds=UNDO_SECONDS)

    def _tell_error(self, error: VigieError) -> None:
        say = self._bridge.say
        self.notice.tell(f"{say(error.title)} {say(error.message)} {say(error.hint)}", Kind.ERROR)

    # -- looks -----------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        self._clock.start()
        self.notice.hide()
        self._just_shown = True
        self.refresh()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        self.removal.carry_out()  # nobody can undo it any more
        super().hideEvent(event)

    def _connect(self) -> None:
        self._bridge.happened.connect(self._hear)
        self.header.import_asked.connect(self._import)
        self.header.export_asked.connect(self._export)
        self.header.check_asked.connect(self._check_now)
        self.header.add_asked.connect(self.focus_address)
        self._filter.textChanged.connect(self.rows.want)
        self.add.added.connect(self._added)
        self.add.refused.connect(self._tell_error)
        self.add.kinds.connect(self.model.learn)
        self.add.opened.connect(self._show_panel)
        self.panel.changed.connect(self._changed)
        self.panel.remove_asked.connect(self._remove)
        self.panel.check_asked.connect(self._check_one)
        self.removal.changed.connect(self._removal_changed)
        self.table.selectionModel().selectionChanged.connect(self._show_panel)
        self.table.activated.connect(self.panel.rename)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F5"), self, self._check_now, context=inside)
        QShortcut(QKeySequence("F2"), self, self.panel.rename, context=inside)
        delete = QKeySequence(QKeySequence.StandardKey.Delete)
        QShortcut(delete, self.table, self._remove_selected, context=inside)

    def _lay_out(self) -> None:
        field = QHBoxLayout()
        field.setSpacing(24)
        field.addWidget(self.add, 3)
        field.addWidget(self._filter, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addLayout(field)
        column.addWidget(self.notice)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addWidget(self.panel)
        column.addStretch(0)
