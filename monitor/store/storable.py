"""Text that the database's driver accepts. Pure."""

from __future__ import annotations


def storable(text: str) -> str:
    """The same text; a lone surrogate, which no database takes, becomes a question mark.

    One sign for one sign, so that positions in the text stay right.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
