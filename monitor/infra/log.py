"""The log file of a profile: rotating, readable by its owner alone, without secrets."""

from __future__ import annotations

import logging
import logging.handlers
import re
from contextlib import suppress
from pathlib import Path

MAX_BYTES = 1_000_000
KEPT_FILES = 3

# What may stand in an address or a header and must not stand in a file people mail to each other.
_SECRETS = (
    re.compile(r"(?<=://)[^/\s@]+@"),
    re.compile(
        r"(?i)(?<=[?&])((?:\w*_?)(?:token|secret|proof)|api_?key|key|code|password|auth|feed|sig|state)"
        r"=[^&\s\"']+"
    ),
    re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"),
)


def start_log(path: Path, level: int = logging.INFO) -> logging.Handler:
    """Write the log of everything under "monitor" and "ui" to `path`; returns the handler to remove.

    A log that cannot be written is no reason to stop: then nothing is logged.
    """
    handler: logging.Handler
    try:
        handler = _File(
            path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=False
        )
        path.chmod(0o600)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(
        _Redacting("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    for name in ("monitor", "ui"):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.addHandler(handler)
    return handler


def stop_log(handler: logging.Handler) -> None:
    for name in ("monitor", "ui"):
        logging.getLogger(name).removeHandler(handler)
    handler.close()


def redact(line: str) -> str:
    """The line without credentials: user:password@, token-like query values, Authorization values."""
    line = _SECRETS[0].sub("…@", line)
    line = _SECRETS[1].sub(r"\1=…", line)
    return _SECRETS[2].sub(r"\1 …", line)


class _File(logging.handlers.RotatingFileHandler):
    """Silent on a full disk: whoever could not save says so; the log adds no traceback to it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name logging gives it
        """The line is lost."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
