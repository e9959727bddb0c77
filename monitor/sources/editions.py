"""Editions of news searches: a language as it is read in one country ("fr-CH"). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import BadInput
from monitor.sources.base import Field, Wanted
from monitor.text import text

KEY = "edition"
FIELD = Field(
    KEY,
    text("Edition: language and country"),
    example="fr-FR",
    hint=text("For instance fr-FR, fr-CA, en-GB or de-AT. Each edition shows other newspapers."),
)

_USUAL = {
    "fr": ("FR", "BE", "CH", "CA"),
    "en": ("GB", "US"),
    "de": ("DE", "AT", "CH"),
    "es": ("ES", "MX"),
    "it": ("IT",),
    "pt": ("BR", "PT"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "sv": ("SE",),
}
# Offered only to those who live there.
_LOCAL = {
    "en": ("IE", "CA", "AU", "NZ", "IN", "ZA"),
    "es": ("AR", "CO", "CL", "PE", "US"),
}
_WRITTEN = re.compile(r"([a-z]{2})(?:[-_ ]([a-z]{2}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edition:
    """`language` is ISO 639-1, `country` ISO 3166-1 in capitals."""

    language: str
    country: str

    def __str__(self) -> str:
        return f"{self.language}-{self.country}"


def edition_of(fields: Mapping[str, str]) -> Edition:
    """The edition in the form; of a language alone its usual country. Raises BadInput."""
    found = _WRITTEN.fullmatch(fields.get(KEY, "").strip())
    if found:
        language = found[1].lower()
        country = (found[2] or "").upper() or next(iter(_USUAL.get(language, ())), "")
        if country:
            return Edition(language, country)
    raise BadInput(
        text("The edition is not written as a language and a country."),
        text("Nothing was added."),
        text("Write for instance fr-FR, fr-CA or en-GB."),
    )


def offered(wanted: Wanted) -> tuple[Edition, ...]:
    """The editions worth listening to: the person's language first, the own country first in each."""
    found = []
    for language in wanted.languages:
        usual = _USUAL.get(language, ())
        at_home = wanted.country in (*usual, *_LOCAL.get(language, ()))
        home = (wanted.country,) if at_home else ()
        found += [Edition(language, country) for country in dict.fromkeys((*home, *usual))]
    return tuple(dict.fromkeys(found))


def written(language: str, country: str) -> str:
    """An edition as addresses tell it ("pt-419", "br") in the form's way; "en-US" for no edition."""
    found = f"{language.partition('-')[0].lower()}-{country.upper()}"
    return found if re.fullmatch("[a-z]{2}-[A-Z]{2}", found) else "en-US"
