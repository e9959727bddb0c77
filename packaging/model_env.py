"""Makes .venv-model, in which the tables are trained and measured: what packaging/locks/model.lock names.

Apart from .venv, so that nothing the program runs with depends on it. A second call is instant.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from say import fail, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-model"
LOCK = ROOT / "packaging" / "locks" / "model.lock"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main() -> None:
    stamp = VENV / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say(f"Making {VENV.name} from {LOCK.name} (about a minute) ...")
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check")
    for command in (
        (sys.executable, "-m", "venv", "--clear", VENV),
        (*pip, "--require-hashes", "-r", LOCK),
    ):
        if subprocess.run([str(part) for part in command], check=False).returncode:
            fail("Could not install it. Is the network reachable? Run the same command again.")
    stamp.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
