"""What happened, told after the commit: ids, never rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.text import Text


@dataclass(frozen=True, slots=True)
class MentionsChanged:
    """New, edited, corrected, filed... `new_ids` appeared, `changed_ids` were already listed."""

    new_ids: tuple[int, ...] = ()
    changed_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertsRaised:
    """Alert rows were written for these mentions; the interface notifies."""

    mention_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourcesChanged:
    """Sources were added, changed, removed, or their health changed."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandsChanged:
    pass


@dataclass(frozen=True, slots=True)
class AccountsChanged:
    """Accounts were added or removed, or the state of one changed."""


@dataclass(frozen=True, slots=True)
class SendingsChanged:
    """Replies to these mentions were queued, taken back, sent, refused, or nobody knows. Without any: it is
    known how long a reply may be."""

    mention_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """`done` of `total` sources of the running check. done == total: the check is over."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must know now (disk full, database unreadable): one sentence and what to do."""

    title: Text
    message: Text
    hint: Text


Event = (
    MentionsChanged
    | AlertsRaised
    | SourcesChanged
    | BrandsChanged
    | AccountsChanged
    | SendingsChanged
    | CheckProgress
    | Problem
)
