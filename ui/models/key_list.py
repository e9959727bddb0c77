"""The order of a list of mentions: ids and dates in two flat arrays, newest first. Pure: no Qt."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.model.mention import MentionKey


@dataclass(frozen=True, slots=True)
class Splice:
    """At `row`: take `removed` rows away, then put `inserted` there."""

    row: int
    removed: int
    inserted: tuple[MentionKey, ...]


class KeyList:
    """16 bytes a row, so that a hundred thousand of them cost little. Rows count from the newest."""

    def __init__(self) -> None:
        self.ids = array("q")
        self._ats = array("d")

    def __len__(self) -> int:
        return len(self.ids)

    def extend(self, keys: Sequence[MentionKey]) -> None:
        self.ids.extend([key.id for key in keys])
        self._ats.extend([key.at.timestamp() for key in keys])

    def row_of(self, mention_id: int) -> int:
        """The row of that id, -1 when it is not in the list."""
        try:
            return self.ids.index(mention_id)
        except ValueError:
            return -1

    def rows_of(self, ids: Iterable[int]) -> dict[int, int]:
        """Rows by id of those that are in the list; one pass, however many are asked."""
        wanted = set(ids)
        return {known: row for row, known in enumerate(self.ids) if known in wanted}

    def place(self, key: MentionKey) -> int:
        """The row where `key` is or belongs."""
        ats, ids = self._ats, self.ids
        wanted = (-key.at.timestamp(), -key.id)
        return bisect_left(range(len(ids)), wanted, key=lambda row: (-ats[row], -ids[row]))

    def stale(self, key: MentionKey, row: int) -> bool:
        """Whether the mention at `row` now carries another date than the list has."""
        return self._ats[row] != key.at.timestamp()

    def difference(self, first: int, end: int, found: Sequence[MentionKey]) -> list[Splice]:
        """What turns rows [first, end) into `found`, last row first so that rows stay valid."""
        old = self.ids[first:end]
        splices: list[Splice] = []
        kept = {key.id for key in found}.intersection(old)
        if [i for i in old if i in kept] != [key.id for key in found if key.id in kept]:
            return [Splice(first, end - first, tuple(found))]
        removed, row, start, at = 0, first, first, 0
        inserted: list[MentionKey] = []
        for known in (*old, None):
            if known is not None and known not in kept:
                removed, row = removed + 1, row + 1
                continue
            while at < len(found) and found[at].id != known:
                inserted.append(found[at])
                at += 1
            if removed or inserted:
                splices.append(Splice(start, removed, tuple(inserted)))
            removed, inserted = 0, []
            row, at = row + 1, at + 1
            start = row
        return splices[::-1]

    def remove(self, row: int, count: int) -> None:
        del self.ids[row : row + count]
        del self._ats[row : row + count]

    def insert(self, row: int, keys: Sequence[MentionKey]) -> None:
        self.ids[row:row] = array("q", [key.id for key in keys])
        self._ats[row:row] = array("d", [key.at.timestamp() for key in keys])
