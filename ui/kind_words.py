"""What the person calls a source of a network: its kind's label and what it looks for. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.model.source import Source
from monitor.model.source_form import KindForm
from monitor.model.source_names import readable_name
from monitor.text import Text
from ui.links import host_of
from ui.source_words import short_address

PLAIN = "feed"
"""The kind whose address says all there is to say."""


class KindWords:
    """Learns the kinds' labels when the engine tells them; until then an address must do."""

    def __init__(self, say: Callable[[Text], str]) -> None:
        self._say = say
        self._labels: dict[str, Text] = {}
        self._words: dict[str, frozenset[str]] = {}

    def learn(self, forms: Sequence[KindForm]) -> None:
        self._labels = {form.kind: form.label for form in forms}
        self._words = {
            form.kind: frozenset(field.key for field in form.fields if field.words)
            for form in forms
        }

    def label(self, kind: str) -> str:
        """ "" for a kind nobody has told of."""
        label = self._labels.get(kind)
        return self._say(label) if label is not None else ""

    def name(self, source: Source) -> str:
        """Its name; until the network has told one, what it looks for there."""
        label, *answers = self._parts(source) or ("",)
        return source.name or readable_name(label, answers) or short_address(source.address)

    def place(self, source: Source) -> str:
        """Where it listens: a feed's address; of a network what its name does not say already, and what
        tells two searches for the same words apart (an edition), for a long name is cut off."""
        label, *answers = self._parts(source) or ("",)
        if not label:
            return short_address(source.address)
        words = self._words.get(source.kind, frozenset())
        apart = [short_address(v) for key, v in source.fields.items() if v and key not in words]
        name = self.name(source).casefold()
        rest = [part for part in (label, *answers) if part in apart or part.casefold() not in name]
        return " · ".join(rest or [host_of(source.address)])

    def _parts(self, source: Source) -> list[str]:
        """The network and what was asked for there; none where the address says it all."""
        label = self.label(source.kind)
        if source.kind == PLAIN or not label:
            return []
        return [label, *(short_address(answer) for answer in source.fields.values() if answer)]
