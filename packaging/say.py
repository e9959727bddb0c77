"""What the set-up scripts tell a person. Standard library only."""

from __future__ import annotations

import sys
from typing import NoReturn


def say(sentence: str) -> None:
    # At once: pip and apt write to the same terminal in between.
    print(sentence, flush=True)


def fail(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)
