"""What one program's poll of all feeds cost, as the programs' runners report it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

PHASES = ("first", "unchanged", "one new each")


@dataclass(frozen=True, slots=True)
class Polled:
    """Seconds and megabytes. `entries` are stored after the phase. `delay_p99` is the 99th
    percentile of what a 10 ms timer of the interface came late, in ms; None without one."""

    wall: float
    cpu: float
    peak: float
    entries: int
    delay_p99: float | None = None


def read_phases(lines: Iterable[str]) -> dict[str, Polled]:
    """By phase, from one JSON line a phase."""
    phases = {}
    for line in lines:
        told = json.loads(line)
        phase = told.pop("phase")
        phases[phase] = Polled(**told)
    return phases
