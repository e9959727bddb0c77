"""Replies on a Discourse forum: counted, published once, found again. Logging in is in discourse.py.

The post's `reply_to` is JSON: {"server": "https://forum.example", "topic_id": "77", "post_number": "4"}.
An account belongs to one forum. A forum knows no key against doubles, though it refuses the same words
twice; `find` reads the account's own newest posts, and those that wait for a moderator.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from monitor.errors import SourceError, VigieError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.networks import own_reply
from monitor.networks.answers import (
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
from monitor.text import text as sentence

LEAST = 20
MOST = 32_000
NEWEST = 50
"""Own posts that a forum lists at once."""
CANDIDATES = 5
"""Own posts in the right place whose words are asked for."""

_PERHAPS_A_LOGIN = (401, 403)  # a key that was taken back gets 403, as a closed topic does


def rules(login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
    """The forum's own "least" and "most"; what it does not say is left out."""
    told = json_of(get(login.account.server, "/site/settings.json", login.secret, http, cancel))
    found = {"least": whole(told, "min_post_length"), "most": whole(told, "max_post_length")}
    return {name: number for name, number in found.items() if number}


def limits(text: str, rules: Mapping[str, int] | None) -> ReplyLimits:
    known = rules or {}
    return ReplyLimits(
        used=len(" ".join(text.split())),
        most=known.get("most", MOST),
        least=known.get("least", LEAST),
    )


