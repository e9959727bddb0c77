"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.loopback import LoopbackServer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No example has to be fast: the first one reads word lists, and machines are busy.
settings.register_profile("vigie", deadline=None)
settings.load_profile("vigie")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real feeds and labelled texts beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside the project")
    return SHARED


@pytest.fixture
def loopback() -> Iterator[LoopbackServer]:
    """A hostile web server on 127.0.0.x; see tests/support/loopback.py for its routes."""
    with LoopbackServer() as server:
        yield server
