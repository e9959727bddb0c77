"""Entries of any format -> posts: identity, dates, languages, order. Pure and total."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.model.post import Author, Post
from monitor.sources.dates import believable, parse_date
from monitor.sources.raw_feed import RawEntry

MAX_ID = 500
MAX_ENTRIES = 5000
"""What is read of one answer; no honest feed shows more, and a hostile one has millions."""


def to_posts(entries: list[RawEntry], language: str, now: datetime) -> tuple[tuple[Post, ...], int]:
    """The readable posts, newest first, and how many entries were not read or had nothing to read."""
    posts = [
        to_post(entry, language, now)
        for entry in entries[:MAX_ENTRIES]
        if entry.title or entry.text
    ]
    return newest_first(_distinct(posts)), len(entries) - len(posts)


def language_code(declared: str) -> str:
    """ "fr-FR" -> "fr"; "" when it is no ISO 639-1 code."""
    code = declared.strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def to_post(entry: RawEntry, language: str, now: datetime) -> Post:
    """One entry as a post; `language` where it declares none of its own."""
    return Post(
        native_id=_identity(entry),
        url=entry.link,
        title=entry.title,
        text=entry.text,
        author=Author(name=entry.author, url=entry.author_url),
        published=believable(parse_date(entry.published), now),
        language=language_code(entry.language) or language,
        thread_id=entry.thread[:MAX_ID],
    )


def _identity(entry: RawEntry) -> str:
    name = entry.id or entry.link
    if not name:
        return _hash(entry.title, entry.published, entry.text[:200])
    return usable_id(name)


def usable_id(name: str) -> str:
    """A network's own id as it is; a digest of one that is too long or cannot be shown."""
    return name if len(name) <= MAX_ID and name.isprintable() else _hash(name)


def _distinct(posts: list[Post]) -> list[Post]:
    """Broken feeds give several entries one id. The same post twice counts once; different posts
    get an id that also says their link or title, whatever their order in the feed.
    """
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        groups[post.native_id].append(post)
    if len(groups) == len(posts):
        return posts
    distinct: list[Post] = []
    for same in groups.values():
        # Same link and title: an older version of the same post, listed again.
        different = {(post.url, post.title or post.text[:200]): post for post in reversed(same)}
        if len(different) == 1:
            distinct.append(same[0])
            continue
        links = {post.url for post in different.values()}
        for post in reversed(different.values()):
            detail = (
                post.url
                if len(links) == len(different)
                else f"{post.url} {post.title or post.text[:200]}"
            )
            distinct.append(_renamed(post, f"{post.native_id}#{_hash(detail)}"))
    return distinct


def _renamed(post: Post, native_id: str) -> Post:
    return replace(post, native_id=native_id)


def newest_first(posts: Sequence[Post]) -> tuple[Post, ...]:
    """By date where every post has one; else as the feed lists them."""
    dates = [post.published for post in posts if post.published is not None]
    if len(dates) < len(posts):
        return tuple(posts)
    return tuple(sorted(posts, key=lambda post: post.published or dates[0], reverse=True))


def _hash(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()
