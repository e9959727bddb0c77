"""The sources as a Qt table model: one row a source, seven columns. GUI thread. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from monitor.model.source import Source, SourceState, SourceStatus
from monitor.model.source_form import KindForm
from monitor.text import Text
from ui.kind_words import KindWords
from ui.source_words import (
    last_success_word,
    next_check_word,
    not_seen_word,
    per_day,
    per_day_word,
    spoken_source,
    state_word,
    turn_word,
)
from ui.tips import plain_tip

STATUS = Qt.ItemDataRole.UserRole + 1
SECOND_LINE = Qt.ItemDataRole.UserRole + 2
ORDER = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class Column(IntEnum):
    SOURCE = 0
    STATE = 1
    LAST = 2
    NEXT = 3
    PER_DAY = 4
    DAYS = 5
    NOT_SEEN = 6


URGENCY = (
    SourceState.NEEDS_YOU,
    SourceState.GONE,
    SourceState.WAITING,
    SourceState.NEW,
    SourceState.PAUSED,
    SourceState.LISTENING,
)
"""The order of the state column: who needs the person first."""


class SourceTableModel(QAbstractTableModel):
    """Holds what the reader last said. `say` renders the engine's sentences."""

    def __init__(self, say: Callable[[Text], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._kinds = KindWords(say)
        self._rows: list[SourceStatus] = []

    # -- what Qt asks ----------------------------------------------------------------------
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        status = self._rows[index.row()]
        column = Column(index.column())
        now = datetime.now(UTC)
        if role == STATUS:
            return status
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(status, column, self._kinds.name(status.source), now)
        if role == SECOND_LINE:
            return self._second_line(status, column)
        if role == ORDER:
            return _order(status, column, self._kinds.name(status.source))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(status, column, now)
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.SOURCE:
            return spoken_source(status, self._kinds.name(status.source), now)
        return None

    # -- what the view asks ----------------------------------------------------------------
    def show(self, statuses: tuple[SourceStatus, ...]) -> None:
        """Take these rows. Where they are the same sources only what changed is redrawn and sorted
        anew, so a check of a thousand sources costs the window little, and the selection stays."""
        before = self._rows
        if [row.source.id for row in before] != [row.source.id for row in statuses]:
            self.beginResetModel()
            self._rows = list(statuses)
            self.endResetModel()
            return
        self._rows = list(statuses)
        for row, (old, new) in enumerate(zip(before, statuses, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def learn(self, forms: Sequence[KindForm]) -> None:
        """The kinds have labels from now on."""
        self._kinds.learn(forms)
        self.refresh_words()

    def refresh_words(self) -> None:
        """Redraw: "2 min ago" has become "3 min ago". The order stays."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DisplayRole])

    def name(self, row: int) -> str:
        """As the table shows it."""
        return self.name_of(self._rows[row].source)

    def name_of(self, source: Source) -> str:
        """The name of a source that may not be here yet."""
        return self._kinds.name(source)

    def status(self, row: int) -> SourceStatus:
        return self._rows[row]

    def row_of(self, source_id: int) -> int:
        """The row of a source, -1 when it is not here."""
        return next((i for i, row in enumerate(self._rows) if row.source.id == source_id), -1)

    @property
    def statuses(self) -> tuple[SourceStatus, ...]:
        return tuple(self._rows)

    # -- parts -----------------------------------------------------------------------------
    def _title(self, column: Column) -> str:
        return {
            Column.SOURCE: self.tr("Source"),
            Column.STATE: self.tr("State"),
            Column.LAST: self.tr("Last success"),
            Column.NEXT: self.tr("Next check"),
            Column.PER_DAY: self.tr("Items a day"),
            Column.DAYS: self.tr("Last 7 days"),
            Column.NOT_SEEN: self.tr("Not seen"),
        }[column]

    def _second_line(self, status: SourceStatus, column: Column) -> str:
        if column is Column.SOURCE:
            folder = f"{status.source.folder} · " if status.source.folder else ""
            return folder + self._kinds.place(status.source)
        if column is Column.STATE and status.error is not None:
            return self._say(status.error)
        if column is Column.NEXT and status.turn is not None:
            return self.tr("waits for its turn")
        return ""

    def _tip(self, status: SourceStatus, column: Column, now: datetime) -> str | None:
        if column is Column.SOURCE:
            return plain_tip(status.source.address)
        if column is Column.STATE and status.error is not None:
            return plain_tip(self._say(status.error))
        if column is Column.NEXT and status.turn is not None:
            return plain_tip(turn_word(status.turn, now))
        if column is Column.DAYS:
            return self.tr("{posts} items, {mentions} mentions in all").format(
                posts=status.items, mentions=status.mentions
            )
        return None


class SourceFilter(QSortFilterProxyModel):
    """Sorts by what a column means, not by its words; filters by name and address; hides removed ones."""

    def __init__(self, model: SourceTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self._hidden: set[int] = set()
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(ORDER)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSortLocaleAware(True)

    def want(self, words: str) -> None:
        """Keep the sources whose name or address contains these words."""
        self.beginFilterChange()
        self._wanted = words.casefold().strip()
        self.endFilterChange()

    def hide(self, source_id: int, hidden: bool) -> None:
        """Leave a source out of the table while its removal can still be undone."""
        self.beginFilterChange()
        (self._hidden.add if hidden else self._hidden.discard)(source_id)
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        source = self._model.status(source_row).source
        if source.id in self._hidden:
            return False
        name = self._model.name(source_row)
        return self._wanted in f"{name} {source.address} {source.folder}".casefold()


def _words(status: SourceStatus, column: Column, name: str, now: datetime) -> str:
    match column:
        case Column.SOURCE:
            return name
        case Column.STATE:
            return state_word(status.state)
        case Column.LAST:
            return last_success_word(status, now)
        case Column.NEXT:
            return next_check_word(status, now)
        case Column.PER_DAY:
            return per_day_word(status)
        case Column.NOT_SEEN:
            return not_seen_word(status, now)
        case Column.DAYS:
            return ""


def _order(status: SourceStatus, column: Column, name: str) -> object:
    """What the column sorts by. Moments as seconds: what never happened comes first."""
    match column:
        case Column.SOURCE:
            return name
        case Column.STATE:
            return URGENCY.index(status.state)
        case Column.LAST:
            return _seconds(status.last_success)
        case Column.NEXT:
            return _seconds(status.next_due)
        case Column.PER_DAY | Column.DAYS:
            return per_day(status)
        case Column.NOT_SEEN:
            return -_seconds(status.gap_since) or float(status.skipped == 0)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.PER_DAY else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
