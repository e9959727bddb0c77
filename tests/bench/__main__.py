"""`make bench [ONLY=group]`: prints one JSON line a figure on stdout, remarks on stderr.

Each group is a module `bench_<group>` with `measure()`, which yields figures as they are known.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench.figure import Figure


def groups() -> list[str]:
    """The names of the groups, from the files beside this one."""
    files = sorted(Path(__file__).parent.glob("bench_*.py"))
    return [path.stem.removeprefix("bench_") for path in files]


def main(wanted: list[str]) -> int:
    """Measures the wanted groups, all without a name. Exit code 2 for a name that is none."""
    unknown = set(wanted) - set(groups())
    if unknown:
        print(
            f"No such group: {', '.join(unknown)}. There are: {', '.join(groups())}.",
            file=sys.stderr,
        )
        return 2
    for name in wanted or groups():
        print(f"Measuring {name} ...", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tests.bench.bench_{name}")
        for figure in module.measure():
            assert isinstance(figure, Figure)
            print(figure.to_json(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
