"""Learnt weights: features in, a score per label out. numpy only.

Most weights stand in a table of buckets that features share; words of known polarity have theirs
to themselves. Weights are bytes q that stand for q * |q| * scale. A text's sums are whole numbers, so its score is
the same to the bit in any batch. Two labels share one 64-bit number, and one pass sums both.

A table is kept as its bytes, two labels side by side: numbers of 64 bits would take four times the room.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.learned.features import BRAND_COLUMN, DENSE, ROLES, Features, Group, in_role
from monitor.analysis.learned.hashing import Hashes

MAGIC = b"VIGIE-MODEL-1\n"
_DIGEST = 64
_LARGEST = 64_000_000  # bytes of an unpacked table: a file that claims more is not ours
_HALF = np.int64(1 << 31)
_LOW = np.int64((1 << 32) - 1)
Floats = NDArray[np.float64]


class BadModelError(Exception):
    """The bytes are not a table this version reads; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a file holds. `table` is (labels, buckets); `word_weights` is (labels, ROLES, words).

    `words` are hashes; `about` is free: thresholds, the language.
    """

    labels: tuple[str, ...]
    table: NDArray[np.int8]
    words: Hashes
    word_weights: NDArray[np.int8]
    scale: float
    dense: Floats  # (labels, DENSE)
    bias: Floats  # (labels,)
    about: dict[str, Any]


class Head:
    """Answers for what was shipped. Safe from any thread: nothing changes after it is made."""

    def __init__(self, shipped: Shipped) -> None:
        self.shipped = shipped
        self.labels = shipped.labels
        self.about = shipped.about
        self._bits = int(shipped.table.shape[1]).bit_length() - 1
        self._table = _side_by_side(shipped.table)
        salted = [in_role(shipped.words, salt) for _, salt in ROLES]
        hashes = np.concatenate(salted)
        order = np.argsort(hashes)
        flat = shipped.word_weights.reshape(len(self.labels), -1)[:, order]
        self._words = hashes[order]
        nothing = np.zeros((len(self.labels), 1), np.int8)
        self._word_weights = np.concatenate((flat, nothing), axis=1)
        self._word_table = _side_by_side(self._word_weights)
        self._of_words = frozenset(group for group, _ in ROLES) if len(hashes) else frozenset()
        self._warmth, self._offset = _named(shipped)

    def scores(self, found: Features) -> Floats:
        """(texts, labels)."""
        shipped = self.shipped
        scores = np.repeat(shipped.bias[None, :], len(found.dense), axis=0)
        # Not a matrix product: its rounding depends on the batch. One text has few of the columns.
        for column in np.flatnonzero(found.dense.any(axis=0)):
            scores += found.dense[:, column, None] * shipped.dense[None, :, column]
        sums = self._sums(found.groups)
        for group, added in zip(found.groups, sums, strict=True):
            if len(group.hashes):
                scores += added * (unit_of(group) * shipped.scale)[:, None]
        warmth = self.warmth(found)
        named = found.dense[:, BRAND_COLUMN, None] > 0
        warmed: Floats = scores * warmth[:, None] + named * self._offset
        return warmed

    def warmth(self, found: Features) -> Floats:
        """(texts,): what sums are multiplied by. Posts that name a brand are surer, or less sure,
        than others: they have a calibration of their own."""
        warmth: Floats = np.where(found.dense[:, BRAND_COLUMN] > 0, self._warmth, 1.0)
        return warmth

    def of_each(self, number: int, group: Group) -> NDArray[np.int64]:
        """(labels, features): the whole number each feature of one group adds."""
        found = expand(self.shipped.table[:, self._buckets(group.hashes)])
        if number in self._of_words:
            found += expand(self._word_weights[:, self._word_places(group.hashes)])
        return found

    def _buckets(self, hashes: Hashes) -> NDArray[np.int64]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.int64)

    def _word_places(self, hashes: Hashes) -> NDArray[np.int64]:
        """Where each word stands among those that have weights of their own; else the last place."""
        at = np.minimum(np.searchsorted(self._words, hashes), len(self._words) - 1)
        return np.where(self._words[at] == hashes, at, len(self._words))

    def _sums(self, groups: Sequence[Group]) -> Floats:
        """(groups, texts, labels). All groups at once: one text has little of each."""
        sizes = [len(group.hashes) for group in groups]
        ends = np.cumsum(sizes)
        bounds = np.stack([group.bounds for group in groups]) + (ends - sizes)[:, None]
        buckets = self._buckets(np.concatenate([group.hashes for group in groups]))
        owned = [number for number in range(len(groups)) if number in self._of_words]
        if owned:
            words = np.concatenate([np.arange(ends[n] - sizes[n], ends[n]) for n in owned])
            places = self._word_places(np.concatenate([groups[n].hashes for n in owned]))
        whole = _of_two_bytes()
        found = np.empty((*bounds[:, 1:].shape, len(self.labels)))
        running = np.zeros(len(buckets) + 1, np.int64)
        for pair, table in enumerate(self._table):
            added = whole[table[buckets]]
            if owned:
                added[words] += whole[self._word_table[pair][places]]
            np.cumsum(added, out=running[1:])
            total = running[bounds[:, 1:]] - running[bounds[:, :-1]]
            low = ((total + _HALF) & _LOW) - _HALF
            found[..., 2 * pair] = low
            if 2 * pair + 1 < len(self.labels):
                found[..., 2 * pair + 1] = (total - low) >> np.int64(32)
        return found


def _named(shipped: Shipped) -> tuple[float, Floats]:
    """(warmth, offset per label) of texts that name a brand."""
    warmth, *offset = shipped.about.get("named") or (1.0, *(0.0 for _ in shipped.labels))
    return float(warmth), np.array(offset, np.float64)


def unit_of(group: Group) -> Floats:
    """What one feature of this kind counts, per text: many features share the same weight."""
    counts = np.maximum(group.bounds[1:] - group.bounds[:-1], 1)
    unit: Floats = group.weight / np.sqrt(counts)
    return unit


def expand(table: NDArray[np.int8]) -> NDArray[np.int64]:
    """The whole numbers the bytes stand for."""
    wide = table.astype(np.int64)
    return wide * np.abs(wide)


def _side_by_side(table: NDArray[np.int8]) -> tuple[NDArray[np.uint16], ...]:
    """Two labels' bytes in one number each: the first in the low half, the second in the high half."""
    byte = table.view(np.uint8)
    pairs = []
    for first in range(0, len(byte), 2):
        pair = byte[first].astype(np.uint16)
        if first + 1 < len(byte):
            pair |= byte[first + 1].astype(np.uint16) << np.uint16(8)
        pairs.append(pair)
    return tuple(pairs)


