"""A post or a comment as Lemmy's interfaces v3 and v4 show it -> a post. Pure and total."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from monitor.model.post import Author, Post
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markdown import markdown_to_text
from monitor.sources.markup import one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id
from monitor.sources.server_address import host_of

View = Json
"""What surrounds a post or comment: itself, its creator, its community, its counts."""


def thing(view: View) -> Json:
    """The comment or the post itself; empty where the view is of something else."""
    for key in ("comment", "post"):
        found = view.get(key)
        if isinstance(found, dict):
            return found
    return {}


def when(view: View, now: datetime) -> datetime | None:
    """Without a zone on old servers, which means UTC."""
    found = thing(view)
    return moment(found, "published_at", now=now) or moment(found, "published", now=now)


def is_gone(view: View) -> bool:
    """True for a stub: its author deleted it, or a moderator removed it."""
    return any(thing(view).get(key) is True for key in ("deleted", "removed"))


def identity(view: View) -> str:
    """The address of the thing on its own server, which is the same on every other; "" without one."""
    return usable_id(string(thing(view), "ap_id"))


def post_of(view: View, host: str, comments: Mapping[str, str], now: datetime) -> Post:
    """`host` is the server asked; `comments` are its ids of the comments at hand -> identities."""
    found, is_comment = thing(view), "comment" in view
    name, uri = identity(view), string(found, "ap_id")
    thread = usable_id(string(view, "post", "ap_id"))
    above = string(found, "path").split(".")[1:-1]
    parent = (comments.get(above[-1], "") if above else thread) if is_comment else ""
    creator = view.get("creator")
    up = _counted(view, "upvotes")
    return Post(
        native_id=name,
        url=safe_link(uri),
        title="" if is_comment else one_line(plain_to_text(string(found, "name"))),
        text=markdown_to_text(string(found, "content" if is_comment else "body")),
        author=_author(creator if isinstance(creator, dict) else {}),
        published=when(view, now),
        thread_id=thread,
        parent_id=parent,
        likes=_counted(view, "score") if up is None else up,
        replies=_counted(view, "child_count" if is_comment else "comments"),
        reply_to=json.dumps(
            {
                "server": host,
                "post_id": string(view, "post", "id"),
                "parent_id": string(found, "id") if is_comment else "",
                "uri": uri,
            }
        ),
    )


def _author(creator: Json) -> Author:
    url = safe_link(string(creator, "actor_id") or string(creator, "ap_id"))
    name = one_line(plain_to_text(string(creator, "name")))
    shown = one_line(plain_to_text(string(creator, "display_name")))
    return Author(shown or name, f"{name}@{host_of(url)}" if name and url else name, url)


def _counted(view: View, key: str) -> int | None:
    """v3 counts beside the thing, v4 in it."""
    found = number(view, "counts", key)
    return number(thing(view), key) if found is None else found
