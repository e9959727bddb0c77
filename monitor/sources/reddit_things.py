"""Posts and comments of Reddit's interface, asked with raw_json=1 -> posts. Pure and total."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import quote

from monitor.model.post import Author, Post
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markdown import markdown_to_text
from monitor.sources.markup import one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id

SITE = "https://www.reddit.com"
_DELETED = "[deleted]"
_GONE = (_DELETED, "[removed]")
_THREAD = re.compile(r"/comments/([0-9a-z]{1,20})(?:/|$)")


def is_gone(thing: Json) -> bool:
    """Its author or a moderator took it away, and Reddit wants it forgotten."""
    words = string(thing, "body") or string(thing, "selftext")
    by_nobody = string(thing, "author") in ("", _DELETED)
    return by_nobody or words in _GONE or bool(thing.get("removed_by_category"))


def post_of(thing: Json, now: datetime) -> Post:
    """The thread says its community: "r/france/t3_1abcd", as in Reddit's feeds."""
    name, path = string(thing, "name"), _path(thing)
    is_comment = name.startswith("t1_")
    community = one_line(plain_to_text(string(thing, "subreddit")))
    found = _THREAD.search(path)
    thread = string(thing, "link_id") or (f"t3_{found[1]}" if found else "")
    thread = thread if is_comment else name
    closed = thing.get("locked") is True or thing.get("archived") is True
    return Post(
        native_id=usable_id(name),
        url=safe_link(f"{SITE}{quote(path, safe='/%')}") if path else "",
        title="" if is_comment else one_line(plain_to_text(string(thing, "title"))),
        text=markdown_to_text(string(thing, "body" if is_comment else "selftext")),
        author=author_of(string(thing, "author")),
        published=moment(thing, "created_utc", now=now),
        thread_id=usable_id(f"r/{community}/{thread}") if thread and community else "",
        parent_id=usable_id(string(thing, "parent_id")) if is_comment else "",
        likes=number(thing, "score"),
        # Of a comment it would be those of the whole thread.
        replies=None if is_comment else number(thing, "num_comments"),
        shares=number(thing, "num_crossposts"),
        reply_to="" if closed else json.dumps({"name": name}),
    )


def author_of(name: str) -> Author:
    name = one_line(plain_to_text(name))
    return Author(name, name, f"{SITE}/user/{quote(name)}") if name else Author()


def _path(thing: Json) -> str:
    """Where it is read, without what stands around it; "" where nothing says so."""
    for key in ("permalink", "context"):
        path = string(thing, key).partition("?")[0]
        if path.startswith("/"):
            return path
    thread, own = string(thing, "link_id").removeprefix("t3_"), string(thing, "id")
    return f"/comments/{thread}/_/{own}/" if thread and own else ""
