"""The engine's sentences in another language, read from resources/translations."""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Mapping
from types import MappingProxyType


@functools.cache
def load_catalogue(language: str) -> Mapping[str, str]:
    """English template -> template in `language` (ISO 639-1); empty for English and unknown ones.

    Merges every resources/translations/engine.<language>/*.json: one file per part of the engine.
    """
    merged: dict[str, str] = {}
    folder = importlib.resources.files("resources") / "translations" / f"engine.{language}"
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".json"):
                merged.update(json.loads(file.read_text(encoding="utf-8")))
    return MappingProxyType(merged)
