"""Opening the database file: one connection each for one thread at a time, set up in one place.

The driver's own transaction handling is switched off, because it commits before every change of
the schema; every BEGIN is ours, so that migrations are whole or not at all.
https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from monitor.store.border import database_errors
from monitor.store.file_uri import BUSY_MILLISECONDS, file_uri

WRITER_CACHE_KIB = 8 * 1024
READER_CACHE_KIB = 16 * 1024
"""Measured at 100,000 mentions: the counts read three indexes of 4 MB, more brings nothing."""

_WRITER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    # With WAL a crash of the program loses nothing; a power cut may lose the last polls whole,
    # cursors included, so that they are simply read again.
    "PRAGMA synchronous = NORMAL",
    # Folding the log four times more rarely than usual: a third less time for a thousand first polls.
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA cache_size = -{WRITER_CACHE_KIB}",
    "PRAGMA temp_store = MEMORY",
)
_READER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA query_only = ON",
    f"PRAGMA cache_size = -{READER_CACHE_KIB}",
    "PRAGMA temp_store = MEMORY",
)


def open_writer(path: Path) -> Connection:
    """The read-write connection to a prepared file. Raises ProfileError."""
    return _open(path, "rw", _WRITER_PRAGMAS, "BEGIN IMMEDIATE")


def open_reader(path: Path) -> Connection:
    """A connection that cannot write; any number of them beside the writer. Raises ProfileError."""
    return _open(path, "ro", _READER_PRAGMAS, "BEGIN")


def open_migrator(path: Path) -> Connection:
    """As the writer, but it creates the file, and foreign keys wait until `migrate` checks them all:
    SQLite rebuilds a table to change it. Raises ProfileError."""
    pragmas = tuple(pragma for pragma in _WRITER_PRAGMAS if "foreign_keys" not in pragma)
    return _open(path, "rwc", pragmas, "BEGIN IMMEDIATE")


def database_file(connection: Connection) -> Path:
    """The file a connection was opened on, for the sentences about it."""
    return Path(connection.engine.url.database or "")


def _open(path: Path, mode: str, pragmas: tuple[str, ...], begin: str) -> Connection:
    uri = file_uri(path, mode)

    def connect() -> sqlite3.Connection:
        # Opened in one thread and used in another by some callers, but never by two at once.
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        URL.create("sqlite", database=str(path)), creator=connect, poolclass=NullPool
    )

    @event.listens_for(engine, "connect")
    def set_up(driver: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            driver.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # Past SQLAlchemy, whose way to it costs as much as a statement of the transaction.
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        driver.execute(begin).close()

    with database_errors(path):
        return engine.connect()
