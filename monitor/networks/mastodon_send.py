"""Replies on Mastodon and servers that speak like it: counted, published once, found again.

The post's `reply_to` is JSON: server, id, uri, acct (name@server), visibility, spoiler. The server
knows Idempotency-Key for an hour; later, and on servers that do not, `find` reads our own posts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import regex

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Account, Login
from monitor.model.outgoing import ReplyLimits, Sending
from monitor.model.post import Post
from monitor.networks.answers import (
    LONGEST_URL,
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
    too_early,
    unreadable,
    unusable_target,
    whole,
    words_of,
)
from monitor.networks.base import NoAnswer, Refused, Sent
from monitor.networks.lengths import graphemes, mastodon_length
from monitor.networks.server_host import base_of
from monitor.text import text as sentence

MOST = 500
LINK = 23
SETTLED = timedelta(minutes=1)
"""A reply that is not there so long after the attempt never will be."""
SKEW = timedelta(hours=1)
"""How wrong the server's clock or ours may be."""
PAGES = 5
"""Of our own newest posts, 40 each; more since the attempt are not looked through."""

_VISIBILITIES = ("public", "unlisted", "private", "direct")
_MENTIONS = regex.compile(
    r"(?<![\w/])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(@[\w.-]*\w)?", regex.I
)
_TAGS = regex.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Parent:
    """The post that is answered, as our own server knows it. `acct` is as our server writes it."""

    id: str
    acct: str
    visibility: str
    spoiler: str


def rules(login: Login, http: HttpClient, cancel: CancelToken) -> Mapping[str, int]:
    """The server's own limits: "most" and "link"; what it does not say is left out."""
    answer = _get(login, "/api/v2/instance", http, cancel)
    told = json_of(answer)
    found = {
        "most": whole(told, "configuration", "statuses", "max_characters"),
        "link": whole(told, "configuration", "statuses", "characters_reserved_per_url"),
    }
    return {name: number for name, number in found.items() if number}


def limits(
    account: Account, post: Post, text: str, rules: Mapping[str, int] | None = None
) -> ReplyLimits:
    known = rules or {}
    try:
        target = json.loads(post.reply_to)
    except (ValueError, RecursionError):
        target = {}
    acct, spoiler = string(target, "acct"), string(target, "spoiler")
    whole_text = _addressed(text, acct, account)
    added = whole_text != text
    notes = (sentence("@{name} is added in front.", name=acct),) if added else ()
    used = mastodon_length(whole_text, known.get("link", LINK)) + graphemes(spoiler)
    return ReplyLimits(used, known.get("most", MOST), notes=notes)


def send(
    login: Login,
    sending: Sending,
    http: HttpClient,
    now: datetime,  # noqa: ARG001 - every network is called alike
    cancel: CancelToken,
) -> Sent:
    parent = _parent(login, sending, http, cancel)
    told: dict[str, Any] = {
        "status": _addressed(sending.text, parent.acct, login.account),
        "in_reply_to_id": parent.id,
        "visibility": parent.visibility,
    }
    if parent.spoiler:
        told |= {"spoiler_text": parent.spoiler, "sensitive": True}
    if sending.language:
        told["language"] = sending.language
    headers = {
        **_headers(login),
        "Content-Type": "application/json",
        "Idempotency-Key": sending.key,
    }
    try:
        answer = http.send(
            "POST",
            f"{base_of(login.account.server)}/api/v1/statuses",
            cancel=cancel,
            headers=headers,
            body=json.dumps(told).encode(),
        )
    except SourceError as error:
        raise not_answered(error) from error
    if answer.status != 200:
        raise refusal(answer)
    return _sent(json_of(answer), login)


def find(
    login: Login, sending: Sending, http: HttpClient, now: datetime, cancel: CancelToken
) -> Sent | None:
    since = sending.created_at - SKEW
    try:
        parent = _parent(login, sending, http, cancel)
    except Refused:  # the post is gone; our reply may still be there
        parent = None
    except SourceError as error:
        raise lost(error) from error
    after = ""
    for _ in range(PAGES):
        page = _own_posts(login, after, http, cancel)
        for status in page:
            if _is_ours(status, sending, login, parent):
                return _sent(status, login)
        moments = [_moment(string(status, "created_at")) for status in page]
        if not page or any(moment is not None and moment < since for moment in moments):
            if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
                raise too_early()
            return None
        after = string(page[-1], "id")
    raise no_answer(sentence("There are too many newer posts to look through."))


