"""Links, mentions and tags of a Bluesky post: without facets they are dead text. Asks nothing itself.

Offsets are UTF-8 bytes, the end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from monitor.networks.lengths import links_in

MOST = 20
"""Most mentions that are looked up for one reply."""

_MENTION = regex.compile(
    r"(?<![\w@/.])@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])", regex.I
)
_TAG = regex.compile(r"(?<![\w#/&])[#＃]((?!\d+(?:\s|$))[\w\p{M}\p{So}·]{1,64})")
_TYPE = "app.bsky.richtext.facet"


def facets(text: str, did_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """In the order of the text. `did_of` answers "" for a handle nobody has: that stays plain text."""
    found: list[tuple[int, int, dict[str, str]]] = []
    links = links_in(text)
    for start, end in links:
        found.append((start, end, {"$type": f"{_TYPE}#link", "uri": text[start:end]}))
    outside = [one for one in _MENTION.finditer(text) if not _within(one.start(), links)]
    for mention in outside[:MOST]:
        did = did_of(mention.group(1).lower())
        if did:
            found.append((*mention.span(), {"$type": f"{_TYPE}#mention", "did": did}))
    for tag in _TAG.finditer(text):
        if not _within(tag.start(), links):
            found.append((*tag.span(), {"$type": f"{_TYPE}#tag", "tag": tag.group(1)}))
    return [
        {
            "index": {"byteStart": _bytes(text[:start]), "byteEnd": _bytes(text[:end])},
            "features": [feature],
        }
        for start, end, feature in sorted(found, key=lambda one: one[0])
    ]


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
