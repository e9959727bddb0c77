"""What a brand could listen to and leave out, before anything is stored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.model.brand import Brand
from monitor.model.post import Post
from monitor.model.source import Source
from monitor.text import Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source a brand could listen to, known from its name alone.

    `source` is what would be stored. Its `id` is 0 for a new one; that of a stored source which would
    look for one name more (`grows`), or which listens to this already (`there`).
    `label` is the network; `language` (ISO 639-1), `country` (ISO 3166-1) and `detail` (a server, a
    tag) tell its editions apart, "" where there is none. `unseen` is what the network never shows.
    `chosen`: ticked at first. `spare`: another edition of one that is, for those who want more.
    """

    source: Source
    label: Text
    language: str = ""
    country: str = ""
    detail: str = ""
    unseen: Text | None = None
    chosen: bool = False
    there: bool = False
    spare: bool = False

    @property
    def kind(self) -> str:
        return self.source.kind

    @property
    def fields(self) -> Mapping[str, str]:
        return self.source.fields

    @property
    def address(self) -> str:
        return self.source.address

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def grows(self) -> bool:
        """A stored source is asked for one name more: store it with `update_source`."""
        return self.source.id != 0 and not self.there


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a proposed source shows now; nothing of it is stored.

    `posts` are newest first, at most 100, each text cut. `naming` are the places in `posts` of those
    about the brand, `day` and `week` how many of these are of the last 24 hours and 7 days; `more`:
    the answer does not reach back a week. `problem` says why there is none, `note` what a person
    should know all the same. `asked` False: the network was left alone on purpose.
    """

    posts: tuple[Post, ...] = ()
    naming: tuple[int, ...] = ()
    day: int = 0
    week: int = 0
    more: bool = False
    problem: Text | None = None
    note: Text | None = None
    asked: bool = True

    @property
    def samples(self) -> tuple[Post, ...]:
        """The newest about the brand, at most 3."""
        return tuple(self.posts[place] for place in self.naming[:3])

    @property
    def noisy(self) -> bool:
        """Most of what it shows is not about the brand."""
        return len(self.posts) >= 10 and 5 * len(self.naming) < len(self.posts)


class Leaves(StrEnum):
    """The field of a Brand that an exclusion goes into."""

    WORD = "must_not_near"
    AUTHOR = "excluded_authors"
    SITE = "excluded_sites"
    LANGUAGE = "excluded_languages"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something to leave out that looks like another thing of the same name.

    `value` is the word as people write it, the author, the host, or the language (ISO 639-1).
    `hides` counts the sampled posts about the brand that would be left out, `example` is one of them.
    `chosen`: the signs are so clear that it is ticked at first.
    """

    leaves: Leaves
    value: str
    hides: int
    example: str
    chosen: bool = False

    def narrow(self, brand: Brand) -> Brand:
        """The brand with this left out."""
        match self.leaves:
            case Leaves.WORD:
                return replace(brand, must_not_near=self._after(brand.must_not_near))
            case Leaves.AUTHOR:
                return replace(brand, excluded_authors=self._after(brand.excluded_authors))
            case Leaves.SITE:
                return replace(brand, excluded_sites=self._after(brand.excluded_sites))
            case Leaves.LANGUAGE:
                return replace(brand, excluded_languages=self._after(brand.excluded_languages))

    def _after(self, values: tuple[str, ...]) -> tuple[str, ...]:
        return values if self.value in values else (*values, self.value)
