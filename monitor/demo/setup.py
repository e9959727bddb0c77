"""What the demonstration adds to a profile: its brands, and one source for each sample feed. Pure.

The server's port differs at every start, so a sample source is known by a field, never by its
address; the address is rewritten when it differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from monitor.demo.samples import SampleFeed
from monitor.model.source import Source

SAMPLE = "sample"
"""The field that marks a source of the demonstration; its value is the feed's key."""

INTERVAL = 10
"""Seconds between two polls: our own server need not be spared, and a person is watching."""


def sample_sources(feeds: Sequence[SampleFeed], address: str, kind: str) -> tuple[Source, ...]:
    """`address` is the server's, without a closing slash. Their ids are 0: not stored yet."""
    return tuple(
        Source(
            id=0,
            kind=kind,
            address=feed_address(address, feed.key),
            name=feed.name,
            language=feed.language,
            interval=INTERVAL,
            fields={SAMPLE: feed.key},
        )
        for feed in feeds
    )


def is_sample(source: Source) -> bool:
    return SAMPLE in source.fields


def feed_address(address: str, key: str) -> str:
    return f"{address}/feeds/{key}"


def moved(source: Source, address: str) -> Source | None:
    """The sample source at the server's present address; None when it is there already."""
    wanted = feed_address(address, source.fields[SAMPLE])
    return None if source.address == wanted else replace(source, address=wanted)


def last_port(sources: Sequence[Source]) -> int:
    """The port of the last start, 0 when unknown: taking it again keeps every permalink as it was."""
    for source in sources:
        if is_sample(source):
            try:
                return urlsplit(source.address).port or 0
            except ValueError:
                return 0
    return 0
