"""Logging in at Google, in the person's browser, with the client of their own Google Cloud project.

Shared by the networks of Google: each asks for one scope alone. Documentation: developers.google.com/
identity/protocols/oauth2/native-app. Google takes back a person's whole agreement with a project at
once, whichever token it is given: so a login that fails half-way is not revoked, another one of the
same project would end with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from monitor.errors import BadInput, SourceError, VigieError
from monitor.infra import pkce
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks.answers import json_of, not_logged_in, string, whole, words_of
from monitor.networks.base import Door, NotLoggedIn, Question
from monitor.networks.login_calls import (
    NOTHING_CHANGED,
    is_not_now,
    let_nobody_in,
    not_now,
    post_form,
)
from monitor.text import Text, text

AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
REVOKE = "https://oauth2.googleapis.com/revoke"
SOON = timedelta(minutes=5)
"""An access token that ends sooner than this is renewed before it is used."""

_CLIENT = re.compile(r"[\w-]{5,200}\.apps\.googleusercontent\.com")
_UNKNOWN_CLIENT = ("invalid_client", "unauthorized_client", "deleted_client", "disabled_client")

PAGE = "https://console.cloud.google.com/auth/clients"
HOW = text(
    "Google asks for a Cloud project of your own. Removing an account ends every login of yours in that "
    "project."
)

QUESTIONS = (
    Question(
        "client_id",
        text("Client ID"),
        example="1234-abcd.apps.googleusercontent.com",
        hint=text("Of an OAuth client of the type “Desktop app”."),
    ),
    Question("client_secret", text("Client secret"), example="GOCSPX-xxxx", secret=True),
)


def project(api: str) -> Text:
    """The first step: a project in which the interface `api` is switched on."""
    return text("At console.cloud.google.com, make a project and enable “{api}” in it.", api=api)


def steps(*first: Text) -> tuple[Text, ...]:
    """`first`, what this network alone asks for, then what every network of Google does."""
    return (
        *first,
        text(
            "Under Google Auth Platform, publish the project (“In production”): while it is in "
            "“Testing”, Google ends every login after 7 days."
        ),
        text(
            "There, under Clients, make one of the type “Desktop app”; copy its ID and its secret."
        ),
        text("Go on in the browser, choose the account and tick every box."),
    )


@dataclass(frozen=True, slots=True)
class Grant:
    """What Google gave. `secret` is a login's: client_id, client_secret, token, refresh, ends."""

    secret: dict[str, str] = field(repr=False)
    scopes: tuple[str, ...]
    expires_at: datetime | None


def door(answers: Mapping[str, str], redirect: str, scope: str) -> Door:
    """Raises BadInput for what cannot be a client of Google's."""
    client_id = answers.get("client_id", "").strip()
    client_secret = answers.get("client_secret", "").strip()
    if not _CLIENT.fullmatch(client_id) or not client_secret:
        raise BadInput(
            text("This is not the client of a Google Cloud project."),
            text("Nothing was kept of what you typed."),
            text("Copy both from the Google Cloud Console: APIs & Services, Credentials."),
        )
    verifier, state = pkce.new_verifier(), pkce.new_state()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "scope": scope,
        "state": state,
        "code_challenge": pkce.challenge_of(verifier),
        "code_challenge_method": pkce.METHOD,
        "access_type": "offline",
        # Without asking anew Google gives no token to refresh with; the person chooses whose account.
        "prompt": "select_account consent",
    }
    return Door(
        url=f"{AUTHORIZE}?{urlencode(query, quote_via=quote)}",
        kept={
            "client_id": client_id,
            "client_secret": client_secret,
            "redirect": redirect,
            "verifier": verifier,
            "state": state,
        },
    )


def granted(
    back: Mapping[str, str],
    kept: Mapping[str, str],
    scope: str,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
) -> Grant:
    """Trade what the browser brought. Raises NotLoggedIn, also where the person left out the right."""
    fields = {
        "grant_type": "authorization_code",
        "code": _code(back, kept["state"]),
        "client_id": kept["client_id"],
        "client_secret": kept["client_secret"],
        "redirect_uri": kept["redirect"],
        "code_verifier": kept["verifier"],
    }
    answer = post_form(TOKEN, fields, http, cancel)
    told = json_of(answer)
    if answer.status != 200 or not string(told, "access_token"):
        raise _no_token(answer)
    scopes = tuple(string(told, "scope").split())
    if scope not in scopes:
        raise _too_few(scope)
    secret = {key: kept[key] for key in ("client_id", "client_secret")}
    return _grant(secret, told, scopes, now)


