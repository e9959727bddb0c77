"""One 64-bit hash for any stretch of a text, from prefix sums. Pure numpy, no loop over texts.

`S[k] = sum of (code + 1) * B^i for i < k` modulo 2^64, so that `(S[j] - S[i]) * B^-i` depends on the
codes between i and j alone. Overflow is meant: it is the modulo.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_JOIN = np.uint64(0xD6E8FEB86659FD93)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_LEAST = 1 << 12


@lru_cache(maxsize=1)
def _table(size: int) -> tuple[Hashes, Hashes]:
    return _powers_of(_BASE, size), _powers_of(_INVERSE, size)


def _powers_of(base: int, size: int) -> Hashes:
    powers = np.empty(size, np.uint64)
    powers[0] = 1
    known = 1
    while known < size:
        more = min(known, size - known)
        np.multiply(
            powers[:more], np.uint64(pow(base, known, 1 << 64)), out=powers[known : known + more]
        )
        known += more
    return powers


def powers(length: int) -> tuple[Hashes, Hashes]:
    """B^k and B^-k for k < length; made for the next power of two and kept."""
    size = max(_LEAST, 1 << max(length - 1, 0).bit_length())
    forward, back = _table(size)
    return forward[:length], back[:length]


def prefix_sums(codes: Hashes) -> Hashes:
    """S, one longer than `codes`."""
    sums = np.zeros(len(codes) + 1, np.uint64)
    forward, _ = powers(len(codes))
    np.cumsum((codes + np.uint64(1)) * forward, out=sums[1:])
    return sums


def mix(hashes: Hashes) -> Hashes:
    """Spread the sum over all 64 bits; the highest choose the bucket."""
    hashes = hashes ^ (hashes >> np.uint64(31))
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    return hashes


def join(first: Hashes, second: Hashes, salt: int) -> Hashes:
    """The hash of a pair, in this order; `salt` keeps kinds of pairs apart."""
    return mix(first * _JOIN + second + np.uint64(salt))


def hashes_of(sums: Hashes, first: NDArray[np.int64], end: NDArray[np.int64]) -> Hashes:
    """The hash of each stretch [first, end) of the codes whose prefix sums are `sums`."""
    _, back = powers(len(sums))
    return mix((sums[end] - sums[first]) * back[first])
