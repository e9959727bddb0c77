"""What Stack Exchange's interface says: hits, posts, errors in any status, pauses. Pure and total."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from monitor.infra.http import HttpResponse
from monitor.model.post import Author, Post
from monitor.sources.api_answers import (
    Json,
    json_of,
    moment,
    number,
    peek,
    refused,
    string,
    unexpected,
    words_of,
)
from monitor.sources.markup import html_to_text, safe_link, title_to_text
from monitor.sources.posts import usable_id

_THROTTLED = 502  # the interface's own number, whatever the status of the answer
_SECONDS = re.compile(r"\bin (\d{1,6}) seconds?\b")
_LONGEST = timedelta(hours=24)


def checked(answer: HttpResponse, now: datetime) -> Any:
    """The answer's object. Raises SourceError for every refusal, also for one inside a 200."""
    words = words_of(answer)
    error = _error_of(answer)
    if error == _THROTTLED or (error is None and answer.status == 400 and "too many" in words):
        found = _SECONDS.search(words)
        pause = timedelta(seconds=int(found[1])) if found else timedelta(minutes=30)
        held = dataclasses.replace(answer, status=429)
        raise refused(held, now, now + min(pause, _LONGEST))
    if error is not None:
        own = answer.status if answer.status >= 400 else error
        raise refused(dataclasses.replace(answer, status=own if own >= 400 else 500), now)
    found = json_of(answer, now)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise unexpected(answer)
    return found


def _error_of(answer: HttpResponse) -> int | None:
    return number(peek(dataclasses.replace(answer, status=200)), "error_id")


def after_backoff(pages: Iterable[Any], now: datetime) -> datetime | None:
    """When the interface may be asked again after what these answers say; None when at once."""
    seconds = max((number(page, "backoff") or 0 for page in pages), default=0)
    return now + min(timedelta(seconds=seconds), _LONGEST) if seconds else None


def next_day(now: datetime) -> datetime:
    """The shares of the day begin anew at midnight, UTC."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def id_of(hit: Json) -> str:
    """Questions and answers share one row of numbers. "" for what is neither."""
    return usable_id(string(hit, "answer_id") or string(hit, "question_id"))


def post_of(hit: Json, whole: Json, host: str, now: datetime) -> Post:
    """`hit` is what the search shows of it, `whole` the post itself, {} where it was not asked for."""
    id_, question = id_of(hit), usable_id(string(hit, "question_id"))
    is_answer = bool(string(hit, "answer_id"))
    body = string(whole, "body") or string(hit, "excerpt") or string(hit, "body")
    return Post(
        native_id=id_,
        url=safe_link(string(whole, "link")) or f"https://{host}/{'a' if is_answer else 'q'}/{id_}",
        # The title of an answer is its question's, and says nothing of who is named in it.
        title="" if is_answer else title_to_text(string(hit, "title")),
        text=html_to_text(body),
        author=_author(whole.get("owner")),
        published=moment(hit, "creation_date", now=now),
        thread_id=question,
        parent_id=question if is_answer else "",
        likes=_score(hit, whole),
        replies=None if is_answer else number(hit, "answer_count"),
    )


def _author(owner: Any) -> Author:
    """Nobody where the account was deleted; names come with escaped signs."""
    name = title_to_text(string(owner, "display_name"))
    return Author(name, name, safe_link(string(owner, "link")))


def _score(hit: Json, whole: Json) -> int | None:
    """Whole numbers only; negative ones are told too."""
    score = number(whole, "score")
    return number(hit, "score") if score is None else score
