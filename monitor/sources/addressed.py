"""Whom an own answer is written to where a network hangs all answers on the first comment. Pure and total.

People and programs begin it with the @name then; without one it is for the whole thread until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.model.post import Post

_NAME = re.compile(r"@([\w.-]*\w)")


def addressed(posts: Iterable[Post], own: str) -> list[Post]:
    """The same posts; answers of the handle `own` with the newest earlier comment of whom they name."""
    known = list(posts)
    return [_addressed(post, known) if post.author.handle == own else post for post in known]


def _addressed(post: Post, known: list[Post]) -> Post:
    name = _NAME.match(post.text)
    if name is None or post.parent_id or post.published is None:
        return post
    theirs = [
        (one.published, one.native_id)
        for one in known
        if one.thread_id == post.thread_id
        and one.author.handle.casefold() == name[1].casefold()
        and one.published is not None
        and one.published <= post.published
        and one.native_id != post.native_id
    ]
    return replace(post, parent_id=max(theirs)[1]) if theirs else post
