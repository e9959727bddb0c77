"""The logging-in half of Google on loopback: agreeing with PKCE, tokens, refreshing, taking back.

It refuses what the real one refuses, in its words, and takes back a person's whole agreement at once.
`tests/unit/networks/test_google_oauth.py` proves it with client libraries of Google's own.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.loopback import LoopbackServer, Reply, Request, Route
from tests.support.mastodon_auth import challenge_of

CLIENT_ID = "1234-abcd.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-client"
ACCOUNTS, OAUTH = "accounts.google.com", "oauth2.googleapis.com"
WEEK = 604_799


@dataclass(slots=True)
class Code:
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str


@dataclass(slots=True)
class GoogleAuth:
    """One person and one project. `testing`: logins end after a week, and Google says so. `denies`: the
    person does not agree; `unticked` are rights left out on Google's page. `revoked` counts."""

    server: LoopbackServer
    testing: bool = False
    denies: bool = False
    unticked: frozenset[str] = frozenset()
    off: bool = False
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refreshing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    revoked: int = 0

    def __post_init__(self) -> None:
        self.serve("POST", OAUTH, "/token", self._token)
        self.serve("POST", OAUTH, "/revoke", self._revoke)

    def serve(self, method: str, host: str, path: str, route: Route | Reply) -> None:
        """Answer this path; another method is not found there, as a page."""

        def only(request: Request) -> Reply:
            if request.method != method:
                return page(404)
            return route(request) if callable(route) else route

        self.server.add(f"/{host}{path}", only)

    # -- what a test may do ------------------------------------------------------------------
    def authorize(self, url: str) -> str:
        """The person opens `url` and agrees, or not: the address the browser is sent back to."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["redirect_uri"].startswith("http://127.0.0.1:")
        assert asked["code_challenge_method"] == "S256"
        back = {"state": asked["state"]}
        if self.denies:
            return f"{asked['redirect_uri']}?{urlencode(back | {'error': 'access_denied'})}"
        code = f"4/{secrets.token_urlsafe(32)}"
        given = tuple(one for one in asked["scope"].split() if one not in self.unticked)
        self.codes[code] = Code(asked["redirect_uri"], given, asked["code_challenge"])
        back |= {"code": code, "scope": " ".join(given)}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def new_token(self, *scopes: str) -> str:
        """A token without the way to it."""
        value = f"ya29.{secrets.token_urlsafe(32)}"
        self.tokens[value] = scopes
        return value

    def forget(self) -> None:
        """The person took everything back at myaccount.google.com, or the week is over."""
        self.tokens.clear()
        self.refreshing.clear()

    def refuses(self, request: Request, scope: str) -> Reply | None:
        """What a request without the right to `scope` is answered; None when it has it."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        scopes = self.tokens.get(value) if kind == "Bearer" else None
        if scopes is None:
            words = (
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
                "cookie or other valid authentication credential."
            )
            return refused(401, "UNAUTHENTICATED", words, "authError")
        if scope not in scopes:
            words = "Request had insufficient authentication scopes."
            details = [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}]
            return refused(403, "PERMISSION_DENIED", words, "insufficientPermissions", details)
        if self.off:
            words = "This API has not been used in project 1234 before or it is disabled."
            details = [{"reason": "SERVICE_DISABLED", "domain": "googleapis.com"}]
            return refused(403, "PERMISSION_DENIED", words, "accessNotConfigured", details)
        return None

    # -- routes ------------------------------------------------------------------------------
    def _token(self, request: Request) -> Reply:
        asked = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        client = _basic(request) or (asked.get("client_id"), asked.get("client_secret"))
        if client[0] != CLIENT_ID:
            return oauth_error(401, "invalid_client", "The OAuth client was not found.")
        if client[1] != CLIENT_SECRET:
            return oauth_error(401, "invalid_client", "The provided client secret is invalid.")
        if asked.get("grant_type") == "refresh_token":
            scopes = self.refreshing.get(asked.get("refresh_token", ""))
            if scopes is None:
                return oauth_error(400, "invalid_grant", "Token has been expired or revoked.")
            return answer(self._issued(scopes))
        code = self.codes.pop(asked.get("code", ""), None)
        if code is None:
            return oauth_error(400, "invalid_grant", "Malformed auth code.")
        if code.redirect_uri != asked.get("redirect_uri"):
            return oauth_error(400, "redirect_uri_mismatch", "Bad Request")
        if code.challenge != challenge_of(asked.get("code_verifier")):
            return oauth_error(400, "invalid_grant", "Invalid code verifier.")
        refresh = f"1//{secrets.token_urlsafe(32)}"
        self.refreshing[refresh] = code.scopes
        return answer({**self._issued(code.scopes), "refresh_token": refresh})

    def _issued(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        issued = {
            "access_token": self.new_token(*scopes),
            "expires_in": 3599,
            "scope": " ".join(scopes),
            "token_type": "Bearer",
        }
        return issued | ({"refresh_token_expires_in": WEEK} if self.testing else {})

    def _revoke(self, request: Request) -> Reply:
        token = dict(parse_qsl(request.body.decode())).get("token", "")
        if token not in self.tokens and token not in self.refreshing:
            return oauth_error(400, "invalid_token", "Token expired or revoked")
        self.forget()
        self.revoked += 1
        return answer({})


def _basic(request: Request) -> tuple[str, str] | None:
    """The client, where it is told as Basic authentication: Google takes both ways."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return None
    name, _, password = base64.b64decode(value).decode().partition(":")
    return name, password


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    kind = {"Content-Type": "application/json; charset=UTF-8"}
    return Reply(status, {**kind, **(headers or {})}, json.dumps(body).encode())


def refused(
    status: int,
    name: str,
    words: str,
    reason: str = "",
    details: list[dict[str, Any]] | None = None,
) -> Reply:
    """As the interfaces refuse, in the old form and the new one at once."""
    error: dict[str, Any] = {"code": status, "message": words, "status": name}
    if reason:
        error["errors"] = [{"message": words, "domain": "global", "reason": reason}]
    if details:
        error["details"] = details
    return answer({"error": error}, status)


def oauth_error(status: int, name: str, words: str) -> Reply:
    return answer({"error": name, "error_description": words}, status)


def page(status: int) -> Reply:
    """What stands in front of all of Google says so in HTML."""
    body = (
        b"<!DOCTYPE html><html lang=en><title>Error</title><p><b>"
        + str(status).encode()
        + b".</b> <ins>That\xe2\x80\x99s an error.</ins>"
    )
    return Reply(status, {"Content-Type": "text/html; charset=UTF-8"}, body)
