"""Replies on Lemmy: the post found on our own server, answered once, found again. Logging in is in lemmy.py.

The post's `reply_to` is JSON: {"server", "post_id", "parent_id", "uri"}: the server that showed it, its
numbers there (`parent_id` "" for a post, the comment's own for a comment) and its address, which is the
same everywhere. Seen on another server, it is looked up on ours by that address, which fetches it where
need be. Lemmy knows no key against doubles: `find` reads our own newest comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from monitor.errors import SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.outgoing import Sending
from monitor.networks import own_reply
from monitor.networks.answers import (
    LONGEST_URL,
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
    string,
    unreadable,
    unusable_target,
    words_of,
)
from monitor.networks.base import Refused, Sent
from monitor.text import text

MOST = 10_000
PAGES = 5
"""Of our own newest comments, 50 each; more since the attempt are not looked through."""

_PAGE = 50
_LIMITS = ("rate_limit_error", "too_many_requests")  # old servers say it with 400
_STRANGER = ("not_logged_in", "incorrect_login", "site_ban", "jwt")
_CLOSED = "locked"


@dataclass(frozen=True, slots=True)
class _Parent:
    """What is answered, in the numbers of our own server. `comment` is "" for a post."""

    post: str
    comment: str


def send(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> Sent:
    parent = _parent(login, sending, http, cancel)
    # No language: the server takes the community's, and refuses others.
    told: dict[str, Any] = {"content": sending.text, "post_id": int(parent.post)}
    if parent.comment:
        told["parent_id"] = int(parent.comment)
    said = headers(login.secret["jwt"]) | {"Content-Type": "application/json"}
    body = json.dumps(told).encode()
    try:
        answer = http.send("POST", _url(login, "/comment"), cancel=cancel, headers=said, body=body)
    except SourceError as error:
        raise not_answered(error) from error
    if answer.status != 200:
        raise _refusal(answer)
    return _sent(_at(json_of(answer), "comment_view"))


def find(
    login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
) -> Sent | None:
    since = own_reply.since(sending)
    try:
        parent = _parent(login, sending, http, cancel)
    except Refused:  # the post is gone; our reply may still be there
        parent = None
    except SourceError as error:
        raise lost(error) from error
    after = ""
    for page in range(1, PAGES + 1):
        found = _own_comments(login, page, after, http, cancel)
        views = list(_views(found))
        for view in views:
            if _is_ours(view, sending, parent):
                return _sent(view)
        dates = [_written(view) for view in views]
        after = string(found, "next_page")
        more = len(views) >= _PAGE or after
        if not more or any(date is not None and date < since for date in dates):
            own_reply.check_settled(sending, now)
            return None
    raise no_answer(text("There are too many newer posts to look through."))


def headers(jwt: str) -> dict[str, str]:
    said = {"Accept": "application/json"}
    return said | ({"Authorization": f"Bearer {jwt}"} if jwt else {})


def is_limit(answer: HttpResponse) -> bool:
    return answer.status == 429 or (answer.status == 400 and _code(answer) in _LIMITS)


def _parent(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> _Parent:
    """Raises Refused when it is gone, NotLoggedIn, and SourceError where that cannot be asked."""
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        target = {}
    post, comment, uri = (string(target, key) for key in ("post_id", "parent_id", "uri"))
    here = string(target, "server") == login.account.server
    if here and _is_number(comment or post):
        path, asked = ("/comment", comment) if comment else ("/post", post)
        query = urlencode({"id": asked})
    elif uri.startswith("https://"):
        path, query = "/resolve_object", urlencode({"q": uri})
    else:
        raise unusable_target()
    answer = http.get(
        f"{_url(login, path)}?{query}", cancel=cancel, headers=headers(login.secret["jwt"])
    )
    if answer.status != 200:
        raise _not_asked(answer, here=here)
    return _in_our_numbers(json_of(answer), answer)


def _in_our_numbers(found: Any, answer: HttpResponse) -> _Parent:
    """Raises Refused where it was deleted or removed."""
    view = next(iter(_things(found)), None)
    if view is None:
        raise unreadable(answer)
    comment, post = view.get("comment"), view.get("post")
    for one in (comment, post):
        if isinstance(one, dict) and (one.get("deleted") is True or one.get("removed") is True):
            raise gone()
    parent = _Parent(string(post, "id") or string(comment, "post_id"), string(comment, "id"))
    if not _is_number(parent.post) or (comment is not None and not _is_number(parent.comment)):
        raise unreadable(answer)
    return parent


def _things(found: Any) -> Iterator[Json]:
    """What surrounds a comment or post, in an answer of either version."""
    if not isinstance(found, dict):
        return
    for view in (found.get("comment_view"), found.get("post_view"), found):
        if not isinstance(view, dict):
            continue
        # v3 answers {"comment": view} where v4 answers the view itself.
        inner = [view.get(key) for key in ("comment", "post")]
        yield from (one for one in inner if isinstance(one, dict) and "creator" in one)
        if "creator" in view:
            yield view


def _own_comments(
    login: Login, page: int, after: str, http: HttpClient, cancel: CancelToken
) -> Any:
    asked: dict[str, str | int] = {"person_id": login.secret["id"], "limit": _PAGE}
    if login.secret["api"] == "v4":
        path = "/person/content"
        asked |= {"type_": "comments"} | ({"page_cursor": after} if after else {})
    else:
        path = "/user"
        asked |= {"sort": "New", "page": page}
    url = f"{_url(login, path)}?{urlencode(asked)}"
    try:
        answer = http.get(url, cancel=cancel, headers=headers(login.secret["jwt"]))
    except SourceError as error:
        raise lost(error) from error
    if answer.status == 401 or _code(answer) in _STRANGER:
        raise not_logged_in(words_of(answer))
    found = json_of(answer)
    listed = isinstance(found, dict) and any(
        isinstance(found.get(key), list) for key in ("comments", "items", "content")
    )
    if answer.status != 200 or not listed:
        raise no_answer(unreadable(answer).title)
    return found


def _views(found: Any) -> Iterator[Json]:
    for key in ("comments", "items", "content"):
        yield from objects(found.get(key))


def _is_ours(view: Json, sending: Sending, parent: _Parent | None) -> bool:
    comment = _at(view, "comment")
    if parent is not None:
        above = string(comment, "path").split(".")[-2:-1]
        if string(comment, "post_id") != parent.post or above not in (
            [],
            [parent.comment or "0"],
        ):
            return False
    return own_reply.same_words(string(comment, "content"), sending.text)


def _written(view: Json) -> datetime | None:
    comment = _at(view, "comment")
    stamp = string(comment, "published_at") or string(comment, "published")
    return own_reply.moment(stamp)


def _sent(view: Any) -> Sent:
    uri = one_line(string(view, "comment", "ap_id"), LONGEST_URL)
    if not uri:
        raise no_answer(text("The network answered with something else than was asked for."))
    return Sent(uri, uri if uri.startswith("https://") else "")


def _not_asked(answer: HttpResponse, *, here: bool) -> VigieError:
    """What it means when our server does not show what is answered. Nothing was sent."""
    words = words_of(answer)
    if answer.status == 401 or _code(answer) in _STRANGER:
        return not_logged_in(words)
    if is_limit(answer):
        return busy(words)
    if answer.status >= 500 or answer.status < 400:
        return unreadable(answer)
    if here:
        return gone(words)
    return Refused(
        text("Your server cannot find the post you answer. It says: “{words}”.", words=words),
        NOTHING_SENT,
        text(
            "It may be deleted, or its server and yours do not talk to each other. Open it in the "
            "browser to see."
        ),
    )


def _refusal(answer: HttpResponse) -> VigieError:
    code, words = _code(answer), words_of(answer)
    if code in _STRANGER:
        return not_logged_in(words)
    if is_limit(answer):
        return busy(words)
    if code == _CLOSED:
        return Refused(
            text("Nobody may answer there any more: the post is locked."),
            NOTHING_SENT,
            text("Open it in the browser to see why."),
        )
    return refusal(answer)


def _code(answer: HttpResponse) -> str:
    return string(json_of(answer), "error") if answer.status >= 400 else ""


def _url(login: Login, path: str) -> str:
    return f"https://{login.account.server}/api/{login.secret['api']}{path}"


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 16


def _at(of: Any, key: str) -> Mapping[str, Any]:
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}
