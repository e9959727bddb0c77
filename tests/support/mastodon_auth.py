"""The logging-in half of a Mastodon server: applications, authorisation with PKCE, tokens, revoking.

It refuses what the real one refuses, in its words. `tests/unit/networks/test_mastodon_server.py`
proves it with a client library that others wrote.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.loopback import Reply, Request

JSON = {"Content-Type": "application/json; charset=utf-8"}
_INVALID_GRANT = (
    "The provided authorization grant is invalid, expired, revoked, does not match the "
    "redirection URI used in the authorization request, or was issued to another client."
)


@dataclass(frozen=True, slots=True)
class App:
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]


@dataclass(slots=True)
class Code:
    """What the person agreed to; good once, until it is `expired`."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    expired: bool = False


@dataclass(slots=True)
class Token:
    client_id: str
    scopes: tuple[str, ...]
    revoked: bool = False


class MastodonAuth:
    """One account, `username`, that agrees to everything unless `denies`. `withheld` are scopes that
    the server never gives."""

    def __init__(self, host: str, username: str = "ann") -> None:
        self.host = host
        self.username = username
        self.denies = False
        self.withheld: frozenset[str] = frozenset()
        self.apps: dict[str, App] = {}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}

    # -- what a test may do ------------------------------------------------------------------
    def authorize(self, url: str) -> str:
        """The person opens `url` and agrees, or not: the address the browser is sent back to."""
        asked = dict(parse_qsl(urlsplit(url).query))
        app = self.apps[asked["client_id"]]
        assert asked["response_type"] == "code"
        assert asked["redirect_uri"] in app.redirect_uris
        scopes = tuple(asked.get("scope", "read").split())
        assert set(scopes) <= app.scopes
        assert asked.get("code_challenge_method", "S256") == "S256"
        back = {"state": asked["state"]} if "state" in asked else {}
        if self.denies:
            back |= {
                "error": "access_denied",
                "error_description": "The resource owner or authorization server denied the request.",
            }
        else:
            back["code"] = secrets.token_urlsafe(32)
            given = tuple(scope for scope in scopes if scope not in self.withheld)
            self.codes[back["code"]] = Code(
                asked["client_id"], asked["redirect_uri"], given, asked.get("code_challenge", "")
            )
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def new_token(self, *scopes: str) -> str:
        """A token without the way to it."""
        value = secrets.token_urlsafe(32)
        self.tokens[value] = Token("", scopes)
        return value

    def revoke_all(self) -> None:
        """The person took every permission back in the server's settings."""
        for token in self.tokens.values():
            token.revoked = True

    # -- routes ------------------------------------------------------------------------------
    def register(self, request: Request) -> Reply:
        """POST /api/v1/apps"""
        asked = fields(request)
        uris = tuple(asked.get("redirect_uris", "").split())
        if not asked.get("client_name") or not uris:
            return refused(422, "Validation failed: Application name can't be blank")
        client_id, client_secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        scopes = asked.get("scopes", "read").split()
        self.apps[client_id] = App(client_secret, uris, frozenset(scopes))
        return answer(
            {
                "id": str(len(self.apps)),
                "name": asked["client_name"],
                "website": asked.get("website"),
                "scopes": scopes,
                "redirect_uri": "\n".join(uris),
                "redirect_uris": list(uris),
                "client_id": client_id,
                "client_secret": client_secret,
                "client_secret_expires_at": 0,
            }
        )

    def token(self, request: Request) -> Reply:
        """POST /oauth/token"""
        asked = fields(request)
        client_id = asked.get("client_id", "")
        if not self._is_app(client_id, asked.get("client_secret", "")):
            return oauth_error(
                401, "invalid_client", "Client authentication failed due to unknown client."
            )
        code = self.codes.pop(asked.get("code", ""), None)
        if (
            code is None
            or asked.get("grant_type") != "authorization_code"
            or code.expired
            or code.client_id != client_id
            or code.redirect_uri != asked.get("redirect_uri")
            or code.challenge != challenge_of(asked.get("code_verifier"))
        ):
            return oauth_error(400, "invalid_grant", _INVALID_GRANT)
        value = secrets.token_urlsafe(32)
        self.tokens[value] = Token(client_id, code.scopes)
        return answer(
            {
                "access_token": value,
                "token_type": "Bearer",
                "scope": " ".join(code.scopes),
                "created_at": 1785578400,
            }
        )

    def revoke(self, request: Request) -> Reply:
        """POST /oauth/revoke"""
        asked = fields(request)
        client_id = asked.get("client_id", "")
        token = self.tokens.get(asked.get("token", ""))
        known = self._is_app(client_id, asked.get("client_secret", ""))
        if not known or (token is not None and token.client_id != client_id):
            return oauth_error(
                403, "unauthorized_client", "You are not authorized to revoke this token"
            )
        if token is not None:
            token.revoked = True
        return answer({})

    def verify_credentials(self, request: Request) -> Reply:
        """GET /api/v1/accounts/verify_credentials"""
        wrong = self.refuses(request, "read:accounts")
        return wrong or answer(
            {
                "id": "1001",
                "username": self.username,
                "acct": self.username,
                "display_name": "Ann Example",
                "url": f"https://{self.host}/@{self.username}",
                "created_at": "2026-01-01T00:00:00.000Z",
                "note": "<p>Hello</p>",
                "bot": False,
                "locked": False,
                "avatar": f"https://{self.host}/a.png",
                "followers_count": 3,
                "following_count": 4,
                "statuses_count": 5,
                "emojis": [],
                "fields": [],
                "source": {"privacy": "public", "sensitive": False, "language": "en", "note": ""},
            }
        )

    def refuses(self, request: Request, scope: str) -> Reply | None:
        """What a request without the right to `scope` is answered; None when it has it."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        token = self.tokens.get(value) if kind == "Bearer" else None
        if token is None:
            return refused(401, "The access token is invalid")
        if token.revoked:
            return refused(401, "The access token was revoked")
        if scope not in token.scopes and scope.partition(":")[0] not in token.scopes:
            return refused(403, "This action is outside the authorized scopes")
        return None

    def _is_app(self, client_id: str, client_secret: str) -> bool:
        app = self.apps.get(client_id)
        return app is not None and app.client_secret == client_secret


def challenge_of(verifier: str | None) -> str:
    """As RFC 7636 has it, in words of our own; "" where none was sent."""
    if verifier is None:
        return ""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def fields(request: Request) -> Mapping[str, str]:
    """Of a form, or of a JSON object, as the real one takes both."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return {key: str(value) for key, value in json.loads(request.body or b"{}").items()}
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, {**JSON, **(headers or {})}, json.dumps(body).encode())


def refused(status: int, words: str) -> Reply:
    return answer({"error": words}, status)


def oauth_error(status: int, name: str, words: str) -> Reply:
    return answer({"error": name, "error_description": words}, status)


def page(status: int) -> Reply:
    """What stands in front of a server says so in HTML."""
    body = b"<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nginx</body></html>"
    return Reply(status, {"Content-Type": "text/html"}, body)
