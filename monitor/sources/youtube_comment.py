"""A comment as YouTube's interface shows it -> a post. Pure and total."""

from __future__ import annotations

import json
from datetime import datetime

from monitor.model.post import Author, Post
from monitor.networks.youtube import channel_page, comment_page
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markup import any_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id


def post_of(comment: Json, thread: Json, own: str, label: str, now: datetime) -> Post:
    """`thread` is the whole thread; `own` and `label` are the channel and the label of the account that
    reads: its own comments carry them as the account does. All replies hang on the first comment: whom of
    the thread an own one answers is not told."""
    id_, thread_id = string(comment, "id"), string(thread, "id")
    is_reply = id_ != thread_id
    video = string(thread, "snippet", "videoId") or string(comment, "snippet", "videoId")
    author = _author(comment, own, label)
    can_reply = _at(thread, "canReply") is not False and bool(thread_id)
    to = author.handle if is_reply and _channel(comment) != own else ""
    target = {"thread": thread_id, "video": video, "to": to}
    return Post(
        native_id=usable_id(id_),
        url=safe_link(comment_page(video, id_)),
        title="",
        text=any_to_text(string(comment, "snippet", "textDisplay")),
        author=author,
        published=moment(comment, "snippet", "publishedAt", now=now),
        thread_id=usable_id(thread_id),
        parent_id=usable_id(thread_id) if is_reply and _channel(comment) != own else "",
        likes=number(comment, "snippet", "likeCount"),
        replies=None if is_reply else number(thread, "snippet", "totalReplyCount"),
        reply_to=json.dumps(target) if can_reply else "",
    )


def _author(comment: Json, own: str, label: str) -> Author:
    name = one_line(plain_to_text(string(comment, "snippet", "authorDisplayName")))
    channel = _channel(comment)
    if channel and channel == own:
        return Author(name, label, channel_page(own))
    handle = name[1:] if name.startswith("@") else ""
    if handle.casefold() == label.casefold():
        handle = ""  # anybody can call themselves so: only the channel says whose it is
    if channel:
        return Author(name.removeprefix("@"), handle, safe_link(channel_page(channel)))
    page = string(comment, "snippet", "authorChannelUrl").replace("http://", "https://", 1)
    return Author(name.removeprefix("@"), handle, safe_link(page))


def _channel(comment: Json) -> str:
    """The author's; "" of one who deleted it."""
    return string(comment, "snippet", "authorChannelId", "value")


def _at(thread: Json, key: str) -> object:
    snippet = thread.get("snippet")
    return snippet.get(key) if isinstance(snippet, dict) else None
