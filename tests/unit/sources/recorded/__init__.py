"""What each network answers, written after its documentation: one file a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.model.account import Login


@dataclass(frozen=True, slots=True)
class Recorded:
    """The form, the address and the payloads of one kind. `full` holds `full_count` posts, newest
    first; `hostile` and `undated` hold one each. `pages` are addresses a person may paste, with the
    answers of the form they mean (an account is the person's choice and may be left out).

    A kind that reads with an account has a `login`, whose secrets all hold the word SECRET. What it asks
    is answered at `path` ("/host/path", "" for everything), what it asks besides as `around` says.
    """

    fields: Mapping[str, str]
    address: str
    empty: bytes
    full: bytes
    full_count: int
    malformed: bytes
    hostile: bytes
    undated: bytes
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    login: Login | None = None
    path: str = ""
    around: Mapping[str, bytes] = field(default_factory=dict)
