"""Asking X with the person's account: once each, because it costs; what its refusals mean; where one
stands. The address of such a source is "https://api.x.com/2/...?...#username"."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.errors import Action, SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.sources.api_answers import JSON_ONLY, number, refused, string, words_of
from monitor.sources.base import Access, Answers
from monitor.sources.reading_account import lacks_right, login_ended
from monitor.sources.x_post import time_of, usable_id
from monitor.text import Text, text

API = "https://api.x.com/2"
RIGHTS = ("tweet.read", "users.read")

_REACH = timedelta(days=6, hours=23)  # X finds seven days back
_AHEAD = timedelta(days=1)  # by which this computer's clock may be behind
_MOST_KNOWN = 100  # ids of one look-up
_USED_UP_PAUSE = timedelta(hours=6)
_BUDGET = "vigie:budget"
_KEPT = text("Nothing already collected is lost.")


def asking(login: Login, http: HttpClient, cancel: CancelToken) -> Callable[[str], HttpResponse]:
    """How to ask as this account. Raises NotLoggedIn where its login ended or lacks a right."""
    for right in RIGHTS:
        if right not in login.account.scopes:
            raise lacks_right(right)
    headers = {"Authorization": f"Bearer {login.secret['token']}", **JSON_ONLY}

    def ask(url: str) -> HttpResponse:
        # Not `get`, which asks again where a connection broke: both may cost.
        return http.send("GET", url, cancel=cancel, headers=headers)

    return ask


def check_login(answer: HttpResponse) -> None:
    """Raises NotLoggedIn."""
    if answer.status == 401:
        raise login_ended(answer)
    if answer.status == 403 and "scope" in words_of(answer).lower():
        raise lacks_right(", ".join(RIGHTS), answer)


def named(answer: HttpResponse) -> HttpResponse:
    """With its limits under the names that others give them."""
    headers = {
        name.replace("x-rate-limit-", "x-ratelimit-"): value
        for name, value in answer.headers.items()
    }
    return replace(answer, headers=headers)


def refusal(answer: HttpResponse, now: datetime) -> SourceError:
    """The error for an answer other than 200."""
    kind = _type_of(answer)
    if answer.status == 402 or kind == "usage-capped":
        return SourceError(
            _told(text("X shows no more: the project's credits or its limit are used up."), answer),
            _KEPT,
            text(
                "Buy credits or raise the limit at console.x.com. It is tried again in six hours."
            ),
            retry_at=now + _USED_UP_PAUSE,
            status=answer.status,
        )
    if kind in ("client-forbidden", "client-not-enrolled"):
        return SourceError(
            _told(text("X does not let this project search."), answer),
            _KEPT,
            text(
                "Look at the project at console.x.com: it needs credits, and a “Native App” in it."
            ),
            action=Action.PAUSE,
            status=answer.status,
        )
    return refused(named(answer), now)


# -- where one stands ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Mark:
    """`since` is the newest id seen, `known` the ids found lately, newest first, `looked` the day (UTC)
    on which they were looked up."""

    since: str = ""
    known: tuple[str, ...] = ()
    looked: str = ""

    def to_look_up(self, now: datetime) -> tuple[str, ...]:
        """What is known and not looked up today."""
        return () if self.looked == now.date().isoformat() else lately(self.known, now)


def mark_of(cursor: str) -> Mark:
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        return Mark()
    names = found.get("known") if isinstance(found, dict) else None
    known = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return Mark(
        usable_id(string(found, "since")),
        tuple(filter(None, map(usable_id, known))),
        string(found, "looked"),
    )


def stored(mark: Mark, gone: Iterable[str], now: datetime) -> str:
    left = [name for name in lately(mark.known, now) if name not in set(gone)]
    return json.dumps({"v": 1, "since": mark.since, "known": left, "looked": mark.looked})


def lately(known: Iterable[str], now: datetime) -> tuple[str, ...]:
    return tuple(name for name in known if now - time_of(name) < _REACH)[:_MOST_KNOWN]


def newest_id(names: Iterable[str], now: datetime) -> str:
    """The greatest of them that is no id of the future; "" without any."""
    there = (name for name in map(usable_id, names) if name and time_of(name) - now < _AHEAD)
    return max(there, key=int, default="")


def usable_since(mark: Mark, now: datetime) -> str:
    """The id to go on from, "" where X does not reach back so far."""
    return mark.since if mark.since and now - time_of(mark.since) < _REACH else ""


# -- the money ----------------------------------------------------------------------------------
def stopped(access: Access) -> HttpResponse:
    """Our own answer where the budget allowed no more: what is left of how much."""
    told = {"left": access.budget.left(), "cap": access.login.account.monthly_cap}
    return HttpResponse(200, _BUDGET, "", {}, json.dumps(told).encode())


def spent_of(answers: Answers) -> Text | None:
    """The sentence for it; None where the money did not end."""
    for answer in answers:
        if answer.url == _BUDGET:
            told: Any = json.loads(answer.body)
            cap, left = number(told, "cap") or 0, number(told, "left") or 0
            return text(
                "{spent} of this month's {cap} are spent: X is asked again on the first of next month, "
                "or at once after logging in to the account with a higher amount.",
                spent=dollars(max(0, cap - left)),
                cap=dollars(cap),
            )
    return None


def dollars(micros: int) -> Text:
    cents = micros // 10_000
    return text("${whole}.{cents}", whole=cents // 100, cents=f"{cents % 100:02}")


def _type_of(answer: HttpResponse) -> str:
    """The last word of a problem's address; "" for what is no problem of X's."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return string(found, "type").rpartition("/")[2]


def _told(title: Text, answer: HttpResponse) -> Text:
    words = words_of(answer)
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
