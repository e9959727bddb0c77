"""The engine's sentences in another language, read from resources/translations."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"


@functools.cache
def load_catalogue(language: str) -> Mapping[str, str]:
    """English template -> template in `language` (ISO 639-1); empty for English and unknown ones.

    Merges every resources/translations/engine.<language>/*.json: one file per part of the engine.
    """
    merged: dict[str, str] = {}
    for file in sorted((_TRANSLATIONS / f"engine.{language}").glob("*.json")):
        merged.update(json.loads(file.read_text(encoding="utf-8")))
    return MappingProxyType(merged)
