"""Parts of a text that are addresses, not prose: links, e-mail addresses, @handles. Pure, linear time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

_LINK = re.compile(r"(?:https?://|\bwww\.)\S+", re.IGNORECASE)
_LOCAL_END = re.compile(r"\w+(?:\.\w+)*")
_LONGEST_TAG = 100  # no network allows longer hashtags; bounds the look back


class Kind(Enum):
    LINK = "link"
    EMAIL = "email"  # also the host part of @name@host
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Address:
    """[start, end) in the text; a handle is without its @."""

    kind: Kind
    start: int
    end: int


class Addresses:
    """Every address of one text, found once."""

    def __init__(self, text: str) -> None:
        links: list[Address] = []
        if "/" in text or "." in text:  # most texts have no link: spare them the search
            links = [Address(Kind.LINK, m.start(), m.end()) for m in _LINK.finditer(text)]
        self._all = sorted([*links, *_at_signs(text)], key=lambda a: a.start)
        self._starts = [address.start for address in self._all]

    def at(self, position: int) -> Address | None:
        """The address that covers this position; a link wins over a handle inside it."""
        index = bisect_right(self._starts, position) - 1
        covering = None
        for address in self._all[max(index - 1, 0) : index + 1]:
            if address.start <= position < address.end:
                if address.kind is Kind.LINK:
                    return address
                covering = address
        return covering


def _at_signs(text: str) -> list[Address]:
    found: list[Address] = []
    floor = 0  # nothing left of it is looked at again: the whole stays linear
    at = text.find("@")
    while at >= 0:
        start = at
        while start > floor and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
            start -= 1
        end_match = _LOCAL_END.match(text, at + 1)
        end = end_match.end() if end_match else at + 1
        if end_match:
            is_handle = start == at and not (at and text[at - 1].isalnum())
            previous = found[-1] if found else None
            is_host = previous is not None and previous.end == at  # @name@host
            if is_host:
                found.append(Address(Kind.EMAIL, at, end))
            elif is_handle:
                found.append(Address(Kind.HANDLE, at + 1, end))
            else:
                found.append(Address(Kind.EMAIL, start, end))
        floor = end
        at = text.find("@", end)
    return found


def in_hashtag(text: str, position: int) -> bool:
    """Whether the word at this position belongs to a #tag."""
    for index in range(position - 1, max(position - _LONGEST_TAG, 0) - 1, -1):
        char = text[index]
        if char in "#＃":
            return True
        if not char.isalnum() and char != "_":
            return False
    return False
