"""What a source of a network is called: the network, then what is asked for there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KIND = re.compile(r"\s*[:(]")
_ADDRESS = re.compile(r"https?://(?:www\.)?([^?#]*?)/?(?:[?#].*)?", re.IGNORECASE)


def readable_name(label: str, answers: Iterable[str]) -> str:
    """ "Lemmy · Café Lumen · lemmy.world". `label` is that of the kind ("Lemmy: search"), whose network
    alone is named; of an address only what one reads. No colon: languages write it each their own way,
    and a name is stored once."""
    network = _KIND.split(label, maxsplit=1)[0]
    return " · ".join(filter(None, (network, *map(_short, answers))))


def _short(answer: str) -> str:
    address = _ADDRESS.fullmatch(answer)
    return address[1] if address else answer
