"""Starts a desktop program until its window is on the screen. Linux, X11, xdotool.

For our program and the peers alike, seen from outside.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.own_process import Memory, memory

PATIENCE = 60.0
SETTLED = 5.0
"""Seconds after which a program that was started counts as at rest."""


@dataclass(frozen=True, slots=True)
class Program:
    """`title` is a regular expression that only its main window's title matches."""

    name: str
    command: tuple[str, ...]
    title: str


@contextmanager
def started(program: Program) -> Iterator[tuple[int, float]]:
    """The process id and the milliseconds until its window was mapped; ended by its id afterwards."""
    began = time.perf_counter()
    process = subprocess.Popen(
        program.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for_window(program, began)
        yield process.pid, (time.perf_counter() - began) * 1000
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_window(program: Program, began: float) -> None:
    # Not `xdotool search --sync`: it looks every half second only.
    search = ["xdotool", "search", "--onlyvisible", "--name", program.title]
    while time.perf_counter() - began < PATIENCE:
        if subprocess.run(search, check=False, capture_output=True).stdout.strip():
            return
        time.sleep(0.005)
    raise TimeoutError(f"{program.name} showed no window titled {program.title}")


def start_times(programs: Sequence[Program], runs: int) -> dict[str, list[float]]:
    """Milliseconds to the window, by name; in turns, so that a busy moment hits everyone.

    The first round warms up: caches, profiles, compiled bytecode.
    """
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    for _ in range(1 + runs):
        for program in programs:
            with started(program) as (_, milliseconds):
                times[program.name].append(milliseconds)
                time.sleep(1)  # let it finish what it began before it is told to end
            time.sleep(1)  # its children, still ending, would slow down the next one
    return {name: measured[1:] for name, measured in times.items()}


def at_rest(program: Program) -> Memory:
    """Its memory, children included, a while after its window appeared; at its second start."""
    with started(program):
        time.sleep(SETTLED)
    with started(program) as (process, _):
        time.sleep(SETTLED)
        return memory(process)
