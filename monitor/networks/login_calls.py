"""What logging in needs at every network: a form that is sent, and what is told when it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from monitor.errors import SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.networks.answers import words_of
from monitor.networks.base import NotLoggedIn
from monitor.text import text

MAX_BYTES = 1024 * 1024
_OPENERS = ("code", "code_verifier", "client_secret", "refresh_token", "token")
_LEAST_SECRET = 12  # shorter words stand in any sentence by chance
NOTHING_CHANGED = text("Nothing was changed.")


def post_form(
    url: str, fields: Mapping[str, str], http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    """Once, whatever happens (HttpClient.send). What opens an account is taken out of a refusal, which is
    kept and shown: some servers repeat what they were told."""
    answer = http.send(
        "POST",
        url,
        cancel=cancel,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
        body=urlencode(fields).encode("ascii"),
        max_bytes=MAX_BYTES,
    )
    body = answer.body
    for key in _OPENERS if answer.status >= 400 else ():
        if len(word := fields.get(key, "")) >= _LEAST_SECRET:
            body = body.replace(word.encode(), b"***")
    return replace(answer, body=body)


def is_not_now(status: int) -> bool:
    return status == 429 or status >= 500


def not_now(host: str, status: int) -> SourceError:
    """It has too much to do or is out of order: nothing was done there."""
    if status == 429:
        title = text("{host} allows no more requests at the moment.", host=host)
    else:
        title = text("{host} is out of order at the moment ({status}).", host=host, status=status)
    return SourceError(
        title, NOTHING_CHANGED, text("Try again in a few minutes."), whole_host=True, status=status
    )


def let_nobody_in(host: str, answer: HttpResponse) -> VigieError:
    """The answer to a login that is none."""
    if is_not_now(answer.status):
        return not_now(host, answer.status)
    words = words_of(answer)
    title = (
        text("{host} refused the login. It says: “{words}”.", host=host, words=words)
        if words
        else text("{host} refused the login ({status}).", host=host, status=answer.status)
    )
    return NotLoggedIn(title, NOTHING_CHANGED, text("Log in again when you like."))
