"""Meta's Graph API, which Facebook and Instagram share: one request, and what its errors are.

The token travels in a header. Answers repeat it (in the addresses of next pages, in “malformed token”),
so it is taken out of every answer before anybody reads it. An app that asks for proofs has its secret in
the login. Errors are JSON with a code of their own under any HTTP status, also 200.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks.answers import json_of, string, whole

VERSION = "v26.0"
FACEBOOK = "graph.facebook.com"
INSTAGRAM = "graph.instagram.com"

_LONGEST_WORDS = 300
_PATH = re.compile(r"(?:/v\d+\.\d+)?/([^/]+)(?:/(\w+))?$")
_RIGHT = re.compile(r"\b(?:pages|instagram|business)_[a-z_]*[a-z]\b")
_LIMITS = {4, 17, 32, 341, 613, *range(80000, 80010)}
_RIGHTS = {3, 10, *range(200, 300)}
_ENDED = {102, 190}
_GONE = ((100, 33), (24, 0), (803, 0))


@dataclass(frozen=True, slots=True)
class GraphError:
    """`words` are Meta's own, on one line; `status` is the HTTP status it came with."""

    code: int
    subcode: int
    words: str
    transient: bool
    status: int

    @property
    def is_ended(self) -> bool:
        """The token is wrong, has ended or was taken back."""
        return self.code in _ENDED

    @property
    def is_limit(self) -> bool:
        """Too many requests, of the app, the person, the Page or the account."""
        return self.code in _LIMITS

    @property
    def is_gone(self) -> bool:
        """The thing asked for is not there any more, or not for this token."""
        return any(
            self.code == code and (not subcode or self.subcode == subcode)
            for code, subcode in _GONE
        )

    @property
    def is_right(self) -> bool:
        """The token lacks a permission; Meta also says so under the code of wrong parameters."""
        if self.code in _RIGHTS:
            return True
        return self.code == 100 and not self.is_gone and bool(self.right)

    @property
    def right(self) -> str:
        """The permission that is missing, where the words name it."""
        found = _RIGHT.search(self.words)
        return found[0] if found else ""


def error_of(answer: HttpResponse) -> GraphError | None:
    """The error in an answer, whatever its status; None where it holds none."""
    found = json_of(answer)
    error = found.get("error") if isinstance(found, dict) else None
    if not isinstance(error, dict):
        return None
    words = string(error, "error_user_msg") or string(error, "message")
    shown = "".join(sign for sign in words if sign.isprintable() or sign.isspace())
    return GraphError(
        code=_number(error, "code"),
        subcode=_number(error, "error_subcode"),
        words=" ".join(shown.split())[:_LONGEST_WORDS],
        transient=error.get("is_transient") is True,
        status=answer.status,
    )


def get(
    login: Login, path: str, query: Mapping[str, str], http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    """One question. `path` is behind the version. The answer's address is the one asked."""
    url = f"https://{login.secret['host']}/{VERSION}/{quote(path)}"
    asked = {**query, **_proof(login)}
    answer = http.get(
        f"{url}?{urlencode(asked)}" if asked else url, cancel=cancel, headers=_headers(login)
    )
    return _without_secrets(answer, login, f"{url}?{urlencode(query)}")


def post(
    login: Login, path: str, fields: Mapping[str, str], http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    """One request that changes something there: sent once. Raises SourceError without an answer."""
    url = f"https://{login.secret['host']}/{VERSION}/{quote(path)}"
    answer = http.send(
        "POST",
        url,
        cancel=cancel,
        headers={**_headers(login), "Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode({**fields, **_proof(login)}).encode("ascii"),
    )
    return _without_secrets(answer, login, url)


def refreshed(login: Login, http: HttpClient, cancel: CancelToken) -> tuple[str, int]:
    """A token of the Instagram login for a longer time, and its seconds; ("", 0) where it is refused (one
    younger than a day, one that has ended). Raises SourceError without an answer."""
    query = {"grant_type": "ig_refresh_token", "access_token": login.secret["token"]}
    url = f"https://{login.secret['host']}/refresh_access_token?{urlencode(query)}"
    found = json_of(http.send("GET", url, cancel=cancel, headers={"Accept": "application/json"}))
    token, seconds = string(found, "access_token"), whole(found, "expires_in")
    return (token, seconds) if token and seconds else ("", 0)


def place_of(answer: HttpResponse) -> tuple[str, str]:
    """What was asked: the thing's id, and which of its lists ("" for the thing itself)."""
    found = _PATH.search(urlsplit(answer.url).path)
    return (found[1], found[2] or "") if found else ("", "")


def _headers(login: Login) -> dict[str, str]:
    return {"Authorization": f"Bearer {login.secret['token']}", "Accept": "application/json"}


def _proof(login: Login) -> dict[str, str]:
    """That whoever asks knows the app's secret, without telling it."""
    secret = login.secret.get("app_secret", "")
    if not secret:
        return {}
    made = hmac.new(secret.encode(), login.secret["token"].encode(), hashlib.sha256)
    return {"appsecret_proof": made.hexdigest()}


def _without_secrets(answer: HttpResponse, login: Login, url: str) -> HttpResponse:
    """Meta repeats the token in bodies and, where it is refused, in a header."""
    body, headers = answer.body, dict(answer.headers)
    for word in (login.secret["token"], *_proof(login).values()):
        for written in {word, quote(word, safe="")}:
            body = body.replace(written.encode(), b"***")
            headers = {name: value.replace(written, "***") for name, value in headers.items()}
    return replace(answer, url=url, permanent_url="", headers=headers, body=body)


def _number(error: Mapping[str, object], key: str) -> int:
    found = error.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
