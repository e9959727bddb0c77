"""A post of Bluesky's interface -> a post. Pure and total. Serves every kind that reads posts there.

A notification has the same fields as a post, but no counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.model.post import Author, Post
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markup import one_line, plain_to_text
from monitor.sources.posts import language_code, usable_id

_URI = re.compile(r"^at://(did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/([\w.~:-]+)$")
_SITE = "https://bsky.app/profile/"


def post_of(view: Json, followers: Mapping[str, int], now: datetime) -> Post:
    """`followers` are by the author's did, as far as known."""
    uri, did = string(view, "uri"), string(view, "author", "did")
    handle = one_line(plain_to_text(string(view, "author", "handle")))
    root = string(view, "record", "reply", "root", "uri")
    dates = (when(view, now), moment(view, "indexedAt", now=now))
    found = _URI.match(uri)
    return Post(
        native_id=usable_id(uri),
        url=f"{_SITE}{found[1]}/post/{found[2]}" if found else "",
        title="",
        text=plain_to_text(string(view, "record", "text")),
        author=Author(
            name=one_line(plain_to_text(string(view, "author", "displayName"))) or handle,
            handle=handle,
            url=f"{_SITE}{did}" if found and did == found[1] else "",
            followers=followers.get(did),
        ),
        # What the author's program said may lie in either direction.
        published=min((date for date in dates if date), default=None),
        language=_language(view),
        thread_id=usable_id(root or uri),
        parent_id=usable_id(string(view, "record", "reply", "parent", "uri")),
        likes=number(view, "likeCount"),
        replies=number(view, "replyCount"),
        shares=number(view, "repostCount"),
        reply_to=_reply_to(view),
    )


def when(view: Json, now: datetime) -> datetime | None:
    """When its author says to have written it."""
    return moment(view, "record", "createdAt", now=now)


def _reply_to(view: Json) -> str:
    viewer = view.get("viewer")
    if isinstance(viewer, dict) and viewer.get("replyDisabled") is True:
        return ""
    root: Any = {
        f"root_{key}": string(view, "record", "reply", "root", key) for key in ("uri", "cid")
    }
    return json.dumps({"uri": string(view, "uri"), "cid": string(view, "cid"), **root})


def _language(view: Json) -> str:
    record = view.get("record")
    langs = record.get("langs") if isinstance(record, dict) else None
    first = langs[0] if isinstance(langs, list) and langs else ""
    return language_code(first) if isinstance(first, str) else ""