def send(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> Sent:
    topic, place = _target(login, sending)
    _check_there(topic, place or "1", login, http, cancel)
    told: dict[str, Any] = {"raw": sending.text, "topic_id": int(topic)}
    if place:
        told["reply_to_post_number"] = int(place)
    said = headers(login.secret) | {"Content-Type": "application/json"}
    url = f"https://{login.account.server}/posts.json"
    body = json.dumps(told).encode()
    try:
        answer = http.send("POST", url, cancel=cancel, headers=said, body=body)
    except SourceError as error:
        raise not_answered(error) from error
    if answer.status == 200:
        return _published(login, json_of(answer), topic)
    if answer.status in _PERHAPS_A_LOGIN and not _is_logged_in(login, http, cancel):
        raise not_logged_in(words_of(answer))
    raise _refusal(answer)


def find(
    login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
) -> Sent | None:
    topic, place = _target(login, sending)
    since = own_reply.since(sending)
    name = quote(login.account.handle, safe="")
    newest = list(objects(_asked(f"/u/{name}/activity.json", login, http, cancel)))
    dated = [(post, own_reply.moment(string(post, "created_at"))) for post in newest]
    fresh = [post for post, date in dated if date is None or date >= since]
    here = [
        post
        for post in fresh
        if string(post, "topic_id") == topic
        and _is_number(string(post, "id"))
        and string(post, "reply_to_post_number") in ("", place)
    ]
    for post in here[:CANDIDATES]:
        whole_post = _asked(f"/posts/{string(post, 'id')}.json", login, http, cancel)
        if own_reply.same_words(string(whole_post, "raw"), sending.text):
            return _sent(login, whole_post)
    waiting = _asked(f"/posts/{name}/pending.json", login, http, cancel, may_lack=True)
    listed = waiting.get("pending_posts") if isinstance(waiting, dict) else None
    for post in objects(listed):
        if string(post, "topic_id") == topic and own_reply.same_words(
            string(post, "raw_text"), sending.text
        ):
            return _held_back(login, post, topic)
    if len(here) > CANDIDATES or (len(fresh) == len(newest) >= NEWEST):
        raise no_answer(sentence("There are too many newer posts to look through."))
    own_reply.check_settled(sending, now)
    return None


def get(
    server: str, path: str, secret: Mapping[str, str], http: HttpClient, cancel: CancelToken
) -> HttpResponse:
    return http.get(f"https://{server}{path}", cancel=cancel, headers=headers(secret))


def headers(secret: Mapping[str, str]) -> dict[str, str]:
    return {
        "User-Api-Key": secret["key"],
        "User-Api-Client-Id": secret["client_id"],
        "Accept": "application/json",
    }


def _target(login: Login, sending: Sending) -> tuple[str, str]:
    """Topic and place in it. Raises Refused, also for a post of another forum."""
    target = _json(sending.reply_to)
    topic, place, forum = string(target, "topic_id"), string(target, "post_number"), _host(target)
    if not _is_number(topic) or not forum:
        raise unusable_target()
    if forum != login.account.server:
        raise Refused(
            sentence(
                "This account belongs to {own}: it cannot answer on {other}.",
                own=login.account.server,
                other=forum[:200],
            ),
            NOTHING_SENT,
            sentence("Add an account on that forum in Settings, or use “Copy and open”."),
        )
    return topic, place if _is_number(place) else ""


def _check_there(
    topic: str, place: str, login: Login, http: HttpClient, cancel: CancelToken
) -> None:
    """A forum takes an answer to a post that was deleted, too. Raises Refused when it is gone, NotLoggedIn,
    and SourceError where that cannot be asked."""
    path = f"/posts/by_number/{topic}/{place}.json"
    answer = get(login.account.server, path, login.secret, http, cancel)
    post = json_of(answer)
    if answer.status == 200 and string(post, "id"):
        if isinstance(post, dict) and (post.get("user_deleted") is True or post.get("deleted_at")):
            raise gone()
        return
    if answer.status in _PERHAPS_A_LOGIN and not _is_logged_in(login, http, cancel):
        raise not_logged_in(words_of(answer))
    if answer.status == 429:
        raise busy(words_of(answer))
    if answer.status in (403, 404, 410):
        raise gone(words_of(answer))
    raise unreadable(answer)


def _json(reply_to: str) -> Any:
    try:
        return json.loads(reply_to)
    except (ValueError, RecursionError):
        return None


def _host(target: Any) -> str:
    try:
        return urlsplit(string(target, "server")).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 16


def _published(login: Login, found: Any, topic: str) -> Sent:
    if string(found, "action") == "enqueued":
        pending = found.get("pending_post") if isinstance(found, dict) else None
        return _held_back(login, pending, topic)
    if not one_line(string(found, "id")):
        raise no_answer(sentence("The network answered with something else than was asked for."))
    return _sent(login, found)


def _sent(login: Login, post: Any) -> Sent:
    topic, place = string(post, "topic_id"), string(post, "post_number")
    slug = quote(one_line(string(post, "topic_slug")) or "-", safe="")
    url = f"https://{login.account.server}/t/{slug}/{topic}/{place}"
    known = _is_number(topic) and _is_number(place)
    return Sent(one_line(string(post, "id")), url if known else "")


def _held_back(login: Login, pending: Any, topic: str) -> Sent:
    """It waits for a moderator: it has left us, and is not sent again."""
    number = one_line(string(pending, "id")) or topic
    return Sent(f"pending-{number}", f"https://{login.account.server}/t/{topic}")


def _is_logged_in(login: Login, http: HttpClient, cancel: CancelToken) -> bool:
    """False only where the forum clearly does not know our key any more."""
    try:
        answer = get(login.account.server, "/session/current.json", login.secret, http, cancel)
    except SourceError:
        return True
    return answer.status not in (401, 403, 404)


def _refusal(answer: HttpResponse) -> VigieError:
    if string(json_of(answer), "error_type") == "not_found":
        return gone(words_of(answer))
    return refusal(answer)


def _asked(
    path: str, login: Login, http: HttpClient, cancel: CancelToken, *, may_lack: bool = False
) -> Any:
    """What the forum knows at this path; None where it `may_lack` it. Raises NoAnswer, NotLoggedIn."""
    try:
        answer = get(login.account.server, path, login.secret, http, cancel)
    except SourceError as error:
        raise lost(error) from error
    if answer.status in _PERHAPS_A_LOGIN and not _is_logged_in(login, http, cancel):
        raise not_logged_in(words_of(answer))
    if may_lack and answer.status in (403, 404):
        return None
    found = json_of(answer)
    if answer.status != 200 or found is None:
        raise no_answer(unreadable(answer).title, words_of(answer))
    return found
