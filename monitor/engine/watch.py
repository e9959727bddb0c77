"""Which brands are being looked for right now, and which voices are the person's own. One reference,
swapped whole.

Only the writer thread swaps it, and only the writer thread applies polls: so a post matched with
older brands is noticed before it is stored, and no brand misses what arrived while it was saved.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.analysis.analyser import Analyser
from monitor.engine.finder import Finder
from monitor.model.brand import Brand
from monitor.model.voices import Voices


class Watch:
    """`finder` may be read from any thread."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self.finder = Finder((), analyser)

    def set(self, brands: Iterable[Brand]) -> None:
        """In the writer thread. Raises BadInput when a name cannot be looked for; nothing changed then."""
        self.finder = self.finder_of(brands)

    def hear(self, voices: Voices) -> None:
        """In the writer thread. What these write from now on is the person's own."""
        self.finder = Finder(tuple(self.finder.brands.values()), self._analyser, voices)

    def finder_of(self, brands: Iterable[Brand]) -> Finder:
        return Finder(tuple(brands), self._analyser, self.finder.voices)