def _parent(login: Login, sending: Sending, http: HttpClient, cancel: CancelToken) -> _Parent:
    """Raises Refused when it is gone, NotLoggedIn, and SourceError where that cannot be asked."""
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        target = {}
    server, id_, uri = (string(target, key) for key in ("server", "id", "uri"))
    if server == login.account.server and id_:
        answer = _get(login, f"/api/v1/statuses/{quote(id_, safe='')}", http, cancel)
        status = json_of(answer)
    elif uri:
        query = urlencode({"q": uri, "resolve": "true", "type": "statuses", "limit": 1})
        answer = _get(login, f"/api/v2/search?{query}", http, cancel)
        told = json_of(answer)
        status = next(objects(told.get("statuses") if isinstance(told, dict) else None), None)
    else:
        raise unusable_target()
    if answer.status in (401, 403):
        raise not_logged_in(words_of(answer))
    if answer.status in (404, 410) or (answer.status == 200 and status is None):
        raise gone()
    if answer.status != 200 or not string(status, "id"):
        raise unreadable(answer)
    return _Parent(
        id=string(status, "id"),
        acct=string(status, "account", "acct"),
        visibility=_narrower(string(target, "visibility"), string(status, "visibility")),
        spoiler=string(status, "spoiler_text"),
    )


def _narrower(*visibilities: str) -> str:
    """Of what the post said when it was read and what it says now, who fewer see."""
    known = [_VISIBILITIES.index(one) for one in visibilities if one in _VISIBILITIES]
    return _VISIBILITIES[max(known)] if known else "direct"


def _addressed(text: str, acct: str, account: Account) -> str:
    """With @acct in front, without which the person is not told, unless it stands there already."""
    full = _full(acct, account)
    if not acct or full == account.handle.lower():
        return text
    there = (
        _full((name + server).lstrip("@"), account) for name, server in _MENTIONS.findall(text)
    )
    return text if full in there else f"@{acct} {text}"


def _full(acct: str, account: Account) -> str:
    acct = acct.lower()
    return acct if "@" in acct or not acct else f"{acct}@{account.server}"


def _own_posts(
    login: Login, after: str, http: HttpClient, cancel: CancelToken
) -> list[Mapping[str, Any]]:
    query = {"limit": "40", "exclude_reblogs": "true"} | ({"max_id": after} if after else {})
    path = f"/api/v1/accounts/{quote(login.secret['id'], safe='')}/statuses?{urlencode(query)}"
    try:
        answer = _get(login, path, http, cancel)
    except SourceError as error:
        raise lost(error) from error
    if answer.status in (401, 403):
        raise not_logged_in(words_of(answer))
    told = json_of(answer)
    if answer.status != 200 or not isinstance(told, list):
        raise _unknown(answer)
    return list(objects(told))


def _is_ours(
    status: Mapping[str, Any], sending: Sending, login: Login, parent: _Parent | None
) -> bool:
    answers = string(status, "in_reply_to_id")
    if parent is not None and answers and answers != parent.id:
        return False
    acct = parent.acct if parent is not None else ""
    wanted = {_letters(sending.text), _letters(_addressed(sending.text, acct, login.account))}
    written = unescape(_TAGS.sub("", string(status, "content")))
    if _letters(written) in wanted:
        return True
    # With the parent gone nobody says which name was put in front.
    return parent is None and _letters(_MENTIONS.sub("", written, count=1)) in wanted


def _letters(text: str) -> str:
    """What of a text survives the server's markup: letters and digits, servers of people left out."""
    bare = _MENTIONS.sub(lambda found: found.group(1), text)
    return "".join(sign for sign in bare.casefold() if sign.isalnum()) or bare


def _sent(status: Any, login: Login) -> Sent:
    id_ = string(status, "id")
    if not id_:
        raise no_answer(sentence("The network answered with something else than was asked for."))
    url = string(status, "url") or string(status, "uri")
    safe = ("https://", f"{base_of(login.account.server)}/")
    name = one_line(string(status, "uri") or id_, LONGEST_URL)
    return Sent(name, one_line(url, LONGEST_URL) if url.startswith(safe) else "")


def _get(login: Login, path: str, http: HttpClient, cancel: CancelToken) -> HttpResponse:
    return http.get(
        f"{base_of(login.account.server)}{path}", cancel=cancel, headers=_headers(login)
    )


def _headers(login: Login) -> dict[str, str]:
    return {"Authorization": f"Bearer {login.secret['token']}", "Accept": "application/json"}


def _unknown(answer: HttpResponse) -> NoAnswer:
    error = unreadable(answer)
    return no_answer(error.title)


def _moment(stamp: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
