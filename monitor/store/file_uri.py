"""How a database file is named to SQLite. Pure; free of SQLAlchemy, whose import start-up can spare."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

BUSY_MILLISECONDS = 5_000
"""How long a statement waits for another process's write."""


def file_uri(path: Path, mode: str) -> str:
    """The address SQLite wants; `mode` is ro (read), rw (write an existing file) or rwc (create it)."""
    absolute = path.absolute().as_posix()
    slash = "" if absolute.startswith("/") else "/"
    return f"file://{slash}{quote(absolute)}?mode={mode}"
