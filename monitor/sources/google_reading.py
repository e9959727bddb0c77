"""Reading at Google with the person's account: one request, and what a refusal means for the source."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks import google_oauth
from monitor.networks.google_answers import (
    SWITCH_ON,
    is_switched_off,
    is_too_fast,
    is_used_up,
    lacks_right,
    switched_off,
    used_up,
    words_of,
)
from monitor.sources.api_answers import json_of, unexpected
from monitor.sources.reading_account import lacks_right as right_lacking
from monitor.sources.reading_account import login_ended
from monitor.text import text

_RESET_HOUR = 9
"""Google counts days from midnight in California, which is 7 or 8 in the morning UTC."""
_KEPT = text("Nothing already collected is lost.")


def get(url: str, login: Login, scope: str, http: HttpClient, cancel: CancelToken) -> HttpResponse:
    """Raises NotLoggedIn where the login ended or lacks the right."""
    answer = http.get(url, cancel=cancel, headers=google_oauth.headers(login))
    if answer.status == 401:
        raise login_ended(answer)
    if lacks_right(answer):
        raise right_lacking(scope, answer)
    return answer


def object_of(answer: HttpResponse, now: datetime) -> dict[str, Any]:
    """The answer's JSON object. Raises SourceError for a refusal and for everything else."""
    if is_used_up(answer):
        raise SourceError(
            used_up(words_of(answer)),
            _KEPT,
            text("It goes on by itself when Google counts anew, at midnight, Pacific time."),
            retry_at=_next_day(now),
            status=answer.status,
        )
    if is_switched_off(answer):
        raise SourceError(
            switched_off(words_of(answer)),
            _KEPT,
            SWITCH_ON,
            action=Action.PAUSE,
            status=answer.status,
        )
    if is_too_fast(answer):
        answer = dataclasses.replace(answer, status=429)
    found = json_of(answer, now)
    if not isinstance(found, dict):
        raise unexpected(answer)
    return found


def next_looks(watched: Sequence[str], last: str, present: Collection[str], most: int) -> list[str]:
    """Of all ids that are watched, newest first, whose turn it is to be looked at again: those behind the
    `last` one looked at, then from the start; not those that are `present` anyway."""
    start = watched.index(last) + 1 if last in watched else 0
    order = [*watched[start:], *watched[:start]]
    return [one for one in order if one not in present][:most]


def stored(cursor: str) -> dict[str, Any]:
    """The cursor's object; {} for one that cannot be read: from the start, then."""
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _next_day(now: datetime) -> datetime:
    today = now.astimezone(UTC).replace(hour=_RESET_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
