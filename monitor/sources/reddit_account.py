"""Asking Reddit's interface with the person's account; what its refusals mean.

The address of such a source is "https://oauth.reddit.com/...?...#name". Page: https://www.reddit.com/dev/api.
Limits: 100 requests a minute for one program, told in X-Ratelimit headers. Terms: what its author
deletes is deleted here too, within two days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.networks.reddit_send import headers, lacks_scope
from monitor.sources.api_answers import (
    Json,
    entries,
    json_of,
    moment,
    objects,
    peek,
    string,
    unexpected,
)
from monitor.sources.posts import usable_id
from monitor.sources.reading_account import lacks_right, login_ended

HOST = "oauth.reddit.com"
PAGE = 100
MOST_PAGES = 10  # Reddit lists a thousand things at most

_NAME = re.compile(r"t\d_\w{1,20}", re.ASCII)

Ask = Callable[[str], HttpResponse]


def asking(login: Login, right: str, http: HttpClient, cancel: CancelToken) -> Ask:
    """How to ask as this account. Raises NotLoggedIn where its login ended or lacks the right."""
    scopes = login.account.scopes
    if scopes and right not in scopes and "*" not in scopes:
        raise lacks_right(right)

    def ask(url: str) -> HttpResponse:
        answer = http.get(url, cancel=cancel, headers=headers(login))
        if answer.status == 401:
            raise login_ended(answer)
        if lacks_scope(answer):
            raise lacks_right(right, answer)
        return answer

    return ask


def pages_since(
    ask: Ask, url: str, since: datetime | None, now: datetime
) -> tuple[HttpResponse, ...]:
    """The pages of a listing, newest first, back to `since`; one page without it."""
    answers: list[HttpResponse] = []
    after = ""
    for _ in range(MOST_PAGES if since else 1):
        answers.append(ask(f"{url}&after={after}" if after else url))
        found = peek(answers[-1])
        after = string(found, "data", "after")
        times = [stamp for thing in things(found) if (stamp := when(thing, now))]
        reached = since is None or any(stamp <= since for stamp in times)
        if reached or not _NAME.fullmatch(after):
            break
    return tuple(answers)


def listing_of(answer: HttpResponse, now: datetime) -> Json:
    """Raises SourceError for a refusal and for what is no listing."""
    found = json_of(answer, now)
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("children"), list):
        raise unexpected(answer)
    return found  # type: ignore[no-any-return]  # checked above


def things(found: Any) -> Iterator[Json]:
    """The posts and comments of a listing; no communities, people and messages."""
    for child in objects(found, "data", "children"):
        if child.get("kind") in ("t1", "t3") and isinstance(child.get("data"), dict):
            yield child["data"]


def unread(found: Any) -> int:
    """How many of a listing's posts and comments have no name of their own."""
    listed = list(objects(found, "data", "children"))
    foreign = sum(string(child, "kind") in ("t2", "t4", "t5") for child in listed)
    named = sum(bool(usable_id(string(thing, "name"))) for thing in things(found))
    return max(0, entries(found, "data", "children") - foreign - named)


def when(thing: Json, now: datetime) -> datetime | None:
    return moment(thing, "created_utc", now=now)


def newest(found: Iterable[Json], before: datetime | None, now: datetime) -> datetime | None:
    """The time of the newest thing seen so far, never in the future."""
    times = [stamp for thing in found if (stamp := when(thing, now)) and stamp <= now]
    return max((*times, before) if before else times, default=None)


def since_of(cursor: str) -> datetime | None:
    return _moment(string(_stored(cursor), "since"))


def known_of(cursor: str) -> tuple[str, ...]:
    """The names of what was found lately."""
    names = _stored(cursor).get("known")
    return tuple(
        name for name in (names if isinstance(names, list) else ()) if isinstance(name, str)
    )


def cursor_of(since: datetime | None, known: Iterable[str] = ()) -> str:
    return json.dumps({"v": 1, "since": since.isoformat() if since else "", "known": list(known)})


def back_to(since: datetime | None, late: timedelta) -> datetime | None:
    return since - late if since else None


def _stored(cursor: str) -> Mapping[str, Any]:
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _moment(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else None
