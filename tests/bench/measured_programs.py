"""Ours with an empty and a full profile, and RSS Guard from Debian with an empty one.

`in_private_desktop` runs a module of this folder in a desktop of its own and hands on its figures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.desktop_program import Program
from tests.bench.peers import missing

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "openbox", "trayer", "dunst", "dbus-daemon", "xdotool", "xprop")
MENTIONS = 100_000
EMPTY, FULL, PEER = "0 mentions", "100,000 mentions", "RSS Guard"


@contextmanager
def measured_programs(full_profile: Path) -> Iterator[list[Program]]:
    """Ours twice, and the peer when it is installed; their empty profiles are thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        programs = [vigie(EMPTY, Path(folder, "empty")), vigie(FULL, full_profile)]
        if shutil.which("rssguard"):
            peer = ("rssguard", "--data", f"{folder}/peer", "--no-sandbox")
            programs.append(Program(PEER, peer, "RSS Guard"))
        else:
            missing(PEER, "apt-get install rssguard.")
        yield programs


def vigie(name: str, profile: Path) -> Program:
    return Program(name, (sys.executable, "-m", "ui", "--profile", str(profile)), "Vigie")


def in_private_desktop(module: str) -> Iterator[dict[str, float]]:
    """The JSON objects that `python -m tests.bench.<module> PROFILE` prints, in a desktop of its own.

    PROFILE is a folder with 100,000 mentions. Nothing where the tools of a desktop are missing.
    """
    absent = [tool for tool in TOOLS if not shutil.which(tool)]
    if absent:
        missing(", ".join(absent), "python3 packaging/system_libraries.py desktop.")
        return
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as bytecode:
        fill = [sys.executable, "-m", "tests.bench.full_profile", profile, str(MENTIONS)]
        subprocess.run(fill, cwd=ROOT, check=True)
        command = [sys.executable, str(ROOT / "packaging" / "private_desktop.py"), sys.executable]
        command += ["-m", f"tests.bench.{module}", profile]
        # As installed: compiled once, whatever the environment says of bytecode.
        environment = os.environ | {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, env=environment
        )
    for line in done.stdout.splitlines():
        yield json.loads(line)
