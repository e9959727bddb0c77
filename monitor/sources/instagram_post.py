"""A medium or comment of the Graph API on Instagram -> a post. Pure and total."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from monitor.model.post import Author, Post
from monitor.networks.graph_replies import is_id
from monitor.sources.api_answers import Json, moment, number, string
from monitor.sources.markup import any_to_text, one_line, plain_to_text, safe_link
from monitor.sources.posts import usable_id

_NAME = re.compile(r"[\w.]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose eyes it is read with: the account's number, and its username."""

    id: str
    handle: str


@dataclass(frozen=True, slots=True)
class Medium:
    """What a comment hangs on: id and page of the picture, the comment above ("" for none)."""

    id: str
    url: str
    above: str = ""


def identity(thing: Json) -> str:
    return usable_id(string(thing, "id"))


def medium_of(thing: Json, account: Account, now: datetime, *, tags: bool = False) -> Post:
    """A picture, film or album with its words. `tags`: somebody else's, which tags the account."""
    id_ = identity(thing)
    own = Author(handle=account.handle, url=_page(account.handle))
    return Post(
        native_id=id_,
        url=safe_link(string(thing, "permalink")),
        title="",
        text=any_to_text(string(thing, "caption")),
        author=_author(thing) if tags or string(thing, "username") else own,
        published=moment(thing, "timestamp", now=now),
        thread_id=id_,
        likes=number(thing, "like_count"),
        replies=number(thing, "comments_count"),
    )


def comment_of(thing: Json, below: Medium, account: Account, now: datetime) -> Post:
    """Answers go below the comment at the top, whoever is answered: Instagram has two levels. That comment
    is their thread: whom of it the account's own one answers is not told."""
    id_, above = identity(thing), below.above or usable_id(string(thing, "parent_id"))
    author = _author(thing)
    if not author.handle and string(thing, "from", "id") == account.id:
        author = Author(handle=account.handle, url=_page(account.handle))
    return Post(
        native_id=id_,
        # No comment has a page of its own; with its number the address is its own all the same.
        url=f"{below.url}#{id_}" if below.url and is_id(id_) else below.url,
        title="",
        text=any_to_text(string(thing, "text")),
        author=author,
        published=moment(thing, "timestamp", now=now),
        thread_id=above or id_,
        parent_id="" if above and author.handle == account.handle else above or below.id,
        likes=number(thing, "like_count"),
        reply_to=_target(thing, above or id_, author.handle, below, account),
    )


def _author(thing: Json) -> Author:
    name = one_line(plain_to_text(string(thing, "username") or string(thing, "from", "username")))
    return Author(name=name, handle=name, url=_page(name))


def _page(name: str) -> str:
    return f"https://www.instagram.com/{name}/" if _NAME.fullmatch(name) else ""


def _target(thing: Json, top: str, to: str, below: Medium, account: Account) -> str:
    """ "" for a hidden comment: nobody can answer it."""
    if thing.get("hidden") is True or not is_id(top):
        return ""
    name = to if _NAME.fullmatch(to) else ""
    return json.dumps({"account": account.id, "id": top, "to": name, "url": below.url})
