"""A brand to watch and how it is recognised. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """`id` is 0 until stored.

    A post is about the brand when one of `names` (the name itself and its aliases) is in it as
    whole words, at least one of `must_near` (if any) and none of `must_not_near` is within
    `NEAR_WORDS` words of it, and its author, site and language are not excluded.
    `exact` compares accents and case as written; otherwise both are folded.
    `excluded_sites` are host names and match their subdomains; `excluded_languages` are ISO 639-1
    codes. `color` is an index into the interface's palette. A `rival` is watched, never alerted.
    """

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    must_near: tuple[str, ...] = ()
    must_not_near: tuple[str, ...] = ()
    excluded_authors: tuple[str, ...] = ()
    excluded_sites: tuple[str, ...] = ()
    excluded_languages: tuple[str, ...] = ()
    exact: bool = False
    rival: bool = False
    color: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


NEAR_WORDS = 12


@dataclass(frozen=True, slots=True)
class Match:
    """Where a brand's name stands: [start, end) in code points of `Post.full_text`, as written there."""

    start: int
    end: int
    name: str