@cache
def _of_two_bytes() -> NDArray[np.int64]:
    """For each two bytes side by side, the whole numbers they stand for: low half and high half."""
    whole = expand(np.arange(256, dtype=np.uint8).view(np.int8))
    both: NDArray[np.int64] = (whole[None, :] + (whole[:, None] << np.int64(32))).reshape(-1)
    return both


def to_bytes(shipped: Shipped) -> bytes:
    """The file: a magic line, the digest of the rest, a line of JSON, the packed weights."""
    told = {
        "labels": shipped.labels,
        "buckets": shipped.table.shape[1],
        "words": len(shipped.words),
        "scale": shipped.scale,
        "dense": shipped.dense.tolist(),
        "bias": shipped.bias.tolist(),
        "about": shipped.about,
    }
    line = json.dumps(told, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    hashes = shipped.words.astype("<u8").tobytes()
    raw = shipped.table.tobytes() + hashes + shipped.word_weights.tobytes()
    rest = line + zlib.compress(raw, 9)
    return MAGIC + hashlib.sha256(rest).hexdigest().encode() + rest


def from_bytes(content: bytes) -> Shipped:
    """Raises BadModelError for anything that `to_bytes` of this version did not write."""
    start = len(MAGIC) + _DIGEST
    if not content.startswith(MAGIC):
        raise BadModelError("not a table of this version")
    rest = content[start:]
    if hashlib.sha256(rest).hexdigest().encode() != content[len(MAGIC) : start]:
        raise BadModelError("damaged")
    line, _, packed = rest.partition(b"\n")
    try:
        return _read(json.loads(line), zlib.decompressobj().decompress(packed, _LARGEST))
    except (ValueError, KeyError, TypeError, zlib.error) as problem:
        raise BadModelError("made for another version") from problem


def _read(told: dict[str, Any], raw: bytes) -> Shipped:
    labels = tuple(told["labels"])
    count, buckets, words = len(labels), int(told["buckets"]), int(told["words"])
    if buckets < 2 or buckets & (buckets - 1):
        raise ValueError("the number of buckets is not a power of two")
    table, rest = raw[: count * buckets], raw[count * buckets :]
    hashes, weights = rest[: words * 8], rest[words * 8 :]
    return Shipped(
        labels=labels,
        table=np.frombuffer(table, np.int8).reshape(count, buckets),
        words=np.frombuffer(hashes, "<u8").astype(np.uint64),
        word_weights=np.frombuffer(weights, np.int8).reshape(count, len(ROLES), words),
        scale=float(told["scale"]),
        dense=np.array(told["dense"], np.float64).reshape(count, DENSE),
        bias=np.array(told["bias"], np.float64).reshape(count),
        about=dict(told["about"]),
    )
