"""What each network answers, written after its documentation: one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recorded:
    """The form, the address and the payloads of one kind. `full` holds `full_count` posts, newest
    first; `hostile` and `undated` hold one each. `pages` are addresses a person may paste, with the
    answers of the form they mean."""

    fields: Mapping[str, str]
    address: str
    empty: bytes
    full: bytes
    full_count: int
    malformed: bytes
    hostile: bytes
    undated: bytes
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
