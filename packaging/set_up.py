"""Makes .venv from what is locked, with its hashes. Standard library only; the machine's python3.

    python3 packaging/set_up.py run    what the program needs
    python3 packaging/set_up.py dev    that, the tools of the tests, and the project itself (editable)

A second call is instant: a stamp in .venv says what is installed. An interrupted one is repaired.
This file must still parse on an old Python, so that it can say that it is too old.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import system_libraries
from say import fail, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
OLDEST = (3, 11)


def main(group: str) -> None:
    """Everything that `group` ("run" or "dev") needs. Ends the process with a sentence when it cannot."""
    if sys.version_info < OLDEST:
        fail(
            f"Vigie needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is {version()}. "
            "Name a newer one: make PYTHON=/path/to/python3 ..."
        )
    if not is_installed(group):
        make_venv()
        install(group)
        stamp(group).write_text(fingerprint(group))
    if not system_libraries.ready(PYTHON, screen=group == "run"):
        fail("Then run the same command again: it goes on where it stopped.")


def version() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def stamp(group: str) -> Path:
    return VENV / f"installed-{group}"


def made_for() -> str:
    """A virtual environment serves one folder and one Python; both are in its scripts."""
    return f"{ROOT}\n{sys.executable} {version()}\n"


def fingerprint(group: str) -> str:
    """What the stamp of a finished set-up holds: it changes when anything installed must change."""
    inputs = [ROOT / "packaging" / "locks" / f"{group}.lock", ROOT / "pyproject.toml"]
    return made_for() + "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs)


def is_installed(group: str) -> bool:
    """The dev set includes the run set: one lock is made from the other's requirements."""
    return PYTHON.exists() and any(
        stamp(done).is_file() and stamp(done).read_text() == fingerprint(done)
        for done in {group, "dev"}
    )


def make_venv() -> None:
    """An environment with a working pip, kept when it already is one for this folder and Python."""
    owner = VENV / "made-for"
    if owner.is_file() and owner.read_text() == made_for() and run(PYTHON, "-c", "import pip"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not system_libraries.install([package]):
            fail("Python cannot make .venv without it. Then run the same command again.")
    say(f"Making .venv with Python {version()} ...")
    if not run(sys.executable, "-m", "venv", "--clear", VENV):
        fail(f"Could not make {VENV}. Is the disk full, or the folder read-only?")
    owner.write_text(made_for())


def install(group: str) -> None:
    """The locked packages; for "dev" also the project itself, built without the network."""
    lock = f"packaging/locks/{group}.lock"
    say(f"Installing what {lock} names (about half a minute) ...")
    if not pip("--require-hashes", "-r", lock):
        fail(
            f"Could not install what {lock} names. Is the network reachable? "
            "Run the same command again: it goes on where it stopped."
        )
    if group == "dev" and not pip("--no-deps", "--no-build-isolation", "-e", "."):
        fail("Could not install the project itself; the lines above say why.")


def pip(*arguments: str) -> bool:
    # Quiet: else it prints the addresses of the indexes it was given, which may hold a password.
    quiet = ("-qq", "--no-input", "--disable-pip-version-check")
    return run(PYTHON, "-m", "pip", "install", *quiet, *arguments)


def run(*command: str | Path) -> bool:
    try:
        return (
            subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode == 0
        )
    except OSError:  # the interpreter in .venv points at a Python that is gone
        return False


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["dev"]):
        fail("Say which: python3 packaging/set_up.py run, or dev.")
    main(sys.argv[1])
