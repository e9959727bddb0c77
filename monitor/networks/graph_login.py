"""Logging in to Meta with a pasted token: who it is, and what the token may do and for how long.

Whether a token may ask about itself depends on its app: where it may not, its rights and its end are
not known, and what lacks is said when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor.errors import BadInput, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.networks import graph
from monitor.networks.answers import json_of, objects, string
from monitor.networks.base import NotLoggedIn
from monitor.networks.graph_words import ended, lacking
from monitor.networks.login_calls import NOTHING_CHANGED, let_nobody_in, not_now
from monitor.text import text

LONGEST_NAME = 200
_LONGEST_TOKEN = 2000
_WANTS_PROOF = 104


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What Meta says of a token. `expires_at` None: it does not end, or nobody says so. `told` is False
    where Meta did not say anything."""

    told: bool = False
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None


def secrets_of(answers: Mapping[str, str], host: str) -> dict[str, str]:
    """The secret of a login, from the answers of the form. Raises BadInput for what is no token."""
    token = answers.get("token", "").strip()
    if not 20 <= len(token) <= _LONGEST_TOKEN or not token.isascii() or not token.isprintable():
        raise _no_token()
    if any(sign in token for sign in ' "<>\\'):
        raise _no_token()
    secret = {"token": token, "host": host}
    app_secret = answers.get("app_secret", "").strip()
    return {**secret, "app_secret": app_secret} if app_secret else secret


def stranger(secret: Mapping[str, str], network: str) -> Login:
    """The login before it is known whose it is."""
    return Login(Account(0, network, "", ""), dict(secret))


def asked(
    login: Login, path: str, fields: str, http: HttpClient, cancel: CancelToken
) -> Mapping[str, Any]:
    """One thing, asked while logging in. Raises NotLoggedIn and SourceError."""
    answer = graph.get(login, path, {"fields": fields}, http, cancel)
    found = json_of(answer)
    error = graph.error_of(answer)
    if error is not None or answer.status != 200 or not isinstance(found, dict):
        raise refused(login, answer)
    return found


def refused(login: Login, answer: HttpResponse) -> VigieError:
    """The answer to a login that is none."""
    error = graph.error_of(answer)
    if error is None:
        return let_nobody_in(login.secret["host"], answer)
    if error.code == _WANTS_PROOF or "appsecret_proof" in error.words:
        return NotLoggedIn(
            text("Your app asks for its secret, and the one given does not fit it."),
            NOTHING_CHANGED,
            text("Copy the app secret from the app's basic settings, then log in again."),
        )
    if error.is_limit:
        return not_now(login.secret["host"], 429)
    if error.transient or error.code in (1, 2):
        return not_now(login.secret["host"], error.status)
    if error.is_ended:
        return ended(error, NOTHING_CHANGED)
    if error.is_right:
        return lacking(error.right or error.words, NOTHING_CHANGED)
    return NotLoggedIn(
        text(
            "{host} refused the login. It says: “{words}”.",
            host=login.secret["host"],
            words=error.words or str(error.code),
        ),
        NOTHING_CHANGED,
        text("Log in again when you like."),
    )


def facts_of(
    login: Login,
    needed: Iterable[str],
    subjects: Iterable[str],
    http: HttpClient,
    cancel: CancelToken,
) -> TokenFacts:
    """What Meta says of the token itself. Raises NotLoggedIn where a right of `needed` lacks, or holds
    for none of `subjects`."""
    answer = graph.get(login, "debug_token", {"input_token": login.secret["token"]}, http, cancel)
    found = json_of(answer)
    told = found.get("data") if isinstance(found, dict) else None
    if (
        answer.status != 200
        or not isinstance(told, dict)
        or not isinstance(told.get("scopes"), list)
    ):
        return TokenFacts()
    if told.get("is_valid") is False:
        error = graph.error_of(answer) or graph.GraphError(
            190, 0, string(told, "error", "message"), transient=False, status=answer.status
        )
        raise ended(error, NOTHING_CHANGED)
    scopes = tuple(one for one in told["scopes"] if isinstance(one, str))
    kept = [one for one in needed if one not in scopes or not _holds(told, one, set(subjects))]
    if kept:
        raise lacking(", ".join(kept), NOTHING_CHANGED)
    return TokenFacts(told=True, scopes=scopes, expires_at=_end(told))


def line(words: str) -> str:
    """What can be shown of it, on one line."""
    shown = "".join(sign for sign in words if sign.isprintable() or sign.isspace())
    return " ".join(shown.split())[:LONGEST_NAME]


def _holds(told: Mapping[str, Any], scope: str, subjects: set[str]) -> bool:
    """Whether a right counts for one of these, where it was granted for some alone."""
    for one in objects(told.get("granular_scopes")):
        targets = one.get("target_ids")
        if one.get("scope") == scope and isinstance(targets, list):
            return bool(subjects.intersection(map(str, targets)))
    return True


def _end(told: Mapping[str, Any]) -> datetime | None:
    """The first of two ends: the token's, and that of the access to people's data, 90 days after the
    person last agreed. 0 is no end."""
    ends = []
    for key in ("expires_at", "data_access_expires_at"):
        seconds = told.get(key)
        if (
            isinstance(seconds, int)
            and not isinstance(seconds, bool)
            and 0 < seconds < 32_503_680_000
        ):
            ends.append(datetime.fromtimestamp(seconds, UTC))
    return min(ends, default=None)


def _no_token() -> BadInput:
    return BadInput(
        text("That is not an access token of Meta."),
        NOTHING_CHANGED,
        text("Copy it whole: it is one long word that begins with EAA or IG."),
    )
