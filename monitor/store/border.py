"""Where the database's own errors become sentences for a person. Nothing else catches them."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from monitor.errors import ProfileError
from monitor.infra.system_words import told as told_by_system
from monitor.text import Text, text

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNREADABLE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what the disk or the file did wrong into ProfileError; a bug of ours passes unchanged."""
    try:
        yield
    except Exception as error:
        # SQLAlchemy wraps the driver's error and keeps it in `orig`; asked for by name, so that a
        # start with an up-to-date file does not import SQLAlchemy.
        driver_error = getattr(error, "orig", error)
        told = explain(driver_error, path) if isinstance(driver_error, sqlite3.Error) else None
        if told is None:
            raise
        raise told from error


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """The same for the system's own errors about files and folders."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(str(place)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise read_only(str(place)) from error
        reason = text("The system says: {reason}", reason=told_by_system(error))
        raise unreadable(str(place), reason) from error


def explain(error: sqlite3.Error, path: Path) -> ProfileError | None:
    """What a person is told about a database error; None when it is no fault of file or disk."""
    # An error that Python's own driver raises carries no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    file = str(path)
    if code == sqlite3.SQLITE_FULL:
        return disk_full(file)
    if code in DAMAGED:
        suspect(path)
        return ProfileError(
            text("The database is damaged."),
            text("Part of {file} cannot be read. Nothing more is written to it.", file=file),
            text("Start the program again: it checks the file and sets it aside if need be."),
        )
    if code in _READ_ONLY:
        return read_only(file)
    if code in _BUSY:
        return ProfileError(
            text("The database is in use."),
            text("Another program holds {file}. Nothing was changed.", file=file),
            text("Close the other program, then try again."),
        )
    if code in _UNREADABLE:
        return unreadable(file, text("The system says: {reason}", reason=str(error)))
    return None


def disk_full(file: str) -> ProfileError:
    return ProfileError(
        text("The disk is full."),
        text(
            "The last change could not be saved in {file}. What was saved before is safe.",
            file=file,
        ),
        text("Free some space on this disk; listening goes on by itself."),
    )


def read_only(file: str) -> ProfileError:
    return ProfileError(
        text("The profile cannot be written."),
        text("{file} or its folder is read-only. Nothing was changed.", file=file),
        text("Allow writing to this folder, or choose another profile folder."),
    )


def unreadable(file: str, reason: Text) -> ProfileError:
    return ProfileError(
        text("The database cannot be read or written."),
        text("The disk refused {file}. {reason}", file=file, reason=reason),
        text(
            "Check that the disk is connected and that the folder may be written, then try again."
        ),
    )


def suspicion(path: Path) -> Path:
    """The marker beside the database that asks the next start for a thorough check."""
    return path.with_name(path.name + ".check")


def suspect(path: Path) -> None:
    with suppress(OSError):  # the disk may be gone or read-only: then the next error tells
        suspicion(path).touch()
