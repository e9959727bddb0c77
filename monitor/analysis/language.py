"""The language of a short post. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def detect(text: str, declared: str = "", allowed: Sequence[str] = ()) -> tuple[str, float]:
    """(ISO 639-1 code or "", confidence 0..1)."""
    return (declared, 0.5) if text else ("", 0.0)
