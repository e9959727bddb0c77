"""Posts to rows and back. Pure but for the types of the rows."""

from __future__ import annotations

from typing import Any

from monitor.model.post import Author, Post
from monitor.store.schema import AnyRow, posts
from monitor.store.storable import storable
from monitor.store.times import maybe_from_micros, maybe_to_micros

POST_COLUMNS = (
    posts.c.native_id,
    posts.c.url,
    posts.c.title,
    posts.c.text,
    posts.c.author_name,
    posts.c.author_handle,
    posts.c.author_url,
    posts.c.author_followers,
    posts.c.published,
    posts.c.language,
    posts.c.thread_id,
    posts.c.parent_id,
    posts.c.rating,
    posts.c.likes,
    posts.c.replies,
    posts.c.shares,
    posts.c.reply_to,
)
COUNTS = ("likes", "replies", "shares")
"""What others do to a post all day, under the names of both the columns and the post."""


def post_values(post: Post, content_hash: str) -> dict[str, Any]:
    """What a post and its edits write; times of our own are the caller's."""
    author = post.author
    return {
        "content_hash": content_hash,
        "url": storable(post.url),
        "title": storable(post.title),
        "text": storable(post.text),
        "author_name": storable(author.name),
        "author_handle": storable(author.handle),
        "author_url": storable(author.url),
        "author_followers": author.followers,
        "published": maybe_to_micros(post.published),
        "language": storable(post.language),
        "thread_id": storable(post.thread_id),
        "parent_id": storable(post.parent_id),
        "rating": post.rating,
        "reply_to": storable(post.reply_to),
        **count_values(post),
    }


def count_values(post: Post) -> dict[str, int | None]:
    """What may change without anybody having edited anything."""
    return {name: getattr(post, name) for name in COUNTS}


def post_from_row(row: AnyRow) -> Post:
    """A row that has POST_COLUMNS under their own names."""
    return Post(
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        text=row.text,
        author=Author(row.author_name, row.author_handle, row.author_url, row.author_followers),
        published=maybe_from_micros(row.published),
        language=row.language,
        thread_id=row.thread_id,
        parent_id=row.parent_id,
        rating=row.rating,
        likes=row.likes,
        replies=row.replies,
        shares=row.shares,
        reply_to=row.reply_to,
    )


def author_key(source_id: int, author: Author) -> str:
    """Who wrote it, as far as it can be told: the profile's address, else the name within the source."""
    if author.url:
        return storable(author.url)
    name = author.handle or author.name
    return storable(f"{source_id}:{name}") if name else ""
