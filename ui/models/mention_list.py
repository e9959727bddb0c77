"""The list of mentions as a Qt model of one column: order in arrays, rows fetched as they are shown.

GUI thread only; every read goes through the bridge. Rows not yet here are None (a placeholder).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from monitor.errors import VigieError
from monitor.model.mention import Mention, MentionFilter, MentionKey
from ui.bridge import Bridge
from ui.models.key_list import KeyList
from ui.models.row_cache import RowCache
from ui.words import spoken_mention

MENTION = Qt.ItemDataRole.UserRole + 1
FIRST_PAGE = 200
"""Keys asked first, so that a list appears at once; the others follow in pages of NEXT_PAGE."""
NEXT_PAGE = 2000
ROWS = 128
"""Rows are fetched in pages of so many."""
IN_FLIGHT = 2
AGAIN_MS = 5_000
"""Keys that could not be read are asked for again after so long."""
WAITING = 3
"""Pages kept waiting while scrolling fast; older wishes are forgotten, nobody sees them any more."""
Index = QModelIndex | QPersistentModelIndex


class MentionListModel(QAbstractTableModel):
    """Shows one MentionFilter at a time. `arrived` follows the first page of another filter, `grown`
    every change of the number of rows; `complete` says that all keys are known."""

    arrived = Signal()
    grown = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.wanted = MentionFilter()
        self.complete = False
        self.keys = KeyList()
        self._cache = RowCache()
        self._round = 0
        self._pages_waiting: list[int] = []
        self._pages_asked: set[int] = set()
        self._missing: set[int] = set()
        self._fetch_timer = QTimer(self, singleShot=True, interval=0)
        self._fetch_timer.timeout.connect(self._fetch)

    # -- what Qt asks ----------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == MENTION:
            return self.mention(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mention = self.mention(index.row())
            return spoken_mention(mention) if mention is not None else self.tr("Loading")
        return None

    # -- what the views ask ----------------------------------------------------------------
    def mention(self, row: int) -> Mention | None:
        """The mention at `row`; None while it is being fetched."""
        if not 0 <= row < len(self.keys):
            return None
        mention_id = self.keys.ids[row]
        mention = self._cache.get(mention_id)
        if mention is None and mention_id not in self._missing:
            self._want(row // ROWS)
        return mention

    def id_at(self, row: int) -> int:
        """The mention's id at `row`, 0 outside the list."""
        return self.keys.ids[row] if 0 <= row < len(self.keys) else 0

    def row_of(self, mention_id: int) -> int:
        return self.keys.row_of(mention_id)

    def show(self, wanted: MentionFilter) -> None:
        """List what this filter lets through. The former list stays until the first page is here."""
        self.wanted = wanted
        self._round += 1
        self.complete = False
        self._ask_keys(None, FIRST_PAGE)

    # -- the order -------------------------------------------------------------------------
    def _ask_keys(self, after: MentionKey | None, limit: int) -> None:
        answer = self._bridge.keys(self.wanted, after, limit)
        failed = partial(self._keys_failed, self._round, after, limit)
        self._bridge.ask(answer, partial(self._take_keys, self._round, after, limit), failed)

    def _keys_failed(
        self, asked: int, after: MentionKey | None, limit: int, error: VigieError
    ) -> None:
        """Say so and try again soon: half a list would take no news any more."""
        self._bridge.report(error)
        again = partial(self._ask_keys_again, asked, after, limit)
        QTimer.singleShot(AGAIN_MS, self, again)

    def _ask_keys_again(self, asked: int, after: MentionKey | None, limit: int) -> None:
        if asked == self._round:
            self._ask_keys(after, limit)

    def _take_keys(
        self, asked: int, after: MentionKey | None, limit: int, keys: Sequence[MentionKey]
    ) -> None:
        if asked != self._round:
            return
        self.complete = len(keys) < limit
        if after is None:
            self._begin(keys)
        elif keys:
            first = len(self.keys)
            self.beginInsertRows(QModelIndex(), first, first + len(keys) - 1)
            self.keys.extend(keys)
            self.endInsertRows()
        self.grown.emit()
        if after is None:
            self.arrived.emit()
        if not self.complete:
            self._ask_keys(keys[-1], NEXT_PAGE)

    def _begin(self, keys: Sequence[MentionKey]) -> None:
        self.beginResetModel()
        self.keys = KeyList()
        self.keys.extend(keys)
        self._pages_waiting.clear()
        self._pages_asked.clear()
        self._missing.clear()
        self.endResetModel()

    # -- the rows --------------------------------------------------------------------------
    def _want(self, page: int) -> None:
        if page in self._pages_asked or page in self._pages_waiting:
            return
        self._pages_waiting.append(page)
        del self._pages_waiting[:-WAITING]
        self._fetch_timer.start()

    def _fetch(self) -> None:
        while self._pages_waiting and len(self._pages_asked) < IN_FLIGHT:
            page = self._pages_waiting.pop()
            self._pages_asked.add(page)
            ids = self.keys.ids[page * ROWS : (page + 1) * ROWS].tolist()
            answer = partial(self._take_rows, page, self.keys, ids)
            failed = partial(self._rows_failed, page)
            self._bridge.ask(self._bridge.mentions(ids), answer, failed)

    def _rows_failed(self, page: int, error: VigieError) -> None:
        """Asked for again when they are next drawn."""
        self._pages_asked.discard(page)
        self._bridge.report(error)

    def _take_rows(
        self, page: int, asked: KeyList, ids: Sequence[int], mentions: Sequence[Mention]
    ) -> None:
        self._cache.put(mentions)
        self._missing.update(set(ids).difference(mention.id for mention in mentions))
        if asked is self.keys:
            self._pages_asked.discard(page)
            self._redraw(page * ROWS, (page + 1) * ROWS - 1)
        self._fetch()

    def refresh_rows(self, mentions: Sequence[Mention], gone: Sequence[int]) -> None:
        """Show these rows as they are now; their places are not touched."""
        self._cache.put(mentions)
        self._cache.drop(gone)
        self._missing.difference_update(mention.id for mention in mentions)
        self._redraw(0, len(self.keys) - 1)

    def forget_rows(self) -> None:
        """Fetch what is on screen anew."""
        self._cache.clear()
        self._missing.clear()
        self._redraw(0, len(self.keys) - 1)

    def _redraw(self, first: int, last: int) -> None:
        last = min(last, len(self.keys) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
