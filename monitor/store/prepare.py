"""Making the database file ready before anything opens it: create, check, back up, migrate.

Nothing here imports SQLAlchemy or Alembic until there is something to migrate: an ordinary start
only compares the stored revision. Blocking; not for the GUI thread.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import ProfileError
from monitor.store.backup import back_up, newest_backup, set_aside
from monitor.store.border import (
    DAMAGED,
    database_errors,
    disk_errors,
    suspicion,
)
from monitor.store.file_uri import BUSY_MILLISECONDS, file_uri
from monitor.store.migrations import HEAD
from monitor.text import text

_HAS_TABLES = "SELECT count(*) FROM sqlite_master"
_HAS_REVISION = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
_REVISION = "SELECT version_num FROM alembic_version"


def prepare(path: Path, backups: Path) -> None:
    """Create or migrate the database at `path`. A file that is migrated is first copied to `backups`.

    Raises ProfileError: read-only, full, damaged (set aside untouched), of a newer version, of
    another program. Then the file is as it was.
    """
    with disk_errors(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with database_errors(path):
        try:
            _make_ready(path, backups)
        except sqlite3.Error as error:
            if _is_damaged(error):
                raise _damaged(path, backups) from error
            raise


def _make_ready(path: Path, backups: Path) -> None:
    if suspicion(path).exists():
        _check(path)
        suspicion(path).unlink()
    revision = stored_revision(path)
    if revision == HEAD:
        _must_be_writable(path)
        return
    if revision is not None:
        if not revision.isdigit() or revision > HEAD:
            raise _newer(path)
        _check(path)
        back_up(path, backups, revision)
    # Alembic takes a quarter of a second to import, and most starts never need it.
    from monitor.store.migrate import migrate

    migrate(path)


def stored_revision(path: Path) -> str | None:
    """None when there is no database yet. Raises ProfileError for another program's, sqlite3.Error."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(_open(path, "ro")) as connection:
        if connection.execute(_HAS_REVISION).fetchone()[0]:
            row = connection.execute(_REVISION).fetchone()
            return None if row is None else str(row[0])
        if connection.execute(_HAS_TABLES).fetchone()[0]:
            raise _foreign(path)
    return None


def _open(path: Path, mode: str) -> sqlite3.Connection:
    seconds = BUSY_MILLISECONDS / 1000
    return sqlite3.connect(file_uri(path, mode), uri=True, isolation_level=None, timeout=seconds)


def _check(path: Path) -> None:
    """Read every page once: about a second for a hundred thousand mentions."""
    with closing(_open(path, "ro")) as connection:
        result = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if result != "ok":
        damaged = sqlite3.DatabaseError(str(result))
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged


def _must_be_writable(path: Path) -> None:
    """An up-to-date file is told to be read-only here, not at the first post that is lost."""
    with closing(_open(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


def _is_damaged(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in DAMAGED


def _damaged(path: Path, backups: Path) -> ProfileError:
    """Set the damaged file aside, whole, so that the next start can begin anew or with a backup."""
    with disk_errors(path.parent):
        kept = set_aside(path, datetime.now(UTC))
        suspicion(path).unlink(missing_ok=True)
    backup = newest_backup(backups)
    if backup is None:
        hint = text(
            "Start again to begin with an empty database. There is no backup yet; keep the damaged file: what it holds may be recovered."
        )
    else:
        hint = text(
            "To go back, copy {backup} to {file}, then start again. Without it the next start begins empty.",
            backup=str(backup),
            file=str(path),
        )
    return ProfileError(
        text("The database is damaged."),
        text("It was set aside untouched as {file}.", file=str(kept)),
        hint,
    )


def _newer(path: Path) -> ProfileError:
    return ProfileError(
        text("The database belongs to a newer version of the program."),
        text("{file} was not touched; everything in it is safe.", file=str(path)),
        text("Install the newest version, or choose another profile folder."),
    )


def _foreign(path: Path) -> ProfileError:
    return ProfileError(
        text("This database belongs to another program."),
        text("{file} was not touched.", file=str(path)),
        text("Choose another profile folder."),
    )
