"""The logins of accounts in the system's keyring, one JSON object each. Nowhere else."""

from __future__ import annotations

import json

from monitor.infra.secrets import Secrets
from monitor.model.account import Account, Login


class AccountSecrets:
    """Blocking: a keyring may wait for the person. Every method raises SecretsUnavailable."""

    def __init__(self) -> None:
        self._secrets = Secrets()

    def check(self) -> None:
        """There is a keyring and it answers: asked before anybody logs in."""
        self._secrets.get(_name(0))

    def login_of(self, account: Account) -> Login | None:
        """None when none is kept, or what is kept is no login of ours."""
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

    def forget(self, account_id: int) -> None:
        self._secrets.delete(_name(account_id))


def _name(account_id: int) -> str:
    return f"account/{account_id}"
