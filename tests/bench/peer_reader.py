"""The `reader` library on the measurement's feeds. Runs in an environment of its own.

    python peer_reader.py BUMP_URL WORKERS < addresses

Prints one JSON line a phase: first, unchanged, one new entry each.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from own_process import (  # type: ignore[import-not-found]  # this file runs as a script
    cpu_seconds,
    memory,
)
from reader import make_reader  # type: ignore[import-not-found]  # the peer's own environment has it


def main() -> None:
    bump, workers = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(str(Path(folder, "reader.sqlite")))
        for address in sys.stdin.read().split():
            reader.add_feed(address)
        for phase in ("first", "unchanged", "one new each"):
            if phase == "one new each":
                urllib.request.urlopen(bump).read()
            cpu, began = cpu_seconds(os.getpid()), time.perf_counter()
            # Not scheduled: else the second run skips every feed for an hour.
            reader.update_feeds(workers=workers, scheduled=False)
            wall = time.perf_counter() - began
            cost = {
                "phase": phase,
                "wall": wall,
                "cpu": cpu_seconds(os.getpid()) - cpu,
                "peak": memory(os.getpid()).peak,
                "entries": reader.get_entry_counts().total,
            }
            print(json.dumps(cost), flush=True)


if __name__ == "__main__":
    main()
