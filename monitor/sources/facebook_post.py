"""A post, comment or recommendation of the Graph API on a Facebook Page -> a post. Pure and total."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, quote, urlsplit

from monitor.model.post import Author, Post
from monitor.networks.graph_replies import is_id
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markup import any_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id

_POST_IN_LINK = re.compile(r"/(?:posts|videos|photos)/(?:[^/]+/)?([0-9]{1,30})/?$")
_DIGITS = re.compile(r"[0-9]{1,30}")
_STARS = {"positive": 5, "negative": 1}


@dataclass(frozen=True, slots=True)
class Page:
    """Whose eyes it is read with: the Page's number, and the account's handle."""

    id: str
    handle: str

    @property
    def url(self) -> str:
        return f"https://www.facebook.com/{self.id}"


def identity(thing: Json) -> str:
    """Its id. Facebook hides those of comments from who may not moderate, but not from their links."""
    return usable_id(string(thing, "id") or _from_link(thing)[0])


def story_of(review: Json) -> str:
    """What a recommendation is as a post; "" where Facebook does not say."""
    return usable_id(string(review, "open_graph_story", "id"))


def post_of(thing: Json, page: Page, now: datetime, *, answerable: bool = True) -> Post:
    """What stands on the Page itself. `answerable` is False for posts elsewhere that tag it."""
    id_ = identity(thing)
    return Post(
        native_id=id_,
        url=safe_link(string(thing, "permalink_url")),
        title="",
        text=_words(thing),
        author=_author(thing, "from", page),
        published=moment(thing, "created_time", now=now),
        thread_id=id_,
        likes=number(thing, "reactions", "summary", "total_count"),
        replies=number(thing, "comments", "summary", "total_count"),
        shares=number(thing, "shares", "count"),
        reply_to=_target(page, id_) if answerable else "",
    )


def comment_of(thing: Json, below: str, page: Page, now: datetime) -> Post:
    """`below` is the id of the post it hangs on. Answers to an answer hang on the comment above both, which
    is their thread: whom of it the Page's own one answers is not told."""
    id_ = identity(thing)
    above = usable_id(string(thing, "parent", "id")) or _from_link(thing)[1]
    closed = thing.get("can_comment") is False
    ours = string(thing, "from", "id") == page.id
    return Post(
        native_id=id_,
        url=safe_link(string(thing, "permalink_url")),
        title="",
        text=_words(thing),
        author=_author(thing, "from", page),
        published=moment(thing, "created_time", now=now),
        thread_id=above or id_,
        parent_id="" if ours and above else above or below,
        likes=number(thing, "like_count"),
        replies=number(thing, "comment_count"),
        reply_to="" if closed else _target(page, above or id_),
    )


def review_of(thing: Json, page: Page, now: datetime) -> Post:
    """A recommendation: five stars for one, one for its contrary; old ones have stars of their own."""
    story = story_of(thing)
    who = string(thing, "reviewer", "id") or string(thing, "reviewer", "name")
    id_ = story or usable_id(f"{who}@{string(thing, 'created_time')}")
    stars = number(thing, "rating")
    if stars is None or not 1 <= stars <= 5:
        stars = _STARS.get(string(thing, "recommendation_type").lower())
    return Post(
        native_id=id_,
        # All stand on one page: with its number the address is its own.
        url=f"{page.url}/reviews#{quote(id_)}" if id_ else f"{page.url}/reviews",
        title="",
        text=any_to_text(string(thing, "review_text")),
        author=_author(thing, "reviewer", page),
        published=moment(thing, "created_time", now=now),
        thread_id=id_,
        rating=stars,
        reply_to=_target(page, story),
    )


def _words(thing: Json) -> str:
    """What was written; of a picture or link without words, what it is called."""
    for path in (("message",), ("attachment", "title"), ("attachment", "description")):
        if words := any_to_text(string(thing, *path)):
            return words
    return ""


def _author(thing: Json, key: str, page: Page) -> Author:
    name = one_line(plain_to_text(string(thing, key, "name")))
    if string(thing, key, "id") == page.id:
        return Author(name=name, handle=page.handle, url=page.url)
    return Author(name=name)


def _target(page: Page, id_: str) -> str:
    return json.dumps({"page": page.id, "id": id_}) if is_id(id_) else ""


def _from_link(thing: Json) -> tuple[str, str]:
    """Id and the id of the comment above it, as a comment's link tells them; "" where it does not."""
    try:
        link = urlsplit(string(thing, "permalink_url"))
    except ValueError:
        return "", ""
    post, asked = _POST_IN_LINK.search(link.path), parse_qs(link.query)
    comment = asked.get("comment_id", [""])[0]
    reply = asked.get("reply_comment_id", [""])[0]
    if post is None or not _DIGITS.fullmatch(comment):
        return "", ""
    if _DIGITS.fullmatch(reply):
        return f"{post[1]}_{reply}", f"{post[1]}_{comment}"
    return f"{post[1]}_{comment}", ""
