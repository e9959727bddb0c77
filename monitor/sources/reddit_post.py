"""What Reddit's feeds make of a post, taken apart again: ids, authors, words. Pure and total."""

from __future__ import annotations

import dataclasses
import json
import re
from urllib.parse import quote

from monitor.model.post import Author, Post
from monitor.sources.addresses import parts_of

_DELETED = "[deleted]"
_GONE = (_DELETED, "[removed]")
_ID = re.compile(r"t[13]_\w{1,20}", re.ASCII)
_OTHER = re.compile(r"t[0245]_\w+", re.ASCII)  # communities and people, which a search lists too
_THREAD = re.compile(r"/r/([\w+]+)/comments/([0-9a-z]{1,20})(?:/|$)")
_TAIL = re.compile(
    r"(?:^|\s)submitted by\s?\S+(?:\s+to\s+\S+)?\s*\[link\]\s*\[(?:\d+ )?comments?\]\s*$"
)


def is_post(post: Post) -> bool:
    """False for a community or a person."""
    return not _OTHER.fullmatch(post.native_id)


def is_gone(post: Post) -> bool:
    """For a mended post: its author or a moderator took it away, and Reddit wants it forgotten."""
    return post.author.name == _DELETED or post.text in _GONE


def mended(post: Post) -> Post:
    """With Reddit's own id ("t3_…" a post, "t1_…" a comment), the author's bare name, and without the
    line of links that the feed puts below. The thread says its community: "r/france/t3_1abcd"."""
    community, thread = "", ""
    if found := _THREAD.search(parts_of(post.url).path):
        community, thread = found[1], f"t3_{found[2]}"
    own_id = bool(_ID.fullmatch(post.native_id))
    name = post.native_id if own_id or not thread else thread
    return dataclasses.replace(
        post,
        native_id=name,
        reply_to=json.dumps({"name": name}) if own_id or thread else "",
        text=_TAIL.sub("", post.text).rstrip(),
        author=_author(post.author),
        thread_id=f"r/{community}/{thread}" if thread else "",
    )


def _author(author: Author) -> Author:
    name = author.name.removeprefix("/u/").removeprefix("u/")
    if not name or name == _DELETED:
        return Author(name)
    return Author(name, name, author.url or f"https://www.reddit.com/user/{quote(name)}")
