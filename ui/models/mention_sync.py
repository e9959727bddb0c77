"""Keeps a shown list true while mentions come, change and go, without losing place or selection.

The engine says which ids changed; where they belong in the list is asked of the store, which alone
knows the filter and the full-text search: the keys around each changed mention are read again and
only the difference is applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QObject

from monitor.errors import VigieError
from monitor.model.events import MentionsChanged
from monitor.model.mention import Mention, MentionKey
from ui.bridge import Bridge
from ui.models.key_list import Splice
from ui.models.mention_list import NEXT_PAGE, MentionListModel

SINGLE = 8
"""Up to so many changed mentions are looked up one by one; more are read as one stretch."""
MANY = 500
"""Beyond so many the whole list is compared, and rows are fetched as they are drawn."""
RESET = 200
"""More separate changes than this are shown by one reset rather than one by one."""
Stretch = tuple[MentionKey | None, MentionKey | None]
"""From the newer key to the older one, both included; None means the end of the list."""


class MentionSync(QObject):
    """Lives beside one MentionListModel; GUI thread only."""

    def __init__(self, model: MentionListModel, bridge: Bridge) -> None:
        super().__init__(model)
        self._model = model
        self._bridge = bridge
        self._changed: dict[int, None] = {}
        self._busy = False
        self._round = 0
        self._stretches: list[Stretch] = []
        self._everything = False
        model.arrived.connect(self._start_again)
        model.grown.connect(self._go_on)

    def take(self, event: MentionsChanged) -> None:
        """Bring the list up to date with this event, now or once the list is complete."""
        self._changed.update(dict.fromkeys((*event.new_ids, *event.changed_ids)))
        self._go_on()

    def take_all(self) -> None:
        """Anything may have changed: compare the whole list."""
        self._everything = True
        self._go_on()

    def _start_again(self) -> None:
        """The list shows another filter: what is on its way belongs to the former one."""
        self._round += 1
        self._busy = False
        self._go_on()

    def _go_on(self) -> None:
        waiting = bool(self._changed) or self._everything
        if self._busy or not waiting or not self._model.complete:
            return
        ids = tuple(self._changed)
        self._changed.clear()
        self._busy = True
        if self._everything or len(ids) > MANY:
            self._everything = False
            self._model.forget_rows()
            self._read((None, None), None, ())
            return
        answer = partial(self._place, self._round, ids)
        failed = partial(self._failed, self._round)
        self._bridge.ask(self._bridge.mentions(ids), answer, failed)

    def _failed(self, asked: int, error: VigieError) -> None:
        """The next event compares everything: what was to be compared now is not known any more."""
        self._bridge.report(error)
        if asked == self._round:
            self._busy = False
            self._everything = True

    def _place(self, asked: int, ids: Sequence[int], mentions: Sequence[Mention]) -> None:
        if asked != self._round:
            self._changed.update(dict.fromkeys(ids))
            self._go_on()
            return
        living = {mention.id: MentionKey(mention.at, mention.id) for mention in mentions}
        rows = self._model.keys.rows_of(ids)
        gone = [i for i in rows if i not in living or self._model.keys.stale(living[i], rows[i])]
        self._apply([Splice(rows[i], 1, ()) for i in sorted(gone, key=lambda i: -rows[i])])
        self._model.refresh_rows(mentions, [i for i in ids if i not in living])
        self._stretches = _stretches(tuple(living.values()))
        self._next()

    def _next(self) -> None:
        if self._stretches:
            self._read(self._stretches.pop(), None, ())
        else:
            self._busy = False
            self._go_on()

    def _read(
        self, stretch: Stretch, after: MentionKey | None, found: Sequence[MentionKey]
    ) -> None:
        newest, oldest = stretch
        if after is None and newest is not None:
            after = MentionKey(newest.at, newest.id + 1)
        limit = 1 if newest is not None and newest == oldest else NEXT_PAGE
        answer = partial(self._compare, self._round, stretch, limit, found)
        failed = partial(self._failed, self._round)
        self._bridge.ask(self._bridge.keys(self._model.wanted, after, limit), answer, failed)

    def _compare(
        self,
        asked: int,
        stretch: Stretch,
        limit: int,
        before: Sequence[MentionKey],
        keys: Sequence[MentionKey],
    ) -> None:
        if asked != self._round:
            return
        newest, oldest = stretch
        found = (*before, *keys)
        reached = oldest is not None and bool(keys) and _older(keys[-1], oldest)
        if limit > 1 and len(keys) == limit and not reached:
            self._read(stretch, keys[-1], found)
            return
        order = self._model.keys
        first = order.place(newest) if newest is not None else 0
        end = len(order)
        if oldest is not None:
            end = order.place(MentionKey(oldest.at, oldest.id - 1))
            found = tuple(key for key in found if not _older(key, oldest))
        self._apply(order.difference(first, end, found))
        self._next()

    def _apply(self, splices: Sequence[Splice]) -> None:
        """Change the model; `splices` come last row first."""
        model, keys, root = self._model, self._model.keys, QModelIndex()
        one_by_one = len(splices) <= RESET
        if not one_by_one:
            model.beginResetModel()
        for splice in splices:
            if splice.removed:
                if one_by_one:
                    model.beginRemoveRows(root, splice.row, splice.row + splice.removed - 1)
                keys.remove(splice.row, splice.removed)
                if one_by_one:
                    model.endRemoveRows()
            if splice.inserted:
                if one_by_one:
                    model.beginInsertRows(root, splice.row, splice.row + len(splice.inserted) - 1)
                keys.insert(splice.row, splice.inserted)
                if one_by_one:
                    model.endInsertRows()
        if not one_by_one:
            model.endResetModel()
        if splices:
            model.grown.emit()


def _older(key: MentionKey, other: MentionKey) -> bool:
    return (key.at, key.id) < (other.at, other.id)


def _stretches(keys: Sequence[MentionKey]) -> list[Stretch]:
    if len(keys) <= SINGLE:
        return [(key, key) for key in keys]
    ordered = sorted(keys, key=lambda key: (key.at, key.id))
    return [(ordered[-1], ordered[0])]
