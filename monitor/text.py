"""A sentence for a person, kept as template and values until the reader's language is known.

Pure. No I/O. The English template is the key of the other languages' catalogues
(resources/translations/engine.<language>.json), so the engine never needs Qt to speak French.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Catalogue = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """An English template with `{named}` places, and the values that go there.

    Values that are Text themselves are rendered in the same language.
    """

    template: str
    values: Mapping[str, str | int | float | Text] = field(default_factory=dict)

    def render(self, catalogue: Catalogue | None = None) -> str:
        """The sentence in the catalogue's language; English where the catalogue has no entry."""
        template = (catalogue or {}).get(self.template, self.template)
        values = {
            name: value.render(catalogue) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return template.format_map(values) if values else template

    def __str__(self) -> str:
        return self.render()

    def to_json(self) -> dict[str, object]:
        """A JSON object that `text_from_json` reads back; stored with alerts and source errors."""
        values = {k: v.to_json() if isinstance(v, Text) else v for k, v in self.values.items()}
        return {"template": self.template, "values": values}


def text(template: str, **values: str | int | float | Text) -> Text:
    """The one way a sentence is made. The template must be a literal: a test collects them all."""
    return Text(template, values)


def text_from_json(stored: Mapping[str, object]) -> Text:
    """Read back what `Text.to_json` wrote. Raises KeyError or TypeError on anything else."""
    values = stored["values"]
    if not isinstance(values, Mapping):
        raise TypeError("values of a stored text must be an object")
    read: dict[str, str | int | float | Text] = {
        name: text_from_json(value) if isinstance(value, Mapping) else value
        for name, value in values.items()
    }
    return Text(str(stored["template"]), read)
