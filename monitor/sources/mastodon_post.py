"""A status of Mastodon's interface -> a post. Pure and total. Serves every kind that reads statuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from monitor.model.post import Author, Post
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markup import html_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import language_code, usable_id


def unwrapped(status: Json) -> Json:
    """The status itself, or the one it boosts: a boost has no words of its own."""
    boosted = status.get("reblog")
    return boosted if isinstance(boosted, dict) else status


def identity(status: Json, host: str) -> str:
    """Its uri, which is the same on every server; its number at this one where there is none."""
    return usable_id(string(status, "uri") or f"{string(status, 'id')}@{host}")


def post_of(status: Json, host: str, names: Mapping[str, str], now: datetime) -> Post:
    """`host` is the server asked; `names` are its ids of the statuses at hand -> their identities."""
    id_, uri = string(status, "id"), string(status, "uri")
    spoiler = one_line(plain_to_text(string(status, "spoiler_text")))
    parent = string(status, "in_reply_to_id")
    handle = _handle(string(status, "account", "acct"), host)
    return Post(
        native_id=identity(status, host),
        url=safe_link(string(status, "url")) or safe_link(uri),
        title=spoiler,
        text=html_to_text(string(status, "content")),
        author=Author(
            name=one_line(plain_to_text(string(status, "account", "display_name")))
            or string(status, "account", "username"),
            handle=handle,
            url=safe_link(string(status, "account", "url")),
            followers=_count(status, "account", "followers_count"),
        ),
        published=moment(status, "created_at", now=now),
        language=language_code(string(status, "language")),
        # A reply and what it answers share the thread, as far as one server's ids tell.
        thread_id=usable_id(f"{host}/{parent or id_}"),
        parent_id=names.get(parent, ""),
        likes=_count(status, "favourites_count"),
        replies=_count(status, "replies_count"),
        shares=_count(status, "reblogs_count"),
        reply_to=json.dumps(
            {
                "server": host,
                "id": id_,
                "uri": uri,
                "acct": handle,
                "visibility": string(status, "visibility") or "public",
                "spoiler": spoiler,
            }
        ),
    )


def _handle(acct: str, host: str) -> str:
    """With its server, whichever server is asked: people of the asked one come without."""
    acct = one_line(plain_to_text(acct)).lstrip("@")
    return acct if "@" in acct or not acct else f"{acct}@{host}"


def _count(status: Json, *path: str) -> int | None:
    """None where the server hides it, which some say as -1."""
    count = number(status, *path)
    return count if count is not None and count >= 0 else None
