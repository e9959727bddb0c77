"""Run by bench_memory inside a private desktop: prints each program's memory at rest, in MB."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.bench.desktop_program import at_rest
from tests.bench.measured_programs import measured_programs

if __name__ == "__main__":
    with measured_programs(Path(sys.argv[1])) as programs:
        rests = {program.name: at_rest(program) for program in programs}
    print(json.dumps({name: rest.rss for name, rest in rests.items()}))
    print(json.dumps({name: rest.pss for name, rest in rests.items()}))
