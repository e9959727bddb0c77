"""The logins of accounts in the system's keyring, one JSON object each. Nowhere else.

The demonstration's account is the exception: its login is good for our own server while it runs, so
it is only remembered.
"""

from __future__ import annotations

import json

from monitor.infra.secrets import Secrets
from monitor.model.account import Account, Login


class AccountSecrets:
    """Blocking: a keyring may wait for the person. Every method raises SecretsUnavailable."""

    def __init__(self) -> None:
        self._secrets = Secrets()
        self._lent: dict[int, Login] = {}
        self._unsaved: dict[int, Login] = {}

    def lend(self, login: Login) -> None:
        """Remember it until the program ends."""
        self._lent[login.account.id] = login

    def check(self) -> None:
        """There is a keyring and it answers: asked before anybody logs in."""
        self._secrets.get(_name(0))

    def login_of(self, account: Account) -> Login | None:
        """None when none is kept, or what is kept is no login of ours."""
        if account.id in self._lent:
            return Login(account, self._lent[account.id].secret)
        if account.id in self._unsaved:
            renewed = Login(account, self._unsaved[account.id].secret)
            self.keep_renewed(renewed)
            return renewed
        kept = self._secrets.get(_name(account.id))
        try:
            secret = json.loads(kept or "")
        except ValueError:
            return None
        if not isinstance(secret, dict):
            return None
        return Login(account, {str(key): str(value) for key, value in secret.items()})

    def keep(self, login: Login) -> None:
        self._secrets.set(_name(login.account.id), json.dumps(login.secret))
        self._unsaved.pop(login.account.id, None)

    def keep_renewed(self, login: Login) -> None:
        """The one before may be worth nothing any more: until the keyring takes it, it is remembered."""
        self._unsaved[login.account.id] = login
        self.keep(login)

    def forget(self, account_id: int) -> None:
        self._unsaved.pop(account_id, None)
        if self._lent.pop(account_id, None) is None:
            self._secrets.delete(_name(account_id))


def _name(account_id: int) -> str:
    return f"account/{account_id}"
