"""A review as Google Business Profile shows it -> posts: the review, and the answer to it. Pure and total."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from monitor.model.post import Author, Post
from monitor.networks.google_review import answer_id
from monitor.networks.googlebusiness import PAGE
from monitor.sources.api_answers import Json, moment, string
from monitor.sources.markup import any_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id

_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_TRANSLATION = re.compile(r"\(Translated by Google\).*?(?:\(Original\)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """One of the person's places. `name` is "accounts/1/locations/2"; `page` shows it on the map."""

    name: str
    title: str
    page: str


def posts_of(review: Json, place: Place | None, label: str, now: datetime) -> Iterator[Post]:
    """Stars without words bring no post, but an answer to them does not either."""
    name = string(review, "name")
    words = any_to_text(original(string(review, "comment")))
    if not name or not words:
        return
    # No review has a page of its own; with its number the address is its own all the same.
    url = f"{safe_link(place.page if place else '') or PAGE}#{quote(name.rpartition('/')[2])}"
    answer = original(string(review, "reviewReply", "comment"))
    yield Post(
        native_id=usable_id(name),
        url=url,
        title=place.title if place else "",
        text=words,
        author=Author(name=one_line(plain_to_text(string(review, "reviewer", "displayName")))),
        published=moment(review, "createTime", now=now) or changed(review, now),
        thread_id=usable_id(name),
        rating=_STARS.get(string(review, "starRating")),
        reply_to=json.dumps({"review": name, "answered": bool(answer)}),
    )
    if text := any_to_text(answer):
        yield Post(
            native_id=usable_id(answer_id(name)),
            url=url,
            title="",
            text=text,
            author=Author(label, label, PAGE),
            published=moment(review, "reviewReply", "updateTime", now=now),
            thread_id=usable_id(name),
            parent_id=usable_id(name),
        )


def changed(review: Json, now: datetime) -> datetime | None:
    """When the person last changed it."""
    return moment(review, "updateTime", now=now)


def original(comment: str) -> str:
    """What the person wrote, without Google's translation before or behind it."""
    return _TRANSLATION.sub("", comment).strip()
