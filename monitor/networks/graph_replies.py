"""Replies through Meta's Graph API: published once, and found again in the list below what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.model.account import Login
from monitor.model.outgoing import Sending
from monitor.networks import graph
from monitor.networks.answers import (
    LONGEST_URL,
    json_of,
    lost,
    no_answer,
    not_answered,
    objects,
    string,
    too_early,
    unusable_target,
)
from monitor.networks.base import Refused
from monitor.networks.graph_words import ended, reply_refusal
from monitor.text import text

SETTLED = timedelta(minutes=1)
"""A reply that is not there so long after the attempt never will be."""
SKEW = timedelta(hours=1)
"""How wrong Meta's clock or ours may be."""
PAGES = 10

_DUPLICATE = 506
_AHEAD = ("after", "until", "__paging_token")
_NOT_SENT_NOW = text("Nothing was sent now.")


class DuplicateReply(Refused):
    """The same words stand there already: perhaps a first attempt of ours whose answer was lost."""


def target_of(sending: Sending) -> Mapping[str, Any]:
    """What the post says about how it is answered. Raises Refused where that cannot be read."""
    try:
        target = json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        raise unusable_target() from None
    if not isinstance(target, dict) or not is_id(string(target, "id")):
        raise unusable_target()
    return target


def is_id(word: str) -> bool:
    """What Meta's ids look like: "111", "111_222"."""
    return 0 < len(word) <= 100 and word.isascii() and word.replace("_", "").isalnum()


def publish(
    login: Login,
    path: str,
    fields: Mapping[str, str],
    rights: str,
    http: HttpClient,
    cancel: CancelToken,
) -> Mapping[str, Any]:
    """What was published, with its id. Raises what Network.send raises."""
    try:
        answer = graph.post(login, path, fields, http, cancel)
    except SourceError as fault:
        raise not_answered(fault) from fault
    found = json_of(answer)
    error = graph.error_of(answer)
    if error is not None and error.code == _DUPLICATE:
        raise DuplicateReply(
            text("The same words were published there already."),
            text("Nothing was published. Your text is kept."),
            text("Change the reply, then send it again, or use “Copy and open”."),
        )
    if answer.status != 200 or error is not None:
        raise reply_refusal(answer, rights)
    if not isinstance(found, dict) or not is_id(string(found, "id")):
        raise no_answer(text("The network answered with something else than was asked for."))
    return found


def find_reply(
    login: Login,
    sending: Sending,
    path: str,
    query: Mapping[str, str],
    is_ours: Callable[[Mapping[str, Any]], bool],
    now: datetime,
    http: HttpClient,
    cancel: CancelToken,
    *,
    newest_first: bool,
) -> Mapping[str, Any] | None:
    """Our own among the answers that `path` lists, published since the click; None when it surely is
    not there. Raises NoAnswer where that cannot be known, NotLoggedIn."""
    since = sending.created_at - SKEW
    for page in _pages(login, path, query, http, cancel):
        made = [moment(string(one, "created_time") or string(one, "timestamp")) for one in page]
        for one, when in zip(page, made, strict=True):
            if is_id(string(one, "id")) and is_ours(one) and (when is None or when >= since):
                return one
        if newest_first and made and made[-1] is not None and made[-1] < since:
            break
    if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
        raise too_early()
    return None


def page_at(url: str) -> str:
    """The address of a page, where it can be stored and opened; else ""."""
    usable = url.startswith("https://") and url.isascii() and url.isprintable()
    return url if usable and len(url) <= LONGEST_URL and " " not in url else ""


def same_words(one: str, other: str) -> bool:
    """Whether a text is another one, as far as a network may change the space in it."""
    return " ".join(one.split()) == " ".join(other.split())


def next_page(found: Any) -> dict[str, str]:
    """What is added to a question to be told the next page of its answer; {} at the end."""
    try:
        asked = parse_qsl(urlsplit(string(found, "paging", "next")).query)
    except ValueError:
        return {}
    return {key: value for key, value in asked if key in _AHEAD and len(value) < 2000}


def moment(stamp: str) -> datetime | None:
    """Meta's "2026-08-01T10:00:00+0000", UTC."""
    try:
        return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _pages(
    login: Login, path: str, query: Mapping[str, str], http: HttpClient, cancel: CancelToken
) -> Iterator[list[Mapping[str, Any]]]:
    ahead: dict[str, str] = {}
    for _ in range(PAGES):
        try:
            answer = graph.get(login, path, {**query, **ahead}, http, cancel)
        except SourceError as fault:
            raise lost(fault) from fault
        error = graph.error_of(answer)
        if error is not None and error.is_ended:
            raise ended(error, _NOT_SENT_NOW)
        found = json_of(answer)
        if error is not None or answer.status != 200 or not isinstance(found, dict):
            # Also where the post is gone: Meta says the same of what this token may not see.
            title = text("The network answered with the code {status}.", status=answer.status)
            raise no_answer(title, error.words if error is not None else "")
        if not isinstance(found.get("data"), list):
            raise no_answer(text("The network answered with something else than was asked for."))
        yield list(objects(found["data"]))
        ahead = next_page(found)
        if not ahead:
            return
    raise no_answer(text("There are too many newer posts to look through."))
