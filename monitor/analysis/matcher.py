"""Which brands a text names, and where: one pass, however many brands there are. Pure.

Names only: what must or must not stand near them is decided in near.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from monitor.analysis.addresses import Addresses, Kind, in_hashtag
from monitor.analysis.fold import WayBack, as_written, fold, is_mark
from monitor.analysis.words import is_word, parts_words
from monitor.errors import BadInput
from monitor.model.brand import Brand, Match
from monitor.text import text as sentence

_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_SHORTEST_TAG = 3  # #CA is not C&A
_SHORTEST_JOINED = 6  # "cocacola" in prose is Coca-Cola; shorter joined names are too often words


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way of writing one name. `joined` is without spaces and symbols, as in tags and handles."""

    brand: Brand
    name: str
    joined: bool

    def is_as_written(self, slice_: str) -> bool:
        written = as_written(self.name)
        return as_written(slice_) == (_join(written) if self.joined else written)


class Matcher:
    """Built once for a set of brands; `find` is safe from any thread.

    Raises BadInput when a name is empty or a single letter or sign.
    """

    def __init__(self, brands: Sequence[Brand]) -> None:
        spellings: dict[str, list[_Spelling]] = defaultdict(list)
        for brand in brands:
            for name in brand.names:
                for folded, joined in _spellings(name):
                    spellings[folded].append(_Spelling(brand, name, joined))
        self._spellings = list(spellings.values())
        # The DFA costs memory (some MB for 1,000 brands) and makes 1,000 brands as fast as ten.
        self._automaton = AhoCorasick(list(spellings), implementation=Implementation.DFA)

    def find(self, text: str) -> Mapping[int, tuple[Match, ...]]:
        """Brand id -> where its names stand in `text`, by position; the longest of overlapping ones."""
        folded = fold(text)
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        if not hits:
            return {}
        return _Finder(text, folded).matches(
            (spelling, start, end)
            for index, start, end in hits
            for spelling in self._spellings[index]
        )


class _Finder:
    """One text's hits, checked against what surrounds them."""

    def __init__(self, text: str, folded: str) -> None:
        self._text = text
        self._folded = folded
        self._back = WayBack(text, folded)
        self._addresses = Addresses(text)

    def matches(
        self, hits: Iterable[tuple[_Spelling, int, int]]
    ) -> Mapping[int, tuple[Match, ...]]:
        found: dict[int, list[Match]] = defaultdict(list)
        for spelling, first, last in hits:
            match = self._check(spelling, first, last)
            if match:
                found[spelling.brand.id].append(match)
        return {brand_id: _longest(matches) for brand_id, matches in found.items()}

    def _check(self, spelling: _Spelling, first: int, last: int) -> Match | None:
        if self._splits_a_letter(first, last):
            return None
        start, end = self._place(first, last)
        free = self._parts_words(first) and self._parts_words(last)
        tag = (not free or spelling.joined) and in_hashtag(self._text, start)
        if not free and not (tag and self._is_between_humps(first, last, start, end)):
            return None
        address = self._addresses.at(start)
        handle = address is not None and address.kind is Kind.HANDLE
        if address and not handle and not _DOMAIN.fullmatch(spelling.name.strip()):
            return None
        if address and handle and not self._is_whole_handle(start, end, address.start, address.end):
            return None
        if spelling.joined and not (tag or handle or last - first >= _SHORTEST_JOINED):
            return None
        if spelling.brand.exact and not spelling.is_as_written(self._text[start:end]):
            return None
        return Match(start, end, spelling.name)

    def _splits_a_letter(self, first: int, last: int) -> bool:
        """The hit begins or ends in the middle of an opened ß or œ."""
        back = self._back
        return (first > 0 and back[first] == back[first - 1]) or (
            last < len(back) and back[last] == back[last - 1]
        )

    def _parts_words(self, at: int) -> bool:
        folded = self._folded
        return at in (0, len(folded)) or parts_words(folded[at - 1], folded[at])

    def _place(self, first: int, last: int) -> tuple[int, int]:
        """From folded positions to positions as written, trailing accents included."""
        start, end = self._back[first], self._back[last - 1] + 1
        while end < len(self._text) and (is_mark(self._text[end]) or self._text[end] == "\ufe0f"):
            end += 1
        return start, end

    def _is_between_humps(self, first: int, last: int, start: int, end: int) -> bool:
        """#BoycottCafeLumen: inside a tag, a capital after a small letter begins a word."""
        return (self._parts_words(first) or self._is_hump(start)) and (
            self._parts_words(last) or self._is_hump(end)
        )

    def _is_hump(self, at: int) -> bool:
        return self._text[at].isupper() and not self._text[at - 1].isupper()

    def _is_whole_handle(self, start: int, end: int, handle_start: int, handle_end: int) -> bool:
        """@cafelumen is the brand, @cafelumen_fan is somebody else; @cafelumen.example is its domain."""
        if start not in (handle_start, handle_start - 1):
            return False
        return end >= handle_end or self._text[end] == "."


def _longest(matches: list[Match]) -> tuple[Match, ...]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if kept and match.start < kept[-1].end:
            if match.end - match.start > kept[-1].end - kept[-1].start:
                kept[-1] = match
            continue
        kept.append(match)
    return tuple(kept)


def _join(name: str) -> str:
    return "".join(char for char in name if is_word(char))


def _spellings(name: str) -> set[tuple[str, bool]]:
    """The folded ways a name is written, each with whether it is the joined one."""
    folded = fold(name).strip()
    letters = _join(folded)
    if len(letters) < 2 and not _has_emoji(folded) and len(folded) < 3:
        raise _too_short(name)
    if not letters and not _has_emoji(folded):
        raise _too_short(name)
    spellings = {(folded, False)}
    if "&" in folded:
        tight = folded.replace(" & ", "&")
        spellings |= {(tight, False), (tight.replace("&", " & "), False)}
    if letters != folded and len(letters) >= _SHORTEST_TAG:
        spellings.add((letters, True))
    return spellings


def _has_emoji(folded: str) -> bool:
    return any(ord(char) >= 0x2190 and not is_word(char) and char != "\ufffd" for char in folded)


def _too_short(name: str) -> BadInput:
    return BadInput(
        sentence("“{name}” is too short to be looked for.", name=name.strip()),
        sentence("A single letter or sign would be found in almost every post. Nothing was saved."),
        sentence("Write the name as people write it, with at least two letters or digits."),
    )
