"""From the engine's positions (code points) to Qt's (UTF-16 units). Pure."""

from __future__ import annotations

ASTRAL = 0x10000
"""From here on a code point takes two units in Qt, one in Python."""


def utf16_length(text: str) -> int:
    """How many units Qt counts for `text`."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if ord(char) >= ASTRAL)


def utf16_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Qt's start and length of `text[start:end]`."""
    return utf16_length(text[:start]), utf16_length(text[start:end])
