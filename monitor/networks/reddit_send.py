"""Replies on Reddit: published once, and found again among the account's own comments.

The post's `reply_to` is JSON: {"name": "t3_1abcd"}, Reddit's own name of a post (t3) or comment (t1).
Reddit knows no keys against sending twice, and says what it refuses with 200 and a list of errors.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from monitor.errors import SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import USER_AGENT, HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.outgoing import Sending
from monitor.networks.answers import (
    NOTHING_SENT,
    Json,
    busy,
    gone,
    json_of,
    lost,
    no_answer,
    not_answered,
    not_logged_in,
    objects,
    one_line,
    refusal,
    refused,
    string,
    unreadable,
    unusable_target,
    words_of,
)
from monitor.networks.base import NoAnswer, Refused, Sent
from monitor.networks.own_reply import check_settled, same_words, since
from monitor.text import text

API = "https://oauth.reddit.com"
MOST = 10_000
"""Letters of a comment."""

_PAGES = 3  # of our own newest comments, 100 each
_NAME = re.compile(r"t[13]_[0-9a-z]{1,20}", re.ASCII)
_SITE = "https://www.reddit.com"
_GONE = ("[deleted]", "[removed]")
_CLOSED = ("THREAD_LOCKED", "TOO_OLD", "COMMENTER_BLOCKED_POSTER", "USER_BLOCKED")


def headers(login: Login) -> dict[str, str]:
    """Reddit wants to know in whose name a program asks."""
    handle = login.account.handle
    agent = f"{USER_AGENT} (by /u/{handle})" if handle.isascii() and handle else USER_AGENT
    return {
        "Authorization": f"Bearer {login.secret['token']}",
        "Accept": "application/json",
        "User-Agent": agent,
    }


def lacks_scope(answer: HttpResponse) -> bool:
    """Reddit says so in a header alone."""
    return answer.status == 403 and "insufficient_scope" in answer.headers.get(
        "www-authenticate", ""
    )


def send(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> Sent:
    name = _target(sending)
    _check_parent(login, name, http, cancel)
    fields = {"api_type": "json", "thing_id": name, "text": sending.text}
    form = {**headers(login), "Content-Type": "application/x-www-form-urlencoded"}
    url, body = f"{API}/api/comment?raw_json=1", urlencode(fields).encode("ascii")
    try:
        answer = http.send("POST", url, cancel=cancel, headers=form, body=body)
    except SourceError as error:
        raise not_answered(error) from error
    if answer.status != 200:
        raise _refusal(answer)
    told = json_of(answer)
    found = told.get("json") if isinstance(told, dict) else None
    if isinstance(found, dict) and (errors := _errors(found.get("errors"))):
        raise _named(*errors[0])
    data = found.get("data") if isinstance(found, dict) else None
    for thing in objects(data.get("things") if isinstance(data, dict) else None):
        if string(thing, "data", "name"):
            return _sent(thing["data"])
    # Published, mostly: Reddit sometimes shows nothing of it.
    raise no_answer(text("The network answered with something else than was asked for."))


def find(
    login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
) -> Sent | None:
    name, oldest, after = _target(sending), since(sending), ""
    for _ in range(_PAGES):
        found = _own_comments(login, after, http, cancel)
        listing = found.get("data")
        comments = [
            one["data"]
            for one in objects(listing.get("children") if isinstance(listing, dict) else None)
            if isinstance(one.get("data"), dict)
        ]
        for comment in comments:
            if string(comment, "parent_id") == name and _is_ours(comment, sending, oldest):
                return _sent(comment)
        after = string(listing, "after")
        moments = [moment for one in comments if (moment := _moment(one)) is not None]
        if not after or any(moment < oldest for moment in moments):
            check_settled(sending, now)
            return None
    raise no_answer(text("There are too many newer posts to look through."))


def _target(sending: Sending) -> str:
    try:
        name = string(json.loads(sending.reply_to), "name")
    except (ValueError, RecursionError):
        name = ""
    if not _NAME.fullmatch(name):
        raise unusable_target()
    return name


def _check_parent(login: Login, name: str, http: HttpClient, cancel: CancelToken) -> None:
    """Raises Refused when it is gone: Reddit takes comments below a deleted post, where nobody reads."""
    url = f"{API}/api/info?raw_json=1&id={name}"
    answer = http.get(url, cancel=cancel, headers=headers(login))
    told = json_of(answer)
    listing = told.get("data") if isinstance(told, dict) else None
    if answer.status == 401 or lacks_scope(answer):
        raise not_logged_in(words_of(answer))
    if answer.status != 200 or not isinstance(listing, dict):
        raise unreadable(answer)
    thing = next(objects(listing.get("children")), {}).get("data")
    if not isinstance(thing, dict) or not string(thing, "name"):
        raise gone()
    words = string(thing, "body") or string(thing, "selftext")
    by_nobody = string(thing, "author") == "[deleted]"
    if by_nobody or words in _GONE or thing.get("removed_by_category"):
        raise gone()


def _errors(listed: Any) -> list[tuple[str, str]]:
    """Code and words of each complaint: ["RATELIMIT", "you are doing that too much...", "ratelimit"]."""
    return [
        (str(one[0] or ""), one_line(str(one[1] or ""), 300))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, list) and len(one) > 1
    ]


def _named(code: str, words: str) -> VigieError:
    """Nothing was published, and Reddit says why."""
    if code == "RATELIMIT":
        return busy(words)
    if code.startswith("DELETED_"):
        return gone(words)
    if code == "USER_REQUIRED":
        return not_logged_in(words)
    if code in _CLOSED:
        return Refused(
            text("Reddit takes no more replies here. It says: “{words}”.", words=words),
            NOTHING_SENT,
            text("Open it in the browser to see what became of it."),
        )
    return Refused(
        text("Reddit refused the reply ({code}): “{words}”.", code=code, words=words or "?"),
        NOTHING_SENT,
        text("Change the reply, then send it again, or use “Copy and open”."),
    )


def _refusal(answer: HttpResponse) -> VigieError:
    if lacks_scope(answer):
        return not_logged_in(words_of(answer))
    told = json_of(answer)
    explained = string(told, "explanation") or string(told, "reason")
    if answer.status in (400, 403) and explained:
        return refused(one_line(explained, 300), answer.status)
    return refusal(answer)


def _own_comments(login: Login, after: str, http: HttpClient, cancel: CancelToken) -> Json:
    asked = {"limit": "100", "sort": "new", "raw_json": "1"} | ({"after": after} if after else {})
    url = f"{API}/user/{quote(login.account.handle, safe='')}/comments?{urlencode(asked)}"
    try:
        answer = http.get(url, cancel=cancel, headers=headers(login))
    except SourceError as error:
        raise lost(error) from error
    if answer.status == 401 or lacks_scope(answer):
        raise not_logged_in(words_of(answer))
    told = json_of(answer)
    if answer.status != 200 or string(told, "kind") != "Listing" or not isinstance(told, dict):
        raise _unknown(answer)
    return told


def _is_ours(comment: Json, sending: Sending, oldest: datetime) -> bool:
    moment = _moment(comment)
    in_time = moment is None or moment >= oldest
    return in_time and same_words(string(comment, "body"), sending.text)


def _moment(comment: Json) -> datetime | None:
    seconds = comment.get("created_utc")
    try:
        return datetime.fromtimestamp(float(seconds), UTC)  # type: ignore[arg-type]  # caught below
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _sent(comment: Json) -> Sent:
    """Where it says no address, it is the thread's, with the comment's number."""
    name = string(comment, "name")
    path = string(comment, "permalink")
    if not path and (thread := string(comment, "link_id")):
        path = f"/comments/{thread.removeprefix('t3_')}/_/{name.removeprefix('t1_')}/"
    return Sent(name, f"{_SITE}{quote(path)}" if path.startswith("/") else "")


def _unknown(answer: HttpResponse) -> NoAnswer:
    return no_answer(unreadable(answer).title)
