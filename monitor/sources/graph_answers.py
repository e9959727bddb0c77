"""Answers of Meta's Graph API to a source: refusals as sentences, how much of the limits is used. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.errors import Action, SourceError
from monitor.infra.http import HttpResponse
from monitor.networks.graph import GraphError, error_of
from monitor.networks.graph_words import ended, lacking
from monitor.sources.api_answers import Json, json_of, number, unexpected
from monitor.sources.reading_account import login_ended
from monitor.text import Text, text

KEPT = text("Nothing already collected is lost.")
SLOW = 75
"""Percent of a limit from which on the source is asked more slowly."""

_PAUSE = timedelta(hours=1)  # limits count the last hour, or the last day
_BLOCKED_PAUSE = timedelta(hours=6)
_LONGEST = timedelta(days=1)
_USAGE = ("x-business-use-case-usage", "x-app-usage")
_PERCENT = ("call_count", "total_cputime", "total_time")
_BLOCKED = 368


def look(answer: HttpResponse, rights: str) -> None:
    """Raises NotLoggedIn where Meta no longer takes the token, or it lacks a permission. `rights` are
    those that this needs, where Meta does not name the one."""
    error = error_of(answer)
    if error is None:
        if answer.status == 401:
            raise login_ended(answer)
        return
    if error.is_ended:
        raise ended(error, KEPT)
    if error.is_right:
        raise lacking(error.right or rights, KEPT, error.words)


def checked(answer: HttpResponse, now: datetime) -> Json:
    """The page of an answer. Raises SourceError."""
    error = error_of(answer)
    if error is not None:
        raise _refused(error, answer, now)
    found = json_of(answer, now)
    if not isinstance(found, dict):
        raise unexpected(answer)
    return found


def page_of(answer: HttpResponse, now: datetime) -> Json:
    """A page of a list. Raises SourceError."""
    found = checked(answer, now)
    if not isinstance(found.get("data"), list):
        raise unexpected(answer)
    return found


def is_gone(answer: HttpResponse) -> bool:
    """What was asked for is not there any more."""
    error = error_of(answer)
    return error is not None and error.is_gone


def is_closed(answer: HttpResponse) -> bool:
    """There is no such list here, or the token may not see it: the others can be read all the same."""
    error = error_of(answer)
    return error is not None and not error.is_limit and not error.is_ended and not error.transient


def rest_until(answers: Iterable[HttpResponse], now: datetime) -> datetime | None:
    """The wish for the next check where a limit is nearly reached, None as long as there is room."""
    waits = [wait for answer in answers if (wait := _wait(answer.headers))]
    return now + max(waits) if waits else None


def _refused(error: GraphError, answer: HttpResponse, now: datetime) -> SourceError:
    if error.is_limit:
        return SourceError(
            text("Meta asks to be left alone for a while ({code}).", code=error.code),
            KEPT,
            text("All sources of this network wait until then and go on by themselves."),
            retry_at=now + (_wait(answer.headers) or _PAUSE),
            whole_host=True,
            status=answer.status,
        )
    if error.code == _BLOCKED:
        return SourceError(
            _told(text("Meta has blocked this account for a while."), error.words),
            KEPT,
            text("It is tried again in six hours. Look in the browser at what Meta wants."),
            retry_at=now + _BLOCKED_PAUSE,
            status=answer.status,
        )
    if error.is_ended or error.is_right:
        return SourceError(
            _told(text("The network does not accept this login any more."), error.words),
            KEPT,
            text("Log in again in Settings: the source then goes on by itself."),
            action=Action.PAUSE,
            status=answer.status,
        )
    return SourceError(
        _told(text("Meta answered with the error {code}.", code=error.code), error.words),
        KEPT,
        text("It is tried again by itself."),
        status=answer.status,
    )


def _wait(headers: Mapping[str, str]) -> timedelta | None:
    """How long to rest, as the counters of an answer tell; None where they tell of room."""
    minutes, percent = 0, 0
    for name in _USAGE:
        for counter in _counters(headers.get(name, "")):
            minutes = max(minutes, number(counter, "estimated_time_to_regain_access") or 0)
            percent = max(percent, *(number(counter, key) or 0 for key in _PERCENT))
    if minutes > 0:
        return min(timedelta(minutes=min(minutes, 10_000)), _LONGEST)
    return _PAUSE if percent >= SLOW else None


def _counters(header: str) -> Iterator[Mapping[str, Any]]:
    """Those of the app, or those of each business and use."""
    try:
        found = json.loads(header[:10_000]) if header else {}
    except (ValueError, RecursionError):
        return
    for one in (found, *(found.values() if isinstance(found, dict) else ())):
        for counter in one if isinstance(one, list) else [one]:
            if isinstance(counter, dict):
                yield counter


def _told(title: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
