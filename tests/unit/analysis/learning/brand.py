"""Posts about one invented brand, as its people might have corrected them."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.analysis.learning.example import Example
from monitor.model.brand import Match
from monitor.model.mention import Correction
from monitor.model.verdict import Tone

NAME = "Zephyr"
TONES = {
    Correction.NEGATIVE: Tone.NEGATIVE,
    Correction.NEUTRAL: Tone.NEUTRAL,
    Correction.POSITIVE: Tone.POSITIVE,
}


def matches(text: str, name: str = NAME) -> tuple[Match, ...]:
    at = text.casefold().find(name.casefold())
    return () if at < 0 else (Match(at, at + len(name), text[at : at + len(name)]),)


def example(
    number: int,
    text: str,
    said: Correction | None,
    *,
    p_negative: float = 0.3,
    p_positive: float = 0.3,
    shown: Tone = Tone.NEUTRAL,
    site: str = "",
    author: str = "",
) -> Example:
    return Example(
        number, text, "en", matches(text), p_negative, p_positive, shown, said, site, author
    )


def tones(count: int, said: Correction | None = Correction.NEGATIVE) -> Iterator[Example]:
    """Posts whose only sign is a word of the trade: limescale is a complaint, crema is praise."""
    for number in range(count):
        bad = number % 2 == 0
        word = "limescale" if bad else "crema"
        own = Correction.NEGATIVE if bad else Correction.POSITIVE
        yield example(
            number,
            f"My {NAME} and its {word}, day {'x' * (number % 7 + 1)} of winter",
            said and own,
            shown=Tone.NEUTRAL if said else TONES[own],
        )


def strays(count: int) -> list[Example]:
    places = ("beach", "harbour", "cliffs", "dunes", "pier")
    return [
        example(
            1000 + number,
            f"a gentle zephyr breeze over the {places[number % 5]} this evening, sails up",
            Correction.NOT_US,
            author=f"sailor{number}",
        )
        for number in range(count)
    ]


def ours(count: int) -> list[Example]:
    things = (
        "machine broke",
        "parcel came",
        "invoice is wrong",
        "coffee is lovely",
        "app logs out",
    )
    return [
        example(2000 + number, f"Hello {NAME}, the {things[number % 5]} again, please answer", None)
        for number in range(count)
    ]
