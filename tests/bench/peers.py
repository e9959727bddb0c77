"""The programs that are measured beside ours, on the same server in the same run. Linux.

newsboat comes from Debian. `reader` lives in an environment of its own:
    python3 -m venv build/bench-reader
    build/bench-reader/bin/pip install reader sgmllib3k
(VIGIE_BENCH_READER names another Python that has it.) A peer that is missing is said on stderr.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tests.bench.polled import PHASES, Polled, read_phases

HERE = Path(__file__).parent
READER = HERE.parents[1] / "build" / "bench-reader" / "bin" / "python"


def missing(name: str, how: str) -> None:
    print(f"{name} is not installed here, so nothing is compared with it: {how}", file=sys.stderr)


def poll_with_reader(addresses: Sequence[str], bump: str, workers: int) -> dict[str, Polled]:
    """By phase; empty when the library is not there."""
    python = Path(os.environ.get("VIGIE_BENCH_READER", READER))
    if not python.exists():
        missing("reader", "see tests/bench/peers.py.")
        return {}
    command = [str(python), str(HERE / "peer_reader.py"), bump, str(workers)]
    done = subprocess.run(
        command, input="\n".join(addresses), stdout=subprocess.PIPE, text=True, check=True
    )
    return read_phases(done.stdout.splitlines())


def poll_with_newsboat(addresses: Sequence[str], bump: str, threads: int) -> dict[str, Polled]:
    """By phase; empty when the program is not there."""
    if not shutil.which("newsboat"):
        missing("newsboat", "apt-get install newsboat.")
        return {}
    phases = {}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "urls").write_text("\n".join(addresses) + "\n")
        Path(folder, "config").write_text(
            f"reload-threads {threads}\nauto-reload no\nmax-items 0\n"
        )
        for phase in PHASES:
            if phase == "unchanged":
                reload(
                    folder
                )  # it keeps the ETags on the second reload, so it uses them on the third
            if phase == "one new each":
                urllib.request.urlopen(bump).read()
            phases[phase] = reload(folder)
    return phases


def reload(folder: str) -> Polled:
    """One run of newsboat that reloads everything."""
    files = ("-u", f"{folder}/urls", "-c", f"{folder}/cache.db", "-C", f"{folder}/config")
    began = time.perf_counter()
    process = subprocess.Popen(
        ["newsboat", "-q", *files, "-x", "reload"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = 0  # already waited for
    with sqlite3.connect(f"{folder}/cache.db") as cache:
        (entries,) = cache.execute("SELECT count(*) FROM rss_item").fetchone()
    return Polled(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, entries)
