"""Asking Bluesky with the person's account, through the account's own server; what refusals mean.

The address of such a source names the service that answers in the end, "https://api.bsky.app/...#label";
the server that passes the question on stands in the login.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.sources.api_answers import json_of, string, words_of
from monitor.sources.reading_account import lacks_right, login_ended
from monitor.text import text

SERVICE = "https://api.bsky.app/xrpc/"
Pairs = Sequence[tuple[str, str]]
Ask = Callable[[str, Pairs], HttpResponse]

_ENDED = ("ExpiredToken", "InvalidToken", "AuthMissing", "AccountTakedown", "AccountDeactivated")
_GATE_PAUSE = timedelta(hours=1)


def asking(login: Login, http: HttpClient, cancel: CancelToken) -> Ask:
    """How to ask a method as this account. Raises NotLoggedIn where the login has ended."""
    headers = {"Authorization": f"Bearer {login.secret['access']}", "Accept": "application/json"}

    def ask(method: str, pairs: Pairs) -> HttpResponse:
        url = f"{login.secret['pds']}/xrpc/{method}?{urlencode(pairs)}"
        answer = http.get(url, cancel=cancel, headers=headers)
        words = words_of(answer) if answer.status in (400, 403) else ""
        if answer.status == 401 or (answer.status == 400 and _name(answer) in _ENDED):
            raise login_ended(answer)
        if answer.status == 403 and "scope" in f"{_name(answer)} {words}".lower():
            raise lacks_right(method, answer)
        return answer

    return ask


def method_of(answer: HttpResponse) -> str:
    """What was asked: "app.bsky.feed.getPosts"."""
    return urlsplit(answer.url).path.rpartition("/")[2]


def told(answer: HttpResponse, now: datetime) -> Any:
    """The answer's JSON. Raises SourceError; the gate before Bluesky refuses with a page, not with JSON."""
    if answer.status == 403 and not words_of(answer):
        raise SourceError(
            text("Bluesky's gate lets no requests from here through at the moment (403)."),
            text("Nothing already collected is lost."),
            text("It is tried again in an hour. If it stays so, leave out a VPN or proxy."),
            retry_at=now + _GATE_PAUSE,
            status=403,
        )
    return json_of(answer, now)


def _name(answer: HttpResponse) -> str:
    try:
        return string(json.loads(answer.body), "error")
    except (ValueError, RecursionError):
        return ""
