"""Where the data files that ship with the program are."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent / "resources"


def resource(*parts: str) -> Path:
    """A file or folder under resources/, in a checkout, a wheel or a frozen program alike."""
    return _ROOT.joinpath(*parts)
