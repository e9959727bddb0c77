"""What a Discourse forum says: posts of its search and of its newest ones, refusals. Pure and total."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.infra.http import HttpResponse
from monitor.model.post import Author, Post
from monitor.sources.api_answers import (
    Json,
    json_of,
    moment,
    number,
    objects,
    refused,
    string,
    unexpected,
)
from monitor.sources.feed_timing import LONGEST, retry_after
from monitor.sources.markup import (
    any_to_text,
    html_to_text,
    one_line,
    plain_to_text,
    safe_link,
    title_to_text,
)
from monitor.sources.posts import usable_id

_KEYS = {"posts", "topics", "latest_posts", "grouped_search_result"}
_LIKE = 2  # the forum's number of this action


def checked(answer: HttpResponse, now: datetime) -> Any:
    """The answer's object, or the list of very old forums. Raises SourceError for all else."""
    if answer.status == 429:
        raise refused(answer, now, retry_after(answer.headers, now) or _asked_to_wait(answer, now))
    found = json_of(answer, now)
    if isinstance(found, list):
        return found
    if not isinstance(found, dict) or not _KEYS & found.keys():
        raise unexpected(answer)
    return found


def _asked_to_wait(answer: HttpResponse, now: datetime) -> datetime | None:
    try:
        seconds = number(json.loads(answer.body), "extras", "wait_seconds")
    except (ValueError, RecursionError):
        return None
    return now + min(timedelta(seconds=min(seconds, 10**6)), LONGEST) if seconds else None


def says(page: Any) -> str:
    """The forum's own words about a search it did not do ("too short"); "" without any."""
    found = page.get("grouped_search_result") if isinstance(page, dict) else None
    return one_line(plain_to_text(string(found, "error")))[:300]


def topics_of(page: Any) -> Mapping[str, Json]:
    """Number of a topic -> what a page of the search tells of it."""
    return {string(topic, "id"): topic for topic in objects(page, "topics")}


def is_gone(post: Json) -> bool:
    """True for a post that its author or a moderator has deleted or hidden."""
    return bool(post.get("deleted_at")) or any(
        post.get(key) is True for key in ("user_deleted", "hidden")
    )


def post_of(
    post: Json,
    topics: Mapping[str, Json],
    places: Mapping[tuple[str, str], str],
    site: str,
    now: datetime,
) -> Post:
    """`places` are (topic, place in it) of the posts at hand -> their numbers."""
    topic, place = string(post, "topic_id"), string(post, "post_number")
    about = topics.get(topic, {})
    slug = string(about, "slug") or string(post, "topic_slug") or "-"
    title = string(about, "title") or string(post, "topic_title")
    user = one_line(plain_to_text(string(post, "username")))
    cooked = string(post, "cooked")
    # Without it a post answers the topic; a search does not tell it at all.
    answered = string(post, "reply_to_post_number")
    return Post(
        native_id=usable_id(string(post, "id")),
        url=safe_link(f"{site}/t/{slug}/{topic}/{place}"),
        # A topic's title stands above its first post; the others were written by others.
        title=title_to_text(title) if place == "1" else "",
        text=html_to_text(cooked) if cooked else any_to_text(string(post, "blurb")),
        author=Author(
            one_line(plain_to_text(string(post, "name"))) or user,
            user,
            safe_link(f"{site}/u/{user}") if user else "",
        ),
        published=moment(post, "created_at", now=now),
        thread_id=usable_id(topic),
        parent_id=usable_id(places.get((topic, answered), "")) if answered else "",
        likes=_likes(post),
        replies=number(post, "reply_count"),
        reply_to=json.dumps({"server": site, "topic_id": topic, "post_number": place}),
    )


def old_topic(topic: Json, site: str) -> Post:
    """A hit of a forum of before 2014, which tells the title and the address only."""
    return Post(
        native_id=usable_id(f"topic-{string(topic, 'id')}"),
        url=safe_link(string(topic, "url"), site),
        title=title_to_text(string(topic, "title")),
        text="",
        thread_id=usable_id(string(topic, "id")),
    )


def _likes(post: Json) -> int | None:
    likes = number(post, "like_count")
    if likes is not None or "actions_summary" not in post:
        return likes
    actions = objects(post, "actions_summary")
    return next((number(one, "count") for one in actions if number(one, "id") == _LIKE), 0)
