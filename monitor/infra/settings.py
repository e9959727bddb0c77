"""What a person chose in Settings: one versioned JSON file in the profile.

Written atomically; keys of a newer program are kept. Window geometry is not here (Qt keeps it),
nor are brands and sources (database) or secrets (keyring).
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from monitor.errors import ProfileError
from monitor.infra.system_words import told
from monitor.text import Text, text

VERSION = 1
LANGUAGES = ("", "en", "fr")
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` "" follows the system. `check_minutes` is the usual interval of a source, 5 to 1440.
    `undo_seconds` is how long a reply can be taken back after the click, 10 to 30.

    `unknown` holds keys that this version does not know, so that a newer one finds them again.
    """

    language: str = ""
    theme: str = "system"
    check_minutes: int = 15
    undo_seconds: int = 15
    notifications: bool = True
    sender_name: str = ""
    signature: str = ""
    close_to_tray_said: bool = False
    unknown: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """`warning` tells the person that the file was unreadable and set aside; None when all is well."""

    settings: Settings
    warning: Text | None = None


# From the version that is the key to the next one. Pure: old values in, new values out.
_UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def load_settings(path: Path) -> LoadedSettings:
    """Read the file; the defaults when there is none. A corrupt file is renamed and told, never lost.

    Raises ProfileError when the file exists and cannot be read.
    """
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        values = json.loads(stored)
        if not isinstance(values, dict):
            raise TypeError("not an object")
    except (ValueError, TypeError, RecursionError):
        return LoadedSettings(Settings(), _set_aside(path))
    return LoadedSettings(from_json(values))


def save_settings(path: Path, settings: Settings) -> None:
    """Replace the file in one step: whoever reads sees the old or the new one. Raises ProfileError."""
    body = json.dumps(to_json(settings), ensure_ascii=False, indent=2).encode()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise _unusable(path, error) from error


def from_json(values: Mapping[str, Any]) -> Settings:
    """Pure and total: a value of the wrong type or out of range becomes the default."""
    values = dict(values)
    stored = values.pop("version", VERSION)
    version = stored if isinstance(stored, int) else VERSION
    while version in _UPGRADES:
        values = _UPGRADES[version](values)
        version += 1
    known = {f.name: f for f in dataclasses.fields(Settings) if f.name != "unknown"}
    chosen = {name: values[name] for name in known if name in values and _fits(name, values[name])}
    unknown = {name: value for name, value in values.items() if name not in known}
    return Settings(**chosen, unknown=MappingProxyType(unknown))


def to_json(settings: Settings) -> dict[str, Any]:
    values = {f.name: getattr(settings, f.name) for f in dataclasses.fields(settings)}
    return {"version": VERSION, **values.pop("unknown"), **values}


def _fits(name: str, value: object) -> bool:
    if type(value) is not type(getattr(Settings(), name)):
        return False
    allowed: Mapping[str, Callable[[Any], bool]] = {
        "language": LANGUAGES.__contains__,
        "theme": THEMES.__contains__,
        "check_minutes": lambda minutes: 5 <= minutes <= 1440,
        "undo_seconds": lambda seconds: 10 <= seconds <= 30,
    }
    return allowed.get(name, lambda _: True)(value)


def _set_aside(path: Path) -> Text:
    kept = path.with_name(f"{path.name}.unreadable-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    try:
        os.replace(path, kept)
    except OSError:
        kept = path
    return text(
        "The settings could not be read and start anew; the old file is kept as {file}.",
        file=kept.name,
    )


def _unusable(path: Path, error: OSError) -> ProfileError:
    return ProfileError(
        text("The settings file {file} cannot be used.", file=str(path)),
        text("Your choices are not kept ({why}).", why=told(error)),
        text("Free the disk or the access rights of that file, then try again."),
    )
