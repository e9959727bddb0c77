"""The language to answer in, before anything else is known: the one asked for, chosen or the system's."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Sequence
from pathlib import Path

from monitor.errors import VigieError
from monitor.infra.paths import Profile, default_profile
from monitor.infra.settings import load_settings


def spoken_language(given: Sequence[str]) -> str:
    """ISO 639-1, from the words of a command line that nobody has understood yet: its help is in it too."""
    return option(given, "--language") or _chosen(given) or system_language()


def option(given: Sequence[str], name: str) -> str:
    """The value of an option, written with "=" or as the next word; "" without."""
    for position, word in enumerate(given):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and position + 1 < len(given):
            return given[position + 1]
    return ""


def system_language() -> str:
    """ISO 639-1 of the environment, "en" when it says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name][:2].lower()
    return (locale.getlocale()[0] or "en")[:2].lower()


def system_country() -> str:
    """ISO 3166-1 of the environment ("fr_BE.UTF-8" is "BE"), "" when it says nothing."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    written = next(filter(None, names), "") or locale.getlocale()[0] or ""
    found = re.match(r"[a-z]{2,3}_([A-Z]{2})\b", written)
    return found[1] if found else ""


def _chosen(given: Sequence[str]) -> str:
    """What the person chose in the window's settings, "" when nothing or unreadable."""
    named = option(given, "--profile")
    profile = Profile(Path(named).expanduser()) if named else default_profile()
    try:
        return load_settings(profile.settings).settings.language
    except VigieError:
        return ""
