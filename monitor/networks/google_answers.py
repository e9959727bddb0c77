"""What the interfaces of Google answer when they refuse: their words, their reasons, what it means.

Pure and total. An error is {"error": {"code", "message", "status", "errors": [{"reason"}], "details":
[{"reason", "metadata"}]}}; the old form has `errors`, the new one `status` and `details`, many have all.
"""

from __future__ import annotations

import html
import re

from monitor.errors import VigieError
from monitor.infra.http import HttpResponse
from monitor.networks import answers
from monitor.networks.answers import (
    NOTHING_SENT,
    busy,
    gone,
    json_of,
    no_answer,
    objects,
    one_line,
    refused,
    string,
)
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.login_calls import NOTHING_CHANGED, is_not_now, let_nobody_in, not_now
from monitor.text import Text, text

_TAGS = re.compile(r"<[^<>]*>")
_LONGEST_WORDS = 300
_LACKING = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_USED_UP = frozenset({"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"})
_TOO_FAST = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
)


def words_of(answer: HttpResponse) -> str:
    """Google's own sentence on one line, without the links it puts there."""
    found = html.unescape(_TAGS.sub("", string(json_of(answer), "error", "message")))
    return one_line(found, _LONGEST_WORDS) or answers.words_of(answer)


def reasons_of(answer: HttpResponse) -> frozenset[str]:
    """All names it gives to the refusal."""
    told = json_of(answer)
    error = told.get("error") if isinstance(told, dict) else None
    if not isinstance(error, dict):
        return frozenset()
    listed = [*objects(error.get("errors")), *objects(error.get("details"))]
    return frozenset({string(error, "status"), *(string(one, "reason") for one in listed)} - {""})


def lacks_right(answer: HttpResponse) -> bool:
    """The login is good, but not for this."""
    return answer.status == 403 and (
        not _LACKING.isdisjoint(reasons_of(answer)) or "scopes" in words_of(answer).lower()
    )


def is_switched_off(answer: HttpResponse) -> bool:
    """The interface is not enabled in the person's project."""
    return answer.status == 403 and not _OFF.isdisjoint(reasons_of(answer))


def is_used_up(answer: HttpResponse) -> bool:
    """The project's share of the day is spent. Not so an hour's or a minute's (429)."""
    return answer.status == 403 and not _USED_UP.isdisjoint(reasons_of(answer))


def is_too_fast(answer: HttpResponse) -> bool:
    """It must be left alone for some minutes."""
    return answer.status == 429 or (
        answer.status == 403 and not _TOO_FAST.isdisjoint(reasons_of(answer))
    )


def is_not_approved(answer: HttpResponse) -> bool:
    """The project may ask nothing at all: Google has not let it in yet (Business Profile)."""
    told = json_of(answer)
    error = told.get("error") if isinstance(told, dict) else None
    details = objects(error.get("details")) if isinstance(error, dict) else ()
    limits = [string(one, "metadata", "quota_limit_value") for one in details]
    return answer.status == 429 and "0" in limits


def refusal(answer: HttpResponse) -> VigieError:
    """What an answer other than success means for a reply that was sent, as answers.refusal."""
    status, words = answer.status, words_of(answer)
    if status >= 500 or status == 408 or status < 300 or "processingFailure" in reasons_of(answer):
        return no_answer(
            text("The network has a fault of its own ({status}).", status=status), words
        )
    if status == 401 or lacks_right(answer):
        return answers.not_logged_in(words)
    if is_switched_off(answer):
        return Refused(switched_off(words), NOTHING_SENT, SWITCH_ON)
    if is_used_up(answer):
        return Refused(
            used_up(words),
            NOTHING_SENT,
            text("It begins anew at midnight, Pacific time: send it again then."),
        )
    if is_too_fast(answer):
        return busy(words)
    if status in (404, 410):
        return gone(words)
    return refused(words, status)


def no_entry(answer: HttpResponse, api: str, scope: str) -> VigieError:
    """What an answer other than success means for a login that was just made."""
    words = words_of(answer)
    if is_not_approved(answer):
        return NotLoggedIn(
            _told(text("Google has not opened “{api}” to your project yet.", api=api), words),
            NOTHING_CHANGED,
            text("Ask for access with Google's form, then log in again once it is granted."),
        )
    if is_switched_off(answer):
        return NotLoggedIn(switched_off(words), NOTHING_CHANGED, SWITCH_ON)
    if lacks_right(answer):
        return NotLoggedIn(
            text("{server} gave fewer rights than Vigie needs.", server="Google"),
            text("Missing: {rights}. Nothing was changed.", rights=scope),
            text("Log in again and tick every box on Google's page."),
        )
    if is_used_up(answer):
        return NotLoggedIn(
            used_up(words),
            NOTHING_CHANGED,
            text("It begins anew at midnight, Pacific time: log in again then."),
        )
    if is_not_now(answer.status) or is_too_fast(answer):
        return not_now("Google", 429 if is_too_fast(answer) else answer.status)
    if not words or answer.status < 300:
        return let_nobody_in("Google", answer)
    return NotLoggedIn(
        text("{host} refused the login. It says: “{words}”.", host="Google", words=words),
        NOTHING_CHANGED,
        text("Log in again when you like."),
    )


def switched_off(words: str) -> Text:
    return _told(text("The interface is not switched on in your Google Cloud project."), words)


SWITCH_ON = text(
    "Enable it at console.cloud.google.com, APIs & Services, then wait some minutes and try again."
)


def used_up(words: str) -> Text:
    return _told(text("Your Google Cloud project has spent its share of today."), words)


def _told(title: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
