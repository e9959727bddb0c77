"""From the start of the process to the window on the screen, beside RSS Guard. Linux, X11.

Under Xvfb and openbox, seen from outside by polling for the window; warm disk cache; the median of
seven runs, the programs in turns. RSS Guard's profile is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.figure import Beside, Figure, Target
from tests.bench.measured_programs import EMPTY, FULL, PEER, in_private_desktop

NO_SLOWER = Target("ratio", "at most", 1.0)
HOW = "process start to mapped window, Xvfb and openbox, warm, median of 7; the peer's profile is empty"


def measure() -> Iterator[Figure]:
    for medians in in_private_desktop("start_in_desktop"):
        against = Beside(PEER, medians[PEER]) if PEER in medians else None
        for name in (EMPTY, FULL):
            yield Figure(f"start with {name}", medians[name], "ms", against, NO_SLOWER, HOW)
