"""PySide6 6.12.0 never gets in while Python 3.11 is supported, and the one installed keeps its Nones.

6.12.0 on 3.11 loses a reference to None on every call that returns nothing, and aborts the process
after some seconds of scrolling. Its metadata does not say so: only our own pin keeps it out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [ROOT / "packaging" / "locks" / name for name in ("run.lock", "dev.lock")]
QT = re.compile(r"^(pyside6[a-z-]*|shiboken6)==([\d.]+)(.*)$", re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_selects_the_version_that_aborts(lock: Path) -> None:
    locked = QT.findall(lock.read_text(encoding="utf-8"))
    assert {name for name, _, _ in locked} == {"pyside6-essentials", "shiboken6"}
    assert all(version.startswith("6.11.") for _, version, _ in locked)


def test_the_requirement_excludes_it_too() -> None:
    required = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'"PySide6-Essentials>=6\.11\.\d+,<6\.12"', required)


def test_a_call_that_returns_nothing_keeps_its_reference_to_none() -> None:
    thing, calls = QObject(), 2000
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < calls / 10
