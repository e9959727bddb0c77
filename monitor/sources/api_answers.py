"""Answers of JSON interfaces: the values in them, and the sentence for every refusal. Pure and total.

What comes from a network may hold anything in any place: every getter answers the empty value where
something else stands than was promised.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.errors import Action, SourceError
from monitor.infra.http import HttpResponse
from monitor.sources.charset import decode
from monitor.sources.dates import believable, parse_date
from monitor.sources.rate_limits import held_until
from monitor.text import Text, text

JSON_ONLY = {"Accept": "application/json"}
Json = Mapping[str, Any]

_KEPT = text("Nothing already collected is lost.")
_AGAIN = text("It is tried again by itself.")
_BUSY_PAUSE = timedelta(minutes=10)
_FORBIDDEN_PAUSE = timedelta(hours=6)
_LONGEST_WORDS = 300


def json_of(answer: HttpResponse, now: datetime) -> Any:
    """The answer's JSON. Raises SourceError for a refusal and for everything that is no JSON."""
    if not 200 <= answer.status < 300:
        raise refused(answer, now)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise unexpected(answer) from None


def unexpected(answer: HttpResponse) -> SourceError:
    """The error for an answer that is not what was asked for, whatever its status."""
    return SourceError(
        text("The network answered with something else than was asked for."),
        _KEPT,
        text("It may be a check for humans or a fault of its own. It is tried again by itself."),
        status=answer.status,
    )


def peek(answer: HttpResponse) -> Any:
    """Enough to know in `fetch` whether a next page is worth asking for; None for a refusal and for
    what is no JSON: `read` tells about these."""
    try:
        return json.loads(answer.body) if 200 <= answer.status < 300 else None
    except (ValueError, RecursionError):
        return None


def refused(answer: HttpResponse, now: datetime, retry_at: datetime | None = None) -> SourceError:
    """The error for a refusal, with the network's own words. `retry_at` where it says so in its own way."""
    status, words = answer.status, words_of(answer)
    if status in (429, 503):
        return SourceError(
            text("The network asks to be left alone for a while ({status}).", status=status),
            _KEPT,
            text("All sources of this network wait until then and go on by themselves."),
            retry_at=retry_at or held_until(answer.headers, now) or now + _BUSY_PAUSE,
            whole_host=True,
            status=status,
        )
    if status in (401, 407):
        return SourceError(
            _told(text("The network does not accept this login any more."), words),
            _KEPT,
            text("Log in again, or check that the source needs an account."),
            action=Action.PAUSE,
            status=status,
        )
    if status == 403:
        return SourceError(
            _told(text("The network refuses to show this (403)."), words),
            _KEPT,
            text("It is tried again in six hours. Open the page in the browser to see why."),
            retry_at=retry_at or now + _FORBIDDEN_PAUSE,
            status=status,
        )
    if status == 410:
        return SourceError(
            text("The network says that this is gone for good (410)."),
            text("It is not asked again. Everything collected stays."),
            text("Remove the source."),
            action=Action.DISABLE,
            status=status,
        )
    if status >= 500:
        return SourceError(
            text("The network has a fault of its own ({status}).", status=status),
            _KEPT,
            _AGAIN,
            status=status,
        )
    title = text("The network answered with the code {status}.", status=status)
    if status == 404:
        title = text("The network does not know this any more (404).")
    return SourceError(
        _told(title, words),
        _KEPT,
        text("Check the source's settings. It is tried again by itself."),
        status=status,
    )


def words_of(answer: HttpResponse) -> str:
    """The network's own sentence about a refusal, on one line; "" where it says nothing readable."""
    try:
        found = json.loads(answer.body[:100_000])
    except (ValueError, RecursionError):
        return ""
    said = _sentence(found)
    return " ".join(decode(said.encode("utf-8", "replace"), "utf-8").split())[:_LONGEST_WORDS]


def _sentence(found: Any) -> str:
    if isinstance(found, list) and found:
        found = found[0]
    if not isinstance(found, dict):
        return ""
    for key in ("error_description", "message", "error_message", "detail", "error", "errors"):
        inner = found.get(key)
        if isinstance(inner, str) and inner.strip():
            return inner
        if isinstance(inner, dict | list) and (deeper := _sentence(inner)):
            return deeper
        if isinstance(inner, list) and inner and isinstance(inner[0], str):
            return inner[0]
    return ""


def _told(title: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title


# -- values -------------------------------------------------------------------------------------
def string(of: Any, *path: str) -> str:
    """The text at the end of the path; numbers as text; "" for all else. Halves of signs (\\ud800), which
    nothing can store or send, become "?"."""
    found = _at(of, path)
    if isinstance(found, str):
        return found if found.isascii() else found.encode("utf-8", "replace").decode("utf-8")
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def number(of: Any, *path: str) -> int | None:
    """The whole number at the end of the path, also when it stands in quotes; None for all else, and
    for numbers no network counts to, which no database takes."""
    found = _at(of, path)
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found if abs(found) < 10**15 else None
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return int(found)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 16:
        return int(found)
    return None


def objects(of: Any, *path: str) -> Iterator[Json]:
    """The objects of the list at the end of the path; what is no object is left out."""
    found = _at(of, path)
    if isinstance(found, list):
        for one in found:
            if isinstance(one, dict):
                yield one


def entries(of: Any, *path: str) -> int:
    """How many things the list at the end of the path holds, readable or not."""
    found = _at(of, path)
    return len(found) if isinstance(found, list) else 0


def moment(of: Any, *path: str, now: datetime) -> datetime | None:
    """The time at the end of the path, UTC: seconds since 1970, or a date as any network writes it;
    None where it is missing or cannot be believed."""
    found = _at(of, path)
    if isinstance(found, int | float) and not isinstance(found, bool):
        try:
            return believable(datetime.fromtimestamp(found, UTC), now)
        except (ValueError, OverflowError, OSError):
            return None
    return believable(parse_date(found), now) if isinstance(found, str) else None


def _at(of: Any, path: Sequence[str]) -> Any:
    for key in path:
        if not isinstance(of, dict):
            return None
        of = of.get(key)
    return of
