"""What a person said about one mention, with what was thought of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model.brand import Match
from monitor.model.mention import Correction
from monitor.model.verdict import Tone

TONES = {
    Correction.NEGATIVE: Tone.NEGATIVE,
    Correction.NEUTRAL: Tone.NEUTRAL,
    Correction.POSITIVE: Tone.POSITIVE,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One mention that was corrected, or opened and left as it was (`said` None).

    What was left as it was only holds a model back: it never counts towards the corrections needed.

    `id` is the mention's. `text` is the post's full text, `matches` count in it. `language`,
    `p_negative`, `p_positive` and `shown` are the verdict's WITHOUT any brand model: so that learning
    never feeds on itself. `site` is a host name, `author` a handle or name, "" when unknown.
    """

    id: int
    text: str
    language: str
    matches: tuple[Match, ...]
    p_negative: float
    p_positive: float
    shown: Tone
    said: Correction | None
    site: str = ""
    author: str = ""

    @property
    def tone(self) -> Tone:
        """The tone this teaches; UNKNOWN when none: not about us, or a language that is not read."""
        if self.said is Correction.NOT_US or self.shown is Tone.UNKNOWN:
            return Tone.UNKNOWN
        return self.shown if self.said is None else TONES[self.said]


def in_order(examples: Iterable[Example]) -> list[Example]:
    """One order for one set: sums of floats depend on it, and a model must not depend on the caller."""
    return sorted(
        examples, key=lambda one: (one.id, one.text, one.said or "", one.shown, one.p_negative)
    )