def renewed(
    login: Login, http: HttpClient, now: datetime, cancel: CancelToken, *, refused: bool
) -> Login:
    """The login itself while its token is good for some minutes, else a refreshed one."""
    secret = login.secret
    if not refused and datetime.fromisoformat(secret["ends"]) - now > SOON:
        return login
    if not secret["refresh"]:
        raise _ended("")
    fields = {
        "grant_type": "refresh_token",
        "refresh_token": secret["refresh"],
        "client_id": secret["client_id"],
        "client_secret": secret["client_secret"],
    }
    answer = post_form(TOKEN, fields, http, cancel)
    told = json_of(answer)
    if answer.status == 400 and string(told, "error") == "invalid_grant":
        raise _ended(words_of(answer))
    # A page for humans, or half an answer, says nothing about the login.
    if is_not_now(answer.status) or not isinstance(told, dict):
        raise not_now("Google", answer.status)
    if answer.status != 200 or not string(told, "access_token"):
        raise not_logged_in(words_of(answer))
    fresh = _grant(secret, told, login.account.scopes, now)
    end = fresh.expires_at or login.account.expires_at
    return Login(replace(login.account, expires_at=end), fresh.secret)


def revoked(login: Login, http: HttpClient, cancel: CancelToken) -> None:
    """Take back what the person agreed to in this project; failing is no error."""
    token = login.secret["refresh"] or login.secret["token"]
    with suppress(SourceError):
        post_form(REVOKE, {"token": token}, http, cancel)


def headers(login: Login) -> dict[str, str]:
    """What a request with this login carries."""
    return {"Authorization": f"Bearer {login.secret['token']}", "Accept": "application/json"}


def _grant(
    before: Mapping[str, str], told: object, scopes: tuple[str, ...], now: datetime
) -> Grant:
    """Google tells when the refresh token ends only where it does (a project in testing). Times are
    counted from our own clock, so that a wrong one does no harm."""
    refresh = string(told, "refresh_token") or before.get("refresh", "")
    ends = now + timedelta(seconds=whole(told, "expires_in"))
    left = whole(told, "refresh_token_expires_in")
    last = now + timedelta(seconds=left) if left else None
    secret = {
        **before,
        "token": string(told, "access_token"),
        "refresh": refresh,
        "ends": ends.astimezone(UTC).isoformat(),
    }
    return Grant(secret, scopes, last if refresh else ends)


def _code(back: Mapping[str, str], state: str) -> str:
    """What the browser brought, when it is the answer to our question."""
    if not pkce.same_state(back.get("state", ""), state):
        raise NotLoggedIn(
            text("What came back from the browser does not belong to this login."),
            NOTHING_CHANGED,
            text("Start the login again, and go on in the page that it opens."),
        )
    if back.get("error") == "access_denied":
        raise NotLoggedIn(
            text("You did not agree at Google."),
            NOTHING_CHANGED,
            text(
                "Log in again when you like. A project in “Testing” lets in only the people on its "
                "list of test users."
            ),
        )
    if not back.get("code"):
        words = back.get("error_description") or back.get("error") or "?"
        raise NotLoggedIn(
            text("Google let nobody in. It says: “{words}”.", words=words[:300]),
            NOTHING_CHANGED,
            text("Log in again when you like."),
        )
    return back["code"]


def _no_token(answer: HttpResponse) -> VigieError:
    if string(json_of(answer), "error") in _UNKNOWN_CLIENT:
        return NotLoggedIn(
            text(
                "Google does not know this client ID and secret. It says: “{words}”.",
                words=words_of(answer),
            ),
            NOTHING_CHANGED,
            text("Copy both from the Google Cloud Console: APIs & Services, Credentials."),
        )
    return let_nobody_in("Google", answer)


def _too_few(scope: str) -> NotLoggedIn:
    return NotLoggedIn(
        text("{server} gave fewer rights than Vigie needs.", server="Google"),
        text("Missing: {rights}. Nothing was changed.", rights=scope),
        text("Log in again and tick every box on Google's page."),
    )


def _ended(words: str) -> NotLoggedIn:
    return NotLoggedIn(
        not_logged_in(words).title,
        text("It ended, or was taken back. Nothing was published; everything collected stays."),
        text(
            "Log in again in Settings. Where it ended after 7 days, your Google Cloud project is "
            "still in “Testing”: publish it."
        ),
    )
