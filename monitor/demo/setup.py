"""What the demonstration adds to a profile: its brands, and one source for each sample feed. Pure.

The server's port differs at every start, so a sample source is known by a field, never by its
address; the address is rewritten when it differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from monitor.demo.samples import SampleFeed
from monitor.demo.social import DISPLAY_NAME, NAME, SERVER
from monitor.model.account import Account
from monitor.model.source import Source

FEED_KIND = "feed"
TAG_KIND = "mastodon-tag"

SAMPLE = "sample"
"""The field that marks a source of the demonstration; its value is the feed's key."""

INTERVAL = 10
"""Seconds between two polls: our own server need not be spared, and a person is watching."""


def sample_sources(feeds: Sequence[SampleFeed], address: str) -> tuple[Source, ...]:
    """`address` is the server's, without a closing slash. Their ids are 0: not stored yet."""
    return tuple(
        Source(
            id=0,
            kind=TAG_KIND if feed.tag else FEED_KIND,
            address=tag_address(address, feed.tag) if feed.tag else feed_address(address, feed.key),
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


def tag_address(address: str, tag: str) -> str:
    return f"{address}/api/v1/timelines/tag/{tag}?limit=40"


def account_at(address: str) -> Account:
    """The brand's own account, from which samples are answered; not stored yet (id 0)."""
    return Account(
        id=0,
        network="mastodon",
        server=urlsplit(address).netloc,
        handle=f"{NAME}@{SERVER}",
        name=DISPLAY_NAME,
        url=f"{address}/@{NAME}",
        scopes=("write:statuses",),
    )


def is_sample_account(account: Account) -> bool:
    """No other account can be on this machine: one logs in by https only."""
    return account.server.startswith("127.0.0.1:")


def moved(source: Source, address: str) -> Source | None:
    """The sample source at the server's present address; None when it is there already."""
    parts = urlsplit(source.address)
    question = f"?{parts.query}" if parts.query else ""
    wanted = f"{address}{parts.path}{question}"
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
