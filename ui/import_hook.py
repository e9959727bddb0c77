"""Spares what PySide does at every import for the sake of an option that nobody here uses.

Its hook reads the source of each module that is imported after it, to see whether it names PySide6
and may so ask for `snake_case` methods. With the engine's libraries that is 0.1 s, and 40 MB of
lines that Python keeps. Another version without this hook is left as it is.
"""

from __future__ import annotations

import sys
from typing import Any

import shiboken6  # noqa: F401  it brings the hook


def read_no_sources() -> None:
    """To be called once, before what has many imports."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False
