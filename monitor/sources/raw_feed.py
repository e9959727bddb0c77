"""What the readers of the formats (XML, JSON, ill-formed) hand to posts.py. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawEntry:
    """One entry: text already plain, links already absolute and safe, dates as written.

    `id` is the atom:id, guid or JSON id, "" without one.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    author_url: str = ""
    published: str = ""
    language: str = ""
    thread: str = ""


@dataclass(slots=True)
class RawFeed:
    """`ttl` is in seconds, 0 without one. `skip_hours` are GMT. `ended` is JSON Feed's "expired"."""

    title: str = ""
    language: str = ""
    entries: list[RawEntry] = field(default_factory=list)
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    ended: bool = False
