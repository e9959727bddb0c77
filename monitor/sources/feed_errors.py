"""The sentence for every answer that brings no feed, and what the scheduler does then. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from monitor.errors import Action, SourceError
from monitor.infra.http import HttpResponse
from monitor.sources.charset import decode
from monitor.sources.feed_parse import is_html
from monitor.sources.feed_timing import retry_after
from monitor.text import text

_KEPT = text("Nothing already collected is lost.")
_AGAIN = text("It is tried again by itself.")
_CHECK_ADDRESS = text("Open the address in the browser to see whether it has moved.")
_FORBIDDEN_PAUSE = timedelta(hours=6)
_BUSY_PAUSE = timedelta(minutes=10)
_PASSWORD_FIELD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|connexion|auth|sso|wp-login)\b", re.IGNORECASE)


def refused(answer: HttpResponse, now: datetime) -> SourceError:
    """The error for a status that carries no feed."""
    status = answer.status
    if status in (429, 503):
        return SourceError(
            text("The site asks to be left alone for a while ({status}).", status=status),
            _KEPT,
            text("All sources of this site wait until then and go on by themselves."),
            retry_at=retry_after(answer.headers, now) or now + _BUSY_PAUSE,
            whole_host=True,
            status=status,
        )
    if status in (401, 407):
        return SourceError(
            text("The site asks for a name and a password."),
            _KEPT,
            text("If you have them, write the address as https://name:password@site/…"),
            action=Action.PAUSE,
            status=status,
        )
    if status == 403:
        return SourceError(
            text("The site refuses to show this feed (403)."),
            _KEPT,
            text("It is tried again in six hours. Some sites refuse all programs."),
            retry_at=now + _FORBIDDEN_PAUSE,
            status=status,
        )
    if status == 404:
        return SourceError(
            text("There is nothing at this address any more (404)."),
            _KEPT,
            _CHECK_ADDRESS,
            status=status,
        )
    if status == 410:
        return SourceError(
            text("The site says that this feed is gone for good (410)."),
            text("It is not asked again. Everything collected stays."),
            text("Remove the source, or look for the site's new feed."),
            action=Action.DISABLE,
            status=status,
        )
    if status >= 500:
        return SourceError(
            text("The site has a fault of its own ({status}).", status=status),
            _KEPT,
            _AGAIN,
            status=status,
        )
    return SourceError(
        text("The site answered with the code {status} instead of a feed.", status=status),
        _KEPT,
        _CHECK_ADDRESS,
        status=status,
    )


def no_feed(answer: HttpResponse) -> SourceError:
    """The error for an answer that is no feed: a login page, a web page, nothing, something else."""
    body = decode(answer.body[:500_000], answer.headers.get("content-type", ""))
    if not body.strip():
        title, hint = text("The site answered with nothing at all."), _AGAIN
    elif is_login(answer, body):
        title = text("The site shows a login page instead of the feed.")
        hint = text(
            "Log in to the network or the site in the browser, or use a public feed address."
        )
    elif is_html(body):
        title = text("The site shows a web page instead of the feed.")
        hint = text("Open the address in the browser: it may ask for a check, or have moved.")
    else:
        title, hint = text("What the site sent is not a feed."), _CHECK_ADDRESS
    return SourceError(title, _KEPT, hint, status=answer.status)


def is_login(answer: HttpResponse, body: str) -> bool:
    """True when the page is about logging in: by its address, or by a password field."""
    return is_html(body) and bool(_PASSWORD_FIELD.search(body) or _LOGIN_PATH.search(answer.url))


def ended() -> SourceError:
    return SourceError(
        text("The feed itself says that it has ended."),
        text("It is not asked again. Everything collected stays."),
        text("Remove the source, or look for the site's new feed."),
        action=Action.DISABLE,
        status=200,
    )
