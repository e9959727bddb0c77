"""What a source of reviews remembers: how far each list was read, and which reviews are looked at again.

Pure. Lists come by their last change, newest first, so each is read back to a day before the newest change
seen. A review that was deleted leaves its list without a word: so some are asked for one by one, in turn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.sources.api_answers import string
from monitor.sources.google_reading import next_looks, stored

WATCHED = 200
"""Reviews looked at again in turn, the newest ones."""
LOOKS = 3
"""How many of them in one check."""
LATE = timedelta(days=1)
"""A review may appear so long after it was written."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`lists` is list -> the newest change seen there and the oldest of the first page ever read: nothing
    older is wanted. `full` is when all was last read whole."""

    lists: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    looked: str = ""
    full: datetime | None = None

    def back_to(self, name: str, *, full: bool) -> datetime | None:
        """How far the list is read; None where it never was: one page."""
        if name not in self.lists:
            return None
        newest, oldest = self.lists[name]
        return oldest if full else max(oldest, newest - LATE)

    def looks(self, present: Collection[str]) -> list[str]:
        """The reviews to ask for one by one."""
        return next_looks(self.watched, self.looked, present, LOOKS)

    def after(
        self,
        changes: Mapping[str, Sequence[datetime]],
        ids: Sequence[str],
        looked: Sequence[str],
        gone: Collection[str],
        full: datetime | None,
    ) -> Marks:
        """`changes` are those of each list that was read, `ids` all reviews there, newest first."""
        lists = dict(self.lists)
        for name, moments in changes.items():
            if not moments:
                continue
            newest, oldest = lists.get(name, (max(moments), min(moments)))
            lists[name] = (max(newest, *moments), oldest)
        new = [one for one in ids if one not in self.watched]
        watched = [one for one in (*new, *self.watched) if one not in gone][:WATCHED]
        last = [self.looked, *(one for one in looked if one not in gone)][-1]
        return Marks(lists, tuple(watched), last, full)

    def to_json(self) -> str:
        """The cursor."""
        lists = {name: [one.isoformat() for one in both] for name, both in self.lists.items()}
        full = self.full.isoformat() if self.full else ""
        kept = {"v": 1, "lists": lists, "watched": self.watched, "looked": self.looked}
        return json.dumps({**kept, "full": full})


def marks_of(cursor: str) -> Marks:
    """From the start where the cursor cannot be read."""
    found = stored(cursor)
    lists: dict[str, tuple[datetime, datetime]] = {}
    listed = found.get("lists")
    for name, both in listed.items() if isinstance(listed, dict) else ():
        moments = [_moment(one) for one in both] if isinstance(both, list) else []
        if len(moments) == 2 and moments[0] and moments[1]:
            lists[name] = (moments[0], moments[1])
    watched = found.get("watched")
    ids = tuple(one for one in watched if isinstance(one, str)) if isinstance(watched, list) else ()
    return Marks(lists, ids, string(found, "looked"), _moment(found.get("full")))


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None
