"""What GitHub's interface says: issues, comments, and its two kinds of limits. Pure and total."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from monitor.infra.http import HttpResponse
from monitor.model.post import Author, Post
from monitor.sources.addresses import parts_of
from monitor.sources.api_answers import (
    Json,
    json_of,
    moment,
    number,
    objects,
    refused,
    string,
    unexpected,
    words_of,
)
from monitor.sources.markdown import markdown_to_text
from monitor.sources.markup import one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id
from monitor.sources.rate_limits import used_up_until

_PLACE = re.compile(r"/([\w-]{1,39}/[\w.-]{1,100})/issues/(\d{1,12})(?:$|[#?])")


def checked(answer: HttpResponse, now: datetime) -> Any:
    """The answer's JSON. Raises SourceError; both limits come as 403 too and hold back the host."""
    if answer.status == 403 and _is_limit(answer, now):
        raise refused(dataclasses.replace(answer, status=429), now)
    found = json_of(answer, now)
    usable = isinstance(found, list) or (
        isinstance(found, dict) and isinstance(found.get("items"), list)
    )
    if not usable:
        raise unexpected(answer)
    return found


def _is_limit(answer: HttpResponse, now: datetime) -> bool:
    told = "retry-after" in answer.headers or used_up_until(answer.headers, now) is not None
    return told or "rate limit" in words_of(answer).lower()


def is_comments(answer: HttpResponse) -> bool:
    """True for an answer that lists comments."""
    return parts_of(answer.url).path.endswith("/comments")


def listed(page: Any) -> list[Json]:
    """The issues or comments on a page; requests to merge, which are listed among them, are not."""
    found = objects(page, "items") if isinstance(page, dict) else objects(page)
    return [
        one
        for one in found
        if "pull_request" not in one and "/pull/" not in string(one, "html_url")
    ]


def touched(one: Json, now: datetime) -> datetime | None:
    """When an issue was written, edited or answered; at the latest now."""
    date = moment(one, "updated_at", now=now)
    return min(date, now) if date else None


def posts_of(issues: Iterable[Json], comments: Iterable[Json], now: datetime) -> list[Post]:
    """Each once, as the first page that shows it has it. GitHub does not tell what a comment answers,
    the issue or another comment: all share a thread, and none has a parent."""
    found: dict[str, Post] = {}
    for kind, listed_ones in (("issue", issues), ("comment", comments)):
        for one in listed_ones:
            if string(one, "id"):
                post = _post(one, usable_id(f"{kind}-{string(one, 'id')}"), now)
                found.setdefault(post.native_id, post)
    return list(found.values())


def _post(one: Json, native_id: str, now: datetime) -> Post:
    login = one_line(plain_to_text(string(one, "user", "login")))
    repository, _, issue = _thread(one).partition("#")
    comment = string(one, "id") if "issue_url" in one else ""
    answerable = bool(issue) and one.get("locked") is not True
    return Post(
        native_id=native_id,
        url=safe_link(string(one, "html_url")),
        title=one_line(plain_to_text(string(one, "title"))),
        text=markdown_to_text(string(one, "body")),
        author=Author(login, login, safe_link(string(one, "user", "html_url"))),
        published=moment(one, "created_at", now=now),
        thread_id=_thread(one),
        likes=number(one, "reactions", "+1"),
        replies=number(one, "comments"),
        reply_to=json.dumps(
            {"repository": repository, "number": int(issue), "comment": comment},
        )
        if answerable
        else "",
    )


def _thread(one: Json) -> str:
    """ "owner/name#12", of an issue and of its comments."""
    found = _PLACE.search(string(one, "html_url")) or _PLACE.search(string(one, "issue_url"))
    return f"{found[1]}#{found[2]}" if found else ""
