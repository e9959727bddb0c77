"""Every error the program raises on purpose. Pure. No I/O.

One root; a subclass only where someone handles it differently. Each says what happened (title),
what it means for the person's data (message) and what to do (hint). Foreign exceptions are
translated once, at the border where they enter.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from monitor.text import Text


class VigieError(Exception):
    """Something a person can be told: title (what happened), message (what it means), hint (what to do)."""

    def __init__(self, title: Text, message: Text, hint: Text) -> None:
        super().__init__(f"{title} {message} {hint}")
        self.title = title
        self.message = message
        self.hint = hint


class BadInput(VigieError):
    """What a person typed or a file contained cannot be used. Nothing was changed."""


class ProfileError(VigieError):
    """The profile folder or its database cannot be used: read-only, full, corrupt, or newer than the program."""


class SecretsUnavailable(VigieError):
    """The system's keyring is missing, locked or does not answer."""


class Cancelled(VigieError):
    """The work was cancelled by the person or by the program's end. Nothing was changed."""


class Action(StrEnum):
    """What the scheduler does with a source after an error."""

    RETRY = "retry"  # try again by itself, with back-off or at `retry_at`
    PAUSE = "pause"  # needs the person: shown as "needs you", not polled
    DISABLE = "disable"  # gone for good (410): not polled, kept


class SourceError(VigieError):
    """A source could not be read. `action` tells the scheduler, so it needs no isinstance ladder.

    `retry_at` (UTC) is the server's own wish (Retry-After) and overrides the back-off.
    `whole_host` is True when every source of that host must wait (429, 503).
    `status` is the HTTP status, 0 where there was none. `left` is False where a request
    that is sent once (HttpClient.send) surely never left: no connection came about.
    """

    def __init__(
        self,
        title: Text,
        message: Text,
        hint: Text,
        *,
        action: Action = Action.RETRY,
        retry_at: datetime | None = None,
        whole_host: bool = False,
        status: int = 0,
    ) -> None:
        super().__init__(title, message, hint)
        self.action = action
        self.retry_at = retry_at
        self.whole_host = whole_host
        self.status = status
        self.left = True
