"""An account of the person's on a network, through which the program reads and answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_A_DAY = 1000
"""The greatest daily cap: no person writes more, and networks take more for spam."""


class AccountState(StrEnum):
    READY = "ready"
    ENDING = "ending"  # its login ends soon: announced before it bites
    NEEDS_LOGIN = "needs_login"  # expired, revoked, or without the right it needs


@dataclass(frozen=True, slots=True)
class Account:
    """`id` is 0 until stored. The login itself is in the keyring and nowhere else.

    `server` is the host of the person's own server, "" where the network has one for all. `handle` is
    without a leading @. `scopes` are the rights the network granted, in its own words. `expires_at`
    (UTC) is when the login ends for good, None when it does not. `daily_cap` is the most replies sent
    in 24 hours. `monthly_cap` is the most that reading may cost in a calendar month, in millionths of
    a US dollar, where the network takes money; 0 where it takes none.
    """

    id: int
    network: str
    server: str
    handle: str
    name: str = ""
    url: str = ""
    scopes: tuple[str, ...] = ()
    state: AccountState = AccountState.READY
    expires_at: datetime | None = None
    daily_cap: int = 50
    monthly_cap: int = 0

    @property
    def label(self) -> str:
        """One word for it among the accounts of its network: "lea@mastodon.social", "lea.bsky.social"."""
        own = not self.server or self.handle.endswith(self.server)
        return self.handle if own else f"{self.handle}@{self.server}"


@dataclass(frozen=True, slots=True)
class Login:
    """An account with what opens it. Lives in memory only: never stored, logged, pickled or shown.

    `secret` is the network's own: token, refresh token, when it ends, the application's id.
    """

    account: Account
    secret: dict[str, str] = field(repr=False)
