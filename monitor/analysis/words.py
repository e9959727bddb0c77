"""Where words begin and end, in every script. Pure."""

from __future__ import annotations

import unicodedata

# Scripts written without spaces, or (Hangul) with particles stuck to the name: first, last code point.
_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul jamo
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x31FF),  # kana, bopomofo
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def is_word(char: str) -> bool:
    """Letters, digits, and the marks that belong to letters."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def is_spaceless(char: str) -> bool:
    """The character's script does not put spaces between words."""
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _SPACELESS)


def parts_words(left: str, right: str) -> bool:
    """Whether a word may end with `left` and another begin with `right`. "" is the text's edge."""
    if not left or not right or not is_word(left) or not is_word(right):
        return True
    return is_spaceless(left) or is_spaceless(right)
