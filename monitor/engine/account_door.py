"""The part of `Service` that concerns the person's accounts. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from monitor.engine.accounts import Accounts, Opener
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.text import Text


class AccountDoor:
    """`Service` sets `_accounts`."""

    _accounts: Accounts

    def network_forms(self) -> Future[tuple[AccountForm, ...]]:
        """What one is asked to log in at each network."""
        return self._accounts.forms()

    def accounts(self) -> Future[tuple[Account, ...]]:
        """In the order they were added."""
        return self._accounts.all()

    def login(self, network: str, answers: Mapping[str, str], opener: Opener) -> Future[Account]:
        """Log in, anew or again; cancellable by `.cancel()`. Where one agrees in the browser, `opener`
        gets the address to open, in another thread. Raises BadInput, NotLoggedIn, SourceError, and
        SecretsUnavailable without a keyring: nothing is stored then."""
        return self._accounts.log_in(network, answers, opener)

    def set_daily_cap(self, account_id: int, cap: int) -> Future[None]:
        """The most replies sent from it in 24 hours. Raises BadInput for a number out of reach, or
        without such an account."""
        return self._accounts.set_daily_cap(account_id, cap)

    def remove_account(self, account_id: int) -> Future[Text | None]:
        """Take our permission back at the network and forget the login; its sources wait for the
        person. A sentence where the person must do a part of it."""
        return self._accounts.remove(account_id)
