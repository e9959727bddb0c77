"""Run by bench_start inside a private desktop: prints the median start time of each program, in ms."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

from tests.bench.desktop_program import start_times
from tests.bench.measured_programs import measured_programs

RUNS = 7

if __name__ == "__main__":
    with measured_programs(Path(sys.argv[1])) as programs:
        times = start_times(programs, RUNS)
    print(json.dumps({name: statistics.median(measured) for name, measured in times.items()}))
