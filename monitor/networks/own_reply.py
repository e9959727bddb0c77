"""Is a reply found at the network the one we sent, and may "it is not there" be believed? Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model.outgoing import Sending
from monitor.networks.answers import too_early

SETTLED = timedelta(minutes=1)
"""A reply that is not there so long after the attempt never will be."""
SKEW = timedelta(hours=1)
"""How wrong the server's clock or ours may be."""


def since(sending: Sending) -> datetime:
    """What is older than this is no reply of this sending, whichever attempt published it."""
    return sending.created_at - SKEW


def check_settled(sending: Sending, now: datetime) -> None:
    """Raises NoAnswer where the reply may still appear."""
    if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
        raise too_early()


def same_words(one: str, other: str) -> bool:
    """True for texts that differ in nothing but spaces, signs and markup."""
    return _letters(one) == _letters(other)


def moment(stamp: str) -> datetime | None:
    """UTC where no zone stands."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _letters(text: str) -> str:
    bare = "".join(text.split())
    return "".join(sign for sign in bare.casefold() if sign.isalnum()) or bare
