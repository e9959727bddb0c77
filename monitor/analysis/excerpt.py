"""What a long text says around a brand's name: whole sentences near it, and the way back. Pure, linear.

A text of usual length is its own excerpt. What stands far from the name is hardly about it, and
reading all of a long article would cost more than everything else that is done with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model.brand import Match

LONGEST = 1_200
"""Code points of an excerpt, about: a text is cut between sentences where it has any."""

_REACH = 300  # code points before and after a name that are looked at
_SENTENCE = re.compile(r"[.!?…][\s»”\")]+|\n+")
_GAP = "\n"  # ends a sentence, so that nothing is read across it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`matches` count in `text`. `starts` and `places`: where each piece begins here and in the whole."""

    text: str
    matches: tuple[Match, ...]
    starts: tuple[int, ...] = (0,)
    places: tuple[int, ...] = (0,)

    def place(self, position: int) -> int:
        """Where a character of the excerpt stands in the whole text."""
        piece = bisect_right(self.starts, position) - 1
        return self.places[piece] + position - self.starts[piece]


def excerpt(text: str, matches: Sequence[Match]) -> Excerpt:
    """The sentences around `matches`, the first ones first; the text's beginning when there are none."""
    if len(text) <= LONGEST:
        return Excerpt(text, tuple(matches))
    spans = list(_spans(text, matches)) or [(0, _end(text, 0, LONGEST))]
    starts, here = [], 0
    for start, end in spans:
        starts.append(here)
        here += end - start + len(_GAP)
    return Excerpt(
        text=_GAP.join(text[start:end] for start, end in spans),
        matches=tuple(_moved(matches, spans, starts)),
        starts=tuple(starts),
        places=tuple(start for start, _ in spans),
    )


def _spans(text: str, matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """[start, end) of each piece in text order; the last one may reach a little beyond LONGEST."""
    taken, first, last = 0, -1, -1
    for match in sorted(matches, key=lambda match: match.start):
        if match.end <= last:
            continue
        if taken + max(last - first, 0) >= LONGEST:
            break
        start = _start(text, match.start)
        if first >= 0 and start > last:
            yield first, last
            taken += last - first
            first = start
        elif first < 0:
            first = start
        last = _end(text, match.end, _REACH)
    if first >= 0:
        yield first, last


def _start(text: str, at: int) -> int:
    """The first beginning of a sentence, else of a word, within reach before `at`."""
    floor = max(at - _REACH, 0)
    if not floor:
        return 0
    sentence = _SENTENCE.search(text, floor, at)
    if sentence:
        return sentence.end()
    space = text.find(" ", floor, at)
    return space + 1 if space >= 0 else floor


def _end(text: str, at: int, reach: int) -> int:
    """The last end of a sentence, else of a word, within reach after `at`."""
    ceiling = at + reach
    if ceiling >= len(text):
        return len(text)
    ends = [sentence.start() + 1 for sentence in _SENTENCE.finditer(text, at, ceiling)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", at, ceiling)
    return space if space >= 0 else ceiling


def _moved(
    matches: Sequence[Match], spans: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[Match]:
    for match in matches:
        for (start, end), here in zip(spans, starts, strict=True):
            if start <= match.start and match.end <= end:
                yield Match(here + match.start - start, here + match.end - start, match.name)
