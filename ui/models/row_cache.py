"""The mentions that were shown lately, by id. Pure: no Qt."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from monitor.model.mention import Mention

CAPACITY = 4096
"""Some 500 screens of rows, about 10 MB."""


class RowCache:
    """Forgets what was not looked at for the longest time."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._rows: OrderedDict[int, Mention] = OrderedDict()
        self._capacity = capacity

    def get(self, mention_id: int) -> Mention | None:
        mention = self._rows.get(mention_id)
        if mention is not None:
            self._rows.move_to_end(mention_id)
        return mention

    def put(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self._rows[mention.id] = mention
            self._rows.move_to_end(mention.id)
        while len(self._rows) > self._capacity:
            self._rows.popitem(last=False)

    def clear(self) -> None:
        self._rows.clear()

    def drop(self, ids: Iterable[int]) -> None:
        for mention_id in ids:
            self._rows.pop(mention_id, None)
