"""A reply on its way to a network, and how it went. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.text import Text


class SendingState(StrEnum):
    WAITING = "waiting"  # may still be taken back
    SENDING = "sending"  # committed before the request leaves
    SENT = "sent"
    FAILED = "failed"  # the network refused: nothing was published
    UNKNOWN = "unknown"  # no answer came: never sent again by itself
    CANCELLED = "cancelled"  # taken back in time


@dataclass(frozen=True, slots=True)
class Sending:
    """One reply. Times are UTC. `key` is the idempotency key, made once and kept.

    `reply_to` is the post's own (Post.reply_to). `due_at` ends the time to take it back. `native_id`
    and `url` are what the network gave it. `created_at` is before the first attempt, `attempted_at` the
    last one that may have published it; None where surely none did. `clicked_by` is who pressed Send: the name of the
    system's user.
    """

    id: int
    mention_id: int | None
    account_id: int
    key: str
    text: str
    language: str
    reply_to: str
    state: SendingState
    due_at: datetime
    created_at: datetime
    attempted_at: datetime | None = None
    sent_at: datetime | None = None
    native_id: str = ""
    url: str = ""
    error: Text | None = None
    hint: Text | None = None
    clicked_by: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the list of what was sent: from which account, to whom. `network` and `handle` are the
    account's; `to` is the person's name, "" once the mention is gone."""

    sending: Sending
    network: str
    handle: str
    to: str


@dataclass(frozen=True, slots=True)
class ReplyLimits:
    """How a network counts a reply. `used` of `most`, and not under `least`; `bytes_used` of
    `most_bytes` where it counts these too (0: it does not). `notes` are sentences for the person ("the
    @name is added"). `again` is what the person should know where a reply of theirs stands there already."""

    used: int
    most: int
    bytes_used: int = 0
    most_bytes: int = 0
    notes: tuple[Text, ...] = ()
    least: int = 0
    again: Text | None = None

    @property
    def fits(self) -> bool:
        return self.least <= self.used <= self.most and (
            not self.most_bytes or self.bytes_used <= self.most_bytes
        )
