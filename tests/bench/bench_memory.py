"""Memory at rest, five seconds after the window appeared, beside RSS Guard. Linux, X11.

Of the whole process tree. RSS Guard's profile is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.figure import Beside, Figure, Target
from tests.bench.measured_programs import EMPTY, FULL, PEER, in_private_desktop

LESS = Target("ratio", "at most", 1.0)
HOW = "process tree, 5 s after the window; the peer's profile is empty"


def measure() -> Iterator[Figure]:
    for kind, rests in zip(("RSS", "PSS"), in_private_desktop("memory_in_desktop"), strict=False):
        against = Beside(PEER, rests[PEER]) if PEER in rests else None
        for name in (EMPTY, FULL):
            yield Figure(
                f"memory at rest with {name}: {kind}", rests[name], "MB", against, LESS, HOW
            )
