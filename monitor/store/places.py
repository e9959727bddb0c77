"""In which sources one native id means the same post, and that post's mention there. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, func, or_, select

from monitor.store.schema import mentions, posts, sources

_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
_SAME_POST = (
    select(
        func.coalesce(mentions.c.story_of, mentions.c.id).label("head"),
        mentions.c.state,
        mentions.c.wake_at,
    )
    .join(posts, posts.c.id == mentions.c.post_id)
    .where(
        posts.c.source_id.in_(_PLACES),
        posts.c.native_id == bindparam("key"),
        posts.c.withdrawn_at.is_(None),
        mentions.c.brand_id == bindparam("brand_id"),
        or_(mentions.c.about_us.is_(True), mentions.c.correction.is_not(None)),
    )
    .order_by(mentions.c.id)
    .limit(1)
)


_HEAD = (
    select(func.coalesce(mentions.c.story_of, mentions.c.id), posts.c.native_id)
    .join(posts, posts.c.id == mentions.c.post_id)
    .where(mentions.c.id == bindparam("mention"))
)
_ROWS = (
    select(mentions.c.id)
    .join(posts, posts.c.id == mentions.c.post_id)
    .where(
        or_(mentions.c.id == bindparam("head"), mentions.c.story_of == bindparam("head")),
        posts.c.native_id == bindparam("key"),
    )
)


def mentions_in_post(connection: Connection, mention_id: int) -> tuple[int, ...]:
    """This mention, and those in the same post that other sources brought."""
    found = connection.execute(_HEAD, {"mention": mention_id}).one_or_none()
    if found is None:
        return (mention_id,)
    head, native_id = found
    return tuple(connection.execute(_ROWS, {"head": head, "key": native_id}).scalars())


class Place(NamedTuple):
    """Where native ids count: in a network ("" for none), and of one with many servers at `host` alone."""

    network: str
    host: str


PlaceOf: TypeAlias = Callable[[str, str], tuple[str, str]]
"""Kind of a source and its address -> network and host, as `Place` has them."""


def nowhere(_kind: str, _address: str) -> tuple[str, str]:
    """Ids count within their source alone."""
    return "", ""


class Places:
    """Of all sources, for one transaction."""

    def __init__(self, connection: Connection, place_of: PlaceOf) -> None:
        self._connection = connection
        self._place_of = place_of

    def asked(self, source_id: int, key: str) -> dict[str, Any]:
        """Where this id or thread of the source means the same: in all sources of its place, in all of
        the network where it is an address."""
        here = self.of[source_id]
        if not here.network:
            return {"key": key, "places": [source_id]}
        anywhere = "://" in key
        near = [
            one
            for one, place in self.of.items()
            if place.network == here.network and (anywhere or place.host == here.host)
        ]
        return {"key": key, "places": near}

    def same_post(self, source_id: int, native_id: str, brand_id: int) -> Any | None:
        """The mention of this brand in the same post, brought by another source: the head of its row,
        its state and when it wakes. None without one."""
        asked = self.asked(source_id, native_id)
        if len(asked["places"]) == 1:
            return None
        asked |= {"brand_id": brand_id}
        return self._connection.execute(_SAME_POST, asked).one_or_none()

    @cached_property
    def of(self) -> dict[int, Place]:
        """By the source's id."""
        rows = self._connection.execute(select(sources.c.id, sources.c.kind, sources.c.address))
        return {row.id: Place(*self._place_of(row.kind, row.address)) for row in rows.all()}
