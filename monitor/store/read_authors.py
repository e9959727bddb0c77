"""What is known of the people who write. Reader's thread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from monitor.model.post import Author
from monitor.store.post_rows import author_key
from monitor.store.schema import HAS_AUTHOR, mentions

_LANGUAGES = (
    select(mentions.c.author_key, mentions.c.language, func.count().label("posts"))
    .where(mentions.c.author_key.in_(bindparam("authors", expanding=True)), HAS_AUTHOR)
    .where(mentions.c.language != "")
    .group_by(mentions.c.author_key, mentions.c.language)
    .order_by("posts")
)


def usual_languages(
    connection: Connection, source_id: int, authors: Sequence[Author]
) -> dict[Author, str]:
    """The commonest language of each author's mentions; authors of none are missing."""
    keys = {author: author_key(source_id, author) for author in authors}
    asked = {"authors": sorted(set(keys.values()) - {""})}
    commonest = {row.author_key: row.language for row in connection.execute(_LANGUAGES, asked)}
    return {author: commonest[key] for author, key in keys.items() if key in commonest}
