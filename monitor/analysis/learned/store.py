"""Reads the shipped tables of resources/model, once each, when first asked. Says when it could not."""

from __future__ import annotations

import logging
from functools import cache
from importlib.resources import files

from monitor.analysis.learned.head import BadModelError, Head, from_bytes

_log = logging.getLogger(__name__)
NAMES = (
    *(f"tone_{language}" for language in ("en", "fr", "de", "es", "it", "pt")),
    "intent_en",
    "intent_fr",
)


@cache
def head(name: str) -> Head | None:
    """The table of that name; None when its file is missing or damaged, which is logged once."""
    try:
        content = (files("resources") / "model" / f"{name}.model").read_bytes()
        return Head(from_bytes(content))
    except (OSError, BadModelError) as problem:
        _log.warning("The table %s cannot be used (%s).", name, problem)
        return None


def missing() -> tuple[str, ...]:
    """The names of the tables that cannot be used."""
    return tuple(name for name in NAMES if head(name) is None)
