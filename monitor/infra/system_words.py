"""What the operating system says of a failure, as a sentence in the person's language. Pure."""

from __future__ import annotations

import errno

from monitor.text import Text, text

_WORDS = {
    errno.EACCES: text("access is denied"),
    errno.EPERM: text("access is denied"),
    errno.EROFS: text("the file system is read-only"),
    errno.ENOSPC: text("the disk is full"),
    errno.ENOENT: text("no such file or folder"),
    errno.ENOTDIR: text("a file stands where a folder should be"),
    errno.EEXIST: text("a file stands where a folder should be"),
    errno.EISDIR: text("it is a folder"),
    errno.EIO: text("the disk cannot be read or written"),
    errno.ECONNREFUSED: text("connection refused"),
    errno.ECONNRESET: text("the connection was reset"),
    errno.EHOSTUNREACH: text("it cannot be reached from here"),
    errno.ENETUNREACH: text("the network cannot be reached"),
    errno.ETIMEDOUT: text("no answer in time"),
}


def told(error: OSError) -> Text:
    """Without a capital and a full stop, to stand in brackets; the system's own words for what is rare."""
    words = _WORDS.get(error.errno or 0)
    return words or text("{why}", why=error.strerror or str(error))
