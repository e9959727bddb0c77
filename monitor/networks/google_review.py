"""What the answers to reviews have in common at Google: one a review, which a second one replaces. Pure.

A review's one answer has no number of its own: it is known as the review's with "/reply" behind.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from monitor.infra.http import HttpResponse
from monitor.model.outgoing import Sending
from monitor.model.post import Post
from monitor.networks.answers import (
    json_of,
    no_answer,
    not_logged_in,
    string,
    too_early,
    unreadable,
    unusable_target,
)
from monitor.networks.base import NoAnswer
from monitor.networks.google_answers import lacks_right, words_of
from monitor.text import Text, text

SETTLED = timedelta(minutes=1)
"""An answer that is not there so long after the attempt never will be."""

REPLACED = text("This review has an answer already: yours takes its place.")

_TAGS = re.compile(r"<[^<>]*>")


def answer_id(review: str) -> str:
    """The native id of the answer to this review."""
    return f"{review}/reply"


def target_of(sending: Sending) -> Any:
    """The post's `reply_to`, read. Raises Refused."""
    try:
        return json.loads(sending.reply_to)
    except (ValueError, RecursionError):
        raise unusable_target() from None


def notes(post: Post) -> tuple[Text, ...]:
    """What the person should know before answering this review."""
    try:
        target = json.loads(post.reply_to)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(target, dict) or target.get("answered") is not True:
        return ()
    return (REPLACED,)


def review_in(answer: HttpResponse) -> Any:
    """The review we asked for; None where it is gone. Raises NotLoggedIn and NoAnswer."""
    if answer.status in (404, 410):
        return None
    if answer.status == 401 or lacks_right(answer):
        raise not_logged_in(words_of(answer))
    found = json_of(answer)
    if answer.status != 200 or not string(found, "reviewId"):
        raise no_answer(unreadable(answer).title, words_of(answer))
    return found


def is_same(written: str, sending: Sending) -> bool:
    """Whether this answer is ours: Google strips markup and may change the spacing."""
    return _letters(written) == _letters(sending.text)


def early(sending: Sending, now: datetime) -> NoAnswer | None:
    """The error while "not there" cannot be believed yet."""
    if sending.attempted_at is not None and now - sending.attempted_at < SETTLED:
        return too_early()
    return None


def _letters(words: str) -> str:
    bare = _TAGS.sub("", words)
    return "".join(sign for sign in bare.casefold() if sign.isalnum()) or bare.strip()
