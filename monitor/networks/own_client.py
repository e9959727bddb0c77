"""Logging in with a program that the person registered with the network: a public client, which has no
secret, and one address to come back to. Shared by Reddit and X; asks nothing itself.

Secret of a login: `client_id`, `token`, `refresh`, and `ends`, when the token ends (ISO, UTC).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from monitor.errors import BadInput, VigieError
from monitor.infra import pkce
from monitor.infra.http import HttpResponse
from monitor.model.account import Login
from monitor.networks.answers import json_of, string, whole, words_of
from monitor.networks.base import REDIRECT, Door, NotLoggedIn, Question
from monitor.networks.login_calls import NOTHING_CHANGED, is_not_now, let_nobody_in, not_now
from monitor.text import Text, text

CLIENT = "client_id"
SOON = timedelta(minutes=5)
"""A token that ends sooner than this is renewed before it is used."""

USUAL_REDIRECT = "http://127.0.0.1:8934/vigie"
_USUAL_LIFE = 3600  # seconds, where the network does not say
_FITS = re.compile(r"[\w.~:=-]{6,200}", re.ASCII)
_AGAIN = text("Log in again when you like.")


def questions(example: str, hint: Text) -> tuple[Question, ...]:
    return (
        Question(CLIENT, text("Client ID"), example=example, hint=hint),
        Question(
            REDIRECT,
            text("Address to come back to"),
            example=USUAL_REDIRECT,
            default=USUAL_REDIRECT,
            hint=text("To the letter as it was registered with the network."),
        ),
    )


def door(
    answers: Mapping[str, str],
    redirect: str,
    page: str,
    scopes: Iterable[str],
    more: Mapping[str, str],
    kept: Mapping[str, str],
) -> Door:
    """The network's own `page`, asked for a code; `more` goes into the question, `kept` is kept beside
    the usual. Raises BadInput for what cannot be a client's id."""
    client_id = answers.get(CLIENT, "").strip()
    if not _FITS.fullmatch(client_id):
        raise BadInput(
            text("“{typed}” is not the id of a client.", typed=client_id[:100]),
            text("Nothing was kept of what you typed."),
            text("Copy it from the page where you registered the program."),
        )
    state = pkce.new_state()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "scope": " ".join(scopes),
        "state": state,
        **more,
    }
    return Door(
        url=f"{page}?{urlencode(query, quote_via=quote)}",
        kept={CLIENT: client_id, REDIRECT: redirect, "state": state, **kept},
    )


def code_of(back: Mapping[str, str], state: str, host: str) -> str:
    """What the browser brought, when it is the answer to our question."""
    if not pkce.same_state(back.get("state", ""), state):
        raise NotLoggedIn(
            text("What came back from the browser does not belong to this login."),
            NOTHING_CHANGED,
            text("Start the login again, and go on in the page that it opens."),
        )
    if back.get("error") == "access_denied":
        raise NotLoggedIn(
            text("You did not agree in the page of {host}.", host=host), NOTHING_CHANGED, _AGAIN
        )
    if not back.get("code"):
        words = back.get("error_description") or back.get("error") or "?"
        raise NotLoggedIn(
            text("{host} refused the login. It says: “{words}”.", host=host, words=words[:300]),
            NOTHING_CHANGED,
            _AGAIN,
        )
    return back["code"]


def tokens_of(answer: HttpResponse, client_id: str, now: datetime) -> dict[str, str] | None:
    """The secret of a login in an answer to a question for tokens; None in every other answer.
    `refresh` is "" where the network gave no new one."""
    told = json_of(answer)
    token = string(told, "access_token")
    # Reddit answers a wrong code with 200.
    if answer.status != 200 or not token or string(told, "error"):
        return None
    life = whole(told, "expires_in") or _USUAL_LIFE
    return {
        CLIENT: client_id,
        "token": token,
        "refresh": string(told, "refresh_token"),
        "ends": (now + timedelta(seconds=life)).isoformat(),
    }


def scopes_of(answer: HttpResponse) -> tuple[str, ...]:
    """The rights a network gave, in its words; Reddit may write commas."""
    return tuple(string(json_of(answer), "scope").replace(",", " ").split())


def is_good(login: Login, now: datetime) -> bool:
    """Whether its token lasts some minutes more."""
    try:
        return datetime.fromisoformat(login.secret["ends"]) - now > SOON
    except (KeyError, ValueError):
        return False


def check_scopes(given: Iterable[str], needed: Iterable[str], host: str) -> None:
    missing = set(needed) - set(given)
    if missing and "*" not in given:
        raise NotLoggedIn(
            text("{host} gave fewer rights than Vigie needs.", host=host),
            text("Missing: {rights}. Nothing was changed.", rights=", ".join(sorted(missing))),
            text("Log in again and agree to all of them."),
        )


def no_tokens(answer: HttpResponse, host: str) -> VigieError:
    """The answer to a code that brought no tokens."""
    told = json_of(answer)
    if string(told, "error") in ("invalid_client", "unauthorized_client") or answer.status == 401:
        return NotLoggedIn(
            _told(text("{host} does not know this client ID.", host=host), answer),
            NOTHING_CHANGED,
            text("Copy it again, and see that it was registered as a program without a secret."),
        )
    return let_nobody_in(host, answer)


def not_renewed(answer: HttpResponse, host: str) -> VigieError:
    """The answer to a refresh token that brought no new token: over for good, or only not now."""
    refused = 400 <= answer.status < 500 and isinstance(json_of(answer), dict)
    # A page of what stands before the network says nothing about the login.
    if is_not_now(answer.status) or not (refused or answer.status == 401 or _says_error(answer)):
        return not_now(host, answer.status)
    return NotLoggedIn(
        _told(text("{host} does not accept this account's login any more.", host=host), answer),
        text("It ended, or was taken back. What was collected stays."),
        text("Log in again in Settings."),
    )


def _says_error(answer: HttpResponse) -> bool:
    told: Any = json_of(answer)
    return answer.status == 200 and bool(string(told, "error"))


def _told(title: Text, answer: HttpResponse) -> Text:
    words = words_of(answer)
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
