"""Copies of the database file: before a migration, and a damaged one set aside. No SQLAlchemy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from monitor.store.border import disk_errors
from monitor.store.file_uri import file_uri

SIDE_FILES = ("-wal", "-shm", "-journal")
KEPT = 5


def back_up(path: Path, backups: Path, revision: str) -> Path:
    """A whole copy of `path` in `backups`, named after its revision and the moment; the copy's path.

    Raises sqlite3.Error and ProfileError; then no half copy stays behind. The oldest copies beyond
    KEPT go.
    """
    with disk_errors(backups):
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = backups / f"{path.stem}-{revision}-{stamp(datetime.now(UTC))}{path.suffix}"
        try:
            with (
                closing(sqlite3.connect(file_uri(path, "ro"), uri=True)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
                # The copy inherits the write-ahead log; one file is easier to put back.
                target.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        for old in _copies(backups)[:-KEPT]:
            old.unlink(missing_ok=True)
    return copy


def newest_backup(backups: Path) -> Path | None:
    copies = _copies(backups)
    return copies[-1] if copies else None


def set_aside(path: Path, now: datetime) -> Path:
    """Rename the file and what SQLite keeps beside it; its new path. Raises OSError."""
    kept = path.with_name(f"{path.name}.damaged-{stamp(now)}")
    for side in SIDE_FILES:
        beside = path.with_name(path.name + side)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + side))
    path.rename(kept)
    return kept


def stamp(now: datetime) -> str:
    return now.strftime("%Y%m%d-%H%M%S")


def _copies(backups: Path) -> list[Path]:
    """Oldest first."""
    if not backups.is_dir():
        return []
    return sorted(backups.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime_ns)
