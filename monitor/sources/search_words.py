"""What a person wrote to be looked for -> the names and the query of a network. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.errors import BadInput
from monitor.text import text

KEY = "words"
_LONGEST = 200
_MOST = 20
_QUOTES = re.compile('["“”„«»]')
_IN_QUOTES = re.compile('["“„«][^"“”„«»]*["”“»]')
_OPERATOR = re.compile(r"(?:^|\s)-\w|\w:\S|[()*]")


def names(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The names in the field of words, each once, in their order; one in quotation marks may hold a
    comma. Searches find neither commas nor any quotation marks. Raises BadInput when there is none."""
    typed = _IN_QUOTES.sub(lambda found: found[0].replace(",", " "), fields.get(KEY, ""))
    parts = (" ".join(_QUOTES.sub(" ", part).split()) for part in typed.split(","))
    found = tuple(dict.fromkeys(part for part in parts if part))
    if not found:
        raise BadInput(
            text("There is nothing to look for."),
            text("Nothing was added."),
            text("Write the brand's name, as people write it."),
        )
    if len(found) > _MOST or any(len(part) > _LONGEST for part in found):
        raise BadInput(
            text("That is too much to look for at once."),
            text("Nothing was added."),
            text("At most {count} names of {length} letters.", count=_MOST, length=_LONGEST),
        )
    return found


def one_name(fields: Mapping[str, str]) -> str:
    """The name, where a network looks for one at a time. Raises BadInput for none or several."""
    found = names(fields)
    if len(found) > 1:
        raise BadInput(
            text("This network looks for one name at a time."),
            text("Nothing was added."),
            text("Add one source for each name."),
        )
    return found[0]


def quoted(name: str) -> str:
    """As a phrase, in straight quotation marks, which every search understands."""
    return f'"{name}"'


def any_of(of: tuple[str, ...]) -> str:
    """`"Moka & Co" OR Moka`: the names as one query of a search that knows OR."""
    return " OR ".join(quoted(name) for name in of)


def names_in(query: str) -> str:
    """The names of a query (`"Moka & Co" OR Moka`) as the field of words has them; "" for a query
    that says more than names: words left out, places to look in."""
    found = []
    for part in re.split(r"\s+OR\s+", query.strip()):
        phrase = len(part) > 2 and part.startswith('"') and part.endswith('"')
        name = part[1:-1] if phrase else part
        if '"' in name or "," in name or (not phrase and _OPERATOR.search(name)):
            return ""
        found.append(" ".join(name.split()))
    return ", ".join(filter(None, found))
