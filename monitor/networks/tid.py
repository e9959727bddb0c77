"""Record keys of the AT protocol, chosen before the request so that a second one cannot double. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime

_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13
_CLOCK_BITS = 10


def tid(key: str, made_at: datetime) -> str:
    """The same 13 signs for the same key and time: microseconds since 1970, then ten bits of the key."""
    micros = round(made_at.timestamp() * 1_000_000)
    clock = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=2).digest()) % 2**_CLOCK_BITS
    number = (micros << _CLOCK_BITS | clock) % 2**63
    return "".join(_SIGNS[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
