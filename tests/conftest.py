"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real feeds and labelled texts beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside the project")
    return SHARED
