"""PySide's import hook reads no sources: in a process of its own, as the program starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IMPORTS = """
import linecache
from ui.import_hook import read_no_sources
read_no_sources()
import ui.app
print([name for name in linecache.cache if name.endswith("app.py")])
"""


def test_no_source_is_read_and_kept() -> None:
    command = [sys.executable, "-c", IMPORTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
