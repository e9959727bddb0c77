"""Asks a source, with the eyes of everybody or of the person's account. Blocking, network.

What a login, a keyring or a missing account means for a source is translated here, once.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from monitor.engine.accounts import Accounts
from monitor.errors import Action, BadInput, SecretsUnavailable, SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.source import Source
from monitor.networks.base import NotLoggedIn
from monitor.sources.base import ACCOUNT, AccountKind, Answers, AnyKind
from monitor.text import text

_KEPT = text("Nothing already collected is lost.")


class Asker:
    """Safe from any thread that brings its own HttpClient."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def ask(
        self,
        kind: AnyKind,
        source: Source,
        cursor: str,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """Raises SourceError and Cancelled only; where the person must log in, the account says so."""
        if not isinstance(kind, AccountKind):
            return kind.fetch(source, cursor, http, now, cancel)
        if not source.account_id:
            raise _not_here(source)
        if not _is_home(kind, source):
            raise _elsewhere(source)
        try:
            return self._ask_as(kind, source, cursor, http, now, cancel)
        except NotLoggedIn as error:
            self._accounts.lost_login(source.account_id)
            raise _of(error, Action.PAUSE) from error
        except SecretsUnavailable as error:
            raise _of(error, Action.RETRY) from error

    def _ask_as(
        self,
        kind: AccountKind,
        source: Source,
        cursor: str,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        access = self._accounts.access(source.account_id, http, cancel)
        try:
            return kind.fetch_as(source, cursor, access, http, now, cancel)
        except NotLoggedIn:
            # This computer's clock may be wrong about the end of a token: once more with a fresh one.
            fresh = self._accounts.access(source.account_id, http, cancel, refused=access.login)
            if fresh.login.secret == access.login.secret:
                raise
            return kind.fetch_as(source, cursor, fresh, http, now, cancel)


def _is_home(kind: AccountKind, source: Source) -> bool:
    """Whether it asks the server that the kind itself would: whoever is asked gets the login."""
    try:
        own, asked = urlsplit(kind.address_of(source.fields)), urlsplit(source.address)
    except (BadInput, ValueError):
        return False
    return own[:2] == asked[:2]


def _elsewhere(source: Source) -> SourceError:
    return SourceError(
        text(
            "The address of this source is not where its account, {who}, lives.",
            who=source.fields.get(ACCOUNT, ""),
        ),
        text(
            "It was not asked, so that nobody else gets the login. Nothing already collected is lost."
        ),
        text("Remove this source and add it again."),
        action=Action.PAUSE,
    )


def _not_here(source: Source) -> SourceError:
    return SourceError(
        text("The account it reads with, {who}, is not here.", who=source.fields.get(ACCOUNT, "")),
        _KEPT,
        text("Log in under Settings, Accounts: the source goes on by itself then."),
        action=Action.PAUSE,
    )


def _of(error: VigieError, action: Action) -> SourceError:
    return SourceError(error.title, _KEPT, error.hint, action=action)
