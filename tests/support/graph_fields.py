"""What Meta's Graph API answers to `fields`: only what was asked for, lists within things included.

`a,b{c,d},comments.filter(stream).limit(2){id}` as the documentation of field expansion has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"\w+")
_CALL = re.compile(r"\.(\w+)\(([^()]*)\)")

Thing = Mapping[str, Any]
Edge = Callable[[str, str, Mapping[str, str]], list[Thing] | None]
"""Of a thing's id, the list's name and what was asked of it: newest first, None for no such list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: `calls` are its modifiers, `inner` what is asked of what stands there."""

    name: str
    calls: Mapping[str, str] = field(default_factory=dict)
    inner: tuple[Asked, ...] = ()


def parse(fields: str) -> tuple[Asked, ...]:
    """Raises ValueError for what is no list of fields."""
    found, end = _fields(fields, 0)
    if end != len(fields):
        raise ValueError(f"Syntax error at character {end} of {fields}")
    return found


def _fields(text: str, at: int) -> tuple[tuple[Asked, ...], int]:
    found = []
    while True:
        name = _NAME.match(text, at)
        if name is None:
            raise ValueError(f"Syntax error at character {at} of {text}")
        at, calls = name.end(), {}
        while call := _CALL.match(text, at):
            calls[call[1]], at = call[2], call.end()
        inner: tuple[Asked, ...] = ()
        if text[at : at + 1] == "{":
            inner, at = _fields(text, at + 1)
            if text[at : at + 1] != "}":
                raise ValueError(f"Expected end of braces at {at} of {text}")
            at += 1
        found.append(Asked(name[0], calls, inner))
        if text[at : at + 1] != ",":
            return tuple(found), at
        at += 1


def select(
    thing: Thing, asked: tuple[Asked, ...], edge: Edge, link: Callable[[str], str]
) -> dict[str, Any]:
    """What is asked of a thing; its id always. `link` makes the address of a list's next page."""
    answer: dict[str, Any] = {"id": thing["id"]} if "id" in thing else {}
    for one in asked:
        value = thing.get(one.name)
        if isinstance(value, dict) and one.inner:
            answer[one.name] = select(value, one.inner, edge, link)
        elif value is not None:
            answer[one.name] = value
        elif (below := edge(str(thing.get("id", "")), one.name, one.calls)) is not None:
            if one.name == "replies" and not below:
                continue  # Instagram leaves empty ones out
            path = f"{thing['id']}/{one.name}"
            answer[one.name] = listed(
                below, one.calls, one.inner or (Asked("id"),), edge, link, path
            )
    return answer


def listed(
    things: list[Thing],
    calls: Mapping[str, str],
    asked: tuple[Asked, ...],
    edge: Edge,
    link: Callable[[str], str],
    path: str,
) -> dict[str, Any]:
    """A page of a list: `after` is how many came before, written as Meta's opaque words."""
    start = int(calls.get("after", "QV0").removeprefix("QV") or 0)
    most = int(calls.get("limit", 25))
    page = [select(thing, asked, edge, link) for thing in things[start : start + most]]
    answer: dict[str, Any] = {"data": page}
    if page:
        after = f"QV{start + most}"
        answer["paging"] = {"cursors": {"before": f"QV{start}", "after": after}}
        if start + most < len(things):
            answer["paging"]["next"] = link(f"{path}?limit={most}&after={after}")
    if calls.get("summary"):
        answer["summary"] = {"order": "reverse_chronological", "total_count": len(things)}
    return answer
