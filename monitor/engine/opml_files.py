"""Lists of sources in and out of OPML files. Blocking; called from background threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput
from monitor.model.source import ImportReport, Source
from monitor.store.reader import Reader
from monitor.store.writer import Writer
from monitor.text import text

LARGEST = 20 * 1024 * 1024


class OpmlFiles:
    """`placed` is told of each added source, in the writer thread."""

    def __init__(self, store: StoreThreads, placed: Callable[[Source], Source]) -> None:
        self._store = store
        self._placed = placed

    def read(self, path: Path) -> ImportReport:
        """Add what the file lists. Raises BadInput when it cannot be read at all."""
        from monitor.sources.opml import read_opml  # only who imports pays for it

        found = read_opml(_contents(path))
        added = known = 0
        for source in found.sources:
            if self._store.write(lambda writer, source=source: self._add(writer, source)).result():
                added += 1
            else:
                known += 1
        return ImportReport(added, known, found.unusable)
