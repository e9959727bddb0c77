"""All the tests: first those that need a desktop, in a private one where its tools are, then the rest.

    python packaging/run_tests.py [pytest's own arguments]

Run with the environment's Python. The last line printed is pytest's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from say import say

ROOT = Path(__file__).resolve().parents[1]
NO_TESTS = 5  # pytest's exit code when it collected none
TOOLS = ("Xvfb", "openbox", "trayer", "dunst", "dbus-daemon", "gnome-keyring-daemon", "xprop")


def pytest(*arguments: str, before: tuple[str, ...] = ()) -> int:
    command = [*before, sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def desktop(arguments: list[str]) -> int:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        say(f"The tests that need a desktop are left out; missing here: {', '.join(missing)}.")
        return 0
    session = (sys.executable, str(ROOT / "packaging" / "private_desktop.py"))
    code = pytest("-m", "desktop", *arguments, before=session)
    return 0 if code == NO_TESTS else code


def main(arguments: list[str]) -> int:
    first = desktop(arguments)
    workers = str(min(2, os.cpu_count() or 1))
    rest = pytest("-m", "not desktop", "-n", workers, *arguments)
    return first or rest


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
