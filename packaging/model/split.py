"""Which of the project's own posts teach, tune and test: by a hash of the text, so twins stay together.

A comparison stands twice, once per target, with one text: both rows are of the same part. Near
twins differ in case, accents or punctuation: only letters and digits count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

TRAIN, DEV, TEST = "train", "dev", "test"
_TRAIN_BELOW, _DEV_BELOW = 70, 85


def part_of(text: str) -> str:
    """train (70 %), dev (15 %) or test (15 %)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(re.findall(r"[^\W_]", plain))
    place = int.from_bytes(hashlib.sha256(letters.encode()).digest()[:4], "big") % 100
    if place < _TRAIN_BELOW:
        return TRAIN
    return DEV if place < _DEV_BELOW else TEST
