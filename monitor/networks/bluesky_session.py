"""Sessions of Bluesky: log in with an app password, keep the session fresh, end it.

The tokens rotate with every refresh; the app password itself is not kept. createSession is limited
to 30 in 5 minutes: it is only called when a person logs in.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.errors import BadInput, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, AccountState, Login
from monitor.networks.answers import (
    json_of,
    not_logged_in,
    objects,
    one_line,
    string,
    unreadable,
    words_of,
)
from monitor.networks.base import NotLoggedIn
from monitor.text import text

DEFAULT = "bsky.social"
SOON = timedelta(minutes=10)
"""An access token that ends sooner than this is renewed before it is used."""

_NOTHING_KEPT = text("Nothing was kept of what you typed.")
_PROFILE = re.compile(r"(?:https?://)?[\w.-]+/profile/([^/?#\s]+)", re.IGNORECASE)
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


def enter(
    answers: Mapping[str, str], http: HttpClient, now: datetime, cancel: CancelToken
) -> Login:
    """Raises BadInput for what cannot be a server or handle, NotLoggedIn for a wrong password or one
    that a second factor guards, SourceError where the server cannot be asked."""
    server = server_of(answers.get("server", ""))
    handle = _handle_of(answers.get("handle", ""))
    if "." not in handle or any(sign.isspace() or sign in "/:?#" for sign in handle):
        raise BadInput(
            text("“{handle}” is not a Bluesky handle.", handle=handle[:100]),
            _NOTHING_KEPT,
            text("Type it in full, like lea.bsky.social."),
        )
    asked = {"identifier": handle, "password": answers.get("password", "").strip()}
    answer = call(http, server, "com.atproto.server.createSession", asked, "", cancel)
    told = json_of(answer)
    if answer.status != 200:
        raise _wrong(answer, string(told, "error"))
    return _login(server, told, answer, now)


def renew(
    login: Login, http: HttpClient, now: datetime, cancel: CancelToken, *, refused: bool = False
) -> Login:
    """The login itself while its token is good for some minutes and was not refused, else a refreshed one."""
    if not refused and _ends(login.secret["access"], now) - now > SOON:
        return login
    server = login.secret["server"]
    answer = call(
        http, server, "com.atproto.server.refreshSession", None, login.secret["refresh"], cancel
    )
    told = json_of(answer)
    # The gate before Bluesky refuses with a page, which says nothing about the login.
    if answer.status in (400, 401, 403) and string(told, "error"):
        raise not_logged_in(words_of(answer))
    if answer.status != 200:
        raise unreadable(answer)
    fresh = _login(server, told, answer, now)
    kept = replace(
        fresh.account,
        id=login.account.id,
        daily_cap=login.account.daily_cap,
        name=login.account.name,
    )
    return Login(kept, fresh.secret)


def leave(login: Login, http: HttpClient, cancel: CancelToken) -> None:
    """End the session at the server."""
    try:
        call(
            http,
            login.secret["server"],
            "com.atproto.server.deleteSession",
            None,
            login.secret["refresh"],
            cancel,
        )
    except SourceError:
        return


def call(
    http: HttpClient,
    server: str,
    method: str,
    body: Mapping[str, Any] | None,
    token: str,
    cancel: CancelToken,
) -> HttpResponse:
    """One procedure; raises SourceError where no answer came."""
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if body is not None:
        headers["Content-Type"] = "application/json"
    content = b"" if body is None else json.dumps(body).encode()
    return http.send(
        "POST", f"{server}/xrpc/{method}", cancel=cancel, headers=headers, body=content
    )


def _handle_of(typed: str) -> str:
    """ "lea.bsky.social" for "@lea.bsky.social" and for the address of its page."""
    page = _PROFILE.match(typed.strip())
    return (page[1] if page else typed.strip()).lstrip("@").lower()


def server_of(typed: str) -> str:
    """ "https://bsky.social" for "", "bsky.social" and any page of it. Raises BadInput, also for
    http:// to another machine: the password would travel in the open."""
    typed = typed.strip() or DEFAULT
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = parts.netloc.rpartition("@")[2].lower()
        fits = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    except ValueError:
        host, fits = "", False
    if not host or not fits or any(sign.isspace() for sign in host):
        raise BadInput(
            text("“{server}” is not a server one can log in to.", server=typed[:100]),
            _NOTHING_KEPT,
            text("Leave the server empty, unless your account lives on one of its own."),
        )
    return f"{parts.scheme}://{host}"


def _login(server: str, told: Any, answer: HttpResponse, now: datetime) -> Login:
    did, handle = one_line(string(told, "did")), one_line(string(told, "handle"))
    access, refresh = string(told, "accessJwt"), string(told, "refreshJwt")
    if not (did and handle and access and refresh):
        raise unreadable(answer)
    if isinstance(told, dict) and told.get("active") is False:
        raise not_logged_in(string(told, "status"))
    own = _own_server(told, server) or server
    account = Account(
        id=0,
        network="bluesky",
        server=urlsplit(server).netloc,
        handle=handle,
        url=f"https://bsky.app/profile/{did}",
        state=AccountState.READY,
        expires_at=_ends(refresh, now),
    )
    # `server` is where the person logged in: an account that moves keeps its did, not its host.
    return Login(
        account,
        {"did": did, "access": access, "refresh": refresh, "server": server, "pds": own},
    )


def _own_server(told: Any, server: str) -> str:
    """The server that holds the account's data, as its identity says; "" where it says none we may use.
    Only what runs on this computer itself may name another one here."""
    document = told.get("didDoc") if isinstance(told, dict) else None
    services = document.get("service") if isinstance(document, dict) else None
    for service in objects(services):
        if string(service, "id").endswith("#atproto_pds"):
            try:
                own = server_of(string(service, "serviceEndpoint"))
            except BadInput:
                return ""
            return own if own.startswith("https://") or server.startswith("http://") else ""
    return ""


def _ends(token: str, now: datetime) -> datetime:
    """When a token ends, as it says itself; now where it says nothing readable."""
    try:
        body = token.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return datetime.fromtimestamp(int(told["exp"]), UTC)
    except (IndexError, ValueError, KeyError, TypeError, OverflowError, OSError):
        return now


def _wrong(answer: HttpResponse, name: str) -> Exception:
    if name == "AuthFactorTokenRequired":
        return NotLoggedIn(
            text("This is the account's main password, which a second factor guards."),
            _NOTHING_KEPT,
            text("Make an app password in Bluesky's settings and use that one."),
        )
    if answer.status in (400, 401, 403):
        return NotLoggedIn(
            text(
                "Bluesky does not accept this handle and password. {words}", words=words_of(answer)
            ),
            _NOTHING_KEPT,
            text("Check the handle, and use an app password, not the account's own."),
        )
    return unreadable(answer)
