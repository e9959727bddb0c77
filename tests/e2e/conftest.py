"""A profile, a command line on it, and a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command import Command
from tests.support.loopback import LoopbackServer


@pytest.fixture
def vigie(tmp_path: Path) -> Command:
    return Command(tmp_path / "profile")


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as served:
        yield served
