"""The profile's two connections, each in its own thread. Opens and closes them; asks nothing itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from monitor.engine.connection_thread import ConnectionThread
from monitor.model.post import Author
from monitor.sources.registry import place_of
from monitor.store.connection import open_reader, open_writer
from monitor.store.prepare import prepare
from monitor.store.reader import Reader
from monitor.store.writer import Writer

R = TypeVar("R")


class StoreThreads:
    def __init__(self, database: Path, backups: Path) -> None:
        self._database = database
        self._backups = backups
        self.writer: ConnectionThread[Writer] = ConnectionThread(
            "writer", lambda: Writer(open_writer(database), place_of), Writer.close
        )
        self.reader: ConnectionThread[Reader] = ConnectionThread(
            "reader", lambda: Reader(open_reader(database)), Reader.close
        )

    def start(self) -> None:
        """Migrate if need be and open both. Blocking. Raises ProfileError."""
        prepare(self._database, self._backups)
        self.writer.start()
        self.reader.start()

    def read(self, job: Callable[[Reader], R]) -> Future[R]:
        return self.reader.submit(job)

    def write(self, job: Callable[[Writer], R]) -> Future[R]:
        return self.writer.submit(job)

    def known_hashes(self, source_id: int, native_ids: Sequence[str]) -> dict[str, str]:
        """Of these posts, those that are stored: native id -> content hash. Waits for the reader."""
        return self.read(lambda reader: reader.known_hashes(source_id, native_ids)).result()

    def usual_languages(self, source_id: int, authors: Sequence[Author]) -> dict[Author, str]:
        """As Reader.usual_languages."""
        return self.read(lambda reader: reader.usual_languages(source_id, authors)).result()

    def stop(self, timeout: float) -> None:
        """Everything submitted is done first. The writer closes last: it folds the log into the file."""
        deadline = time.monotonic() + timeout
        self.reader.stop(timeout / 2)
        self.writer.stop(max(timeout / 2, deadline - time.monotonic()))
