"""Replies on GitHub: published once, found again. Logging in is in github.py.

The post's `reply_to` is JSON: {"repository": "owner/name", "number": 12, "comment": "34"}, the comment ""
where the issue itself is answered. Comments stand one below the other, whatever they answer. GitHub knows
no key against doubles: `find` reads the comments of the issue since the attempt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
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
    whole,
    words_of,
)
from monitor.networks.base import Refused, Sent
from monitor.text import text

HOST = "api.github.com"
API = f"https://{HOST}"
MOST = 65_536
PAGES = 5
"""Of an issue's comments since the attempt, 100 each; more are not looked through."""

_REPOSITORY = re.compile(r"[\w-]{1,39}/[\w.-]{1,100}", re.ASCII)
_ISSUE = re.compile(re.escape(API) + r"/repos/[\w-]{1,39}/[\w.-]{1,100}/issues/\d{1,12}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{0,20}")
_NEXT = re.compile(r'<([^<>]+)>\s*;[^<>,]*\brel="?next\b')
_OWN_ONLY = "resource not accessible"  # what GitHub says to a fine-grained token elsewhere


def send(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> Sent:
    issue = _issue(login, sending, http, cancel)
    said = headers(login.secret["token"]) | {"Content-Type": "application/json"}
    body = json.dumps({"body": sending.text}).encode()
    try:
        answer = http.send("POST", f"{issue}/comments", cancel=cancel, headers=said, body=body)
    except SourceError as error:
        raise not_answered(error) from error
    if answer.status == 201:
        return _sent(json_of(answer))
    raise _refusal(answer)


def find(
    login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
) -> Sent | None:
    since = own_reply.since(sending).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    query = urlencode({"since": since, "per_page": 100})
    url = f"{_target(sending)[0]}/comments?{query}"
    for _ in range(PAGES):
        answer = _comments(url, login, http, cancel)
        if answer.status == 410:  # the whole issue was deleted, and our reply with it
            break
        for comment in objects(json_of(answer)):
            if _is_ours(comment, login, sending):
                return _sent(comment)
        following = _NEXT.search(answer.headers.get("link", ""))
        # A page of another site would get our token.
        if following is None or not following[1].startswith(f"{API}/"):
            break
        url = following[1]
    else:
        raise no_answer(text("There are too many newer posts to look through."))
    own_reply.check_settled(sending, now)
    return None


def _issue(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> str:
    """Where the issue is now: repositories are renamed and issues move. Raises Refused when what is
    answered is gone, NotLoggedIn, and SourceError where that cannot be asked."""
    issue, comment = _target(sending)
    said = headers(login.secret["token"])
    asked = f"{issue.rpartition('/')[0]}/comments/{comment}" if comment else issue
    answer = http.get(asked, cancel=cancel, headers=said)
    if answer.status == 401:
        raise not_logged_in(words_of(answer))
    if is_limit(answer):
        raise busy(words_of(answer))
    if answer.status in (404, 410):
        raise gone(words_of(answer))
    if answer.status in (403, 451):
        raise _refusal(answer)
    url = string(json_of(answer), "issue_url" if comment else "url")
    if answer.status != 200 or not _ISSUE.fullmatch(url):
        raise unreadable(answer)
    return url


def _target(sending: Sending) -> tuple[str, str]:
    """Where the issue was, and the number of the comment in it."""
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        raise unusable_target() from None
    repository, number = string(target, "repository"), whole(target, "number")
    comment = string(target, "comment")
    if not _REPOSITORY.fullmatch(repository) or not number or not _NUMBER.fullmatch(comment):
        raise unusable_target()
    return f"{API}/repos/{repository}/issues/{number}", comment


def _comments(url: str, login: Login, http: HttpClient, cancel: CancelToken) -> HttpResponse:
    try:
        answer = http.get(url, cancel=cancel, headers=headers(login.secret["token"]))
    except SourceError as error:
        raise lost(error) from error
    if answer.status == 401:
        raise not_logged_in(words_of(answer))
    listed = answer.status == 200 and isinstance(json_of(answer), list)
    if not listed and answer.status != 410:
        raise no_answer(unreadable(answer).title)
    return answer


def _is_ours(comment: Mapping[str, Any], login: Login, sending: Sending) -> bool:
    author = string(comment, "user", "login").casefold()
    return author == login.account.handle.casefold() and own_reply.same_words(
        string(comment, "body"), sending.text
    )


def _sent(comment: Any) -> Sent:
    id_ = one_line(string(comment, "id"))
    url = one_line(string(comment, "html_url"), LONGEST_URL)
    if not id_:
        raise no_answer(text("The network answered with something else than was asked for."))
    return Sent(f"comment-{id_}", url if url.startswith("https://") else "")


def _refusal(answer: HttpResponse) -> VigieError:
    words = words_of(answer)
    if is_limit(answer):
        return busy(words)
    if answer.status == 403 and _OWN_ONLY in words.lower():
        return Refused(
            text(
                "This token may not answer in that repository. GitHub says: “{words}”.", words=words
            ),
            NOTHING_SENT,
            text(
                "It needs “Issues: read and write” there; in other people's repositories only a "
                "classic token with public_repo answers."
            ),
        )
    return refusal(answer)


def is_limit(answer: HttpResponse) -> bool:
    """Both kinds of limits come as 403 too."""
    if answer.status not in (403, 429):
        return False
    used_up = answer.headers.get("x-ratelimit-remaining", "").strip() == "0"
    return used_up or "retry-after" in answer.headers or "rate limit" in words_of(answer).lower()


def headers(token: str) -> dict[str, str]:
    said = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return said | ({"Authorization": f"Bearer {token}"} if token else {})
