"""Brands to rows and back, and mentions found when a brand is added. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from monitor.model.brand import Brand
from monitor.model.poll import Applied
from monitor.store.changes import next_change
from monitor.store.json_columns import words_from_json, words_to_json
from monitor.store.mention_rows import UNTOUCHED, insert_mention, mentions_of_post, reanalyse
from monitor.store.own_posts import OwnPosts
from monitor.store.places import PlaceOf, Places
from monitor.store.post_rows import POST_COLUMNS, post_from_row
from monitor.store.records import FoundMention
from monitor.store.schema import AnyRow, brands, mentions, posts
from monitor.store.search import add_mentions, before_brand_removal
from monitor.store.searches import begin_search, end_search
from monitor.store.storable import storable
from monitor.store.stories import succeed
from monitor.store.times import from_micros

_LISTS = (
    "aliases",
    "must_near",
    "must_not_near",
    "excluded_authors",
    "excluded_sites",
    "excluded_languages",
)
_POST = select(posts.c.id, posts.c.source_id, posts.c.first_seen, *POST_COLUMNS).where(
    posts.c.id == bindparam("post_id"),
    posts.c.content_hash == bindparam("content_hash"),
    posts.c.own.is_(False),
)
_BRAND = select(brands.c.id).where(brands.c.id == bindparam("brand_id"))


def brand_from_row(row: AnyRow) -> Brand:
    lists = {name: words_from_json(getattr(row, name)) for name in _LISTS}
    return Brand(
        id=row.id, name=row.name, exact=row.exact, rival=row.rival, color=row.color, **lists
    )


def save_brand(connection: Connection, brand: Brand) -> Brand:
    """Insert (id 0) or change a brand; one that was removed meanwhile is inserted anew. It has to be
    looked for in what is stored, until `end_search`."""
    values: dict[str, Any] = {
        name: words_to_json(storable(word) for word in getattr(brand, name)) for name in _LISTS
    }
    values |= {
        "name": storable(brand.name),
        "exact": brand.exact,
        "rival": brand.rival,
        "color": brand.color,
        "change_seq": next_change(connection),
    }
    changed = update(brands).where(brands.c.id == brand.id).values(**values)
    if not (brand.id and connection.execute(changed).rowcount):
        made = connection.execute(insert(brands).values(**values).returning(brands.c.id))
        brand = replace(brand, id=made.scalar_one())
    begin_search(connection, brand.id)
    return brand


def remove_brand(connection: Connection, brand_id: int) -> None:
    """The brand goes with its mentions, drafts and alerts; posts and a person's corrections stay."""
    next_change(connection)
    end_search(connection, brand_id)
    before_brand_removal(connection, brand_id)
    own = mentions.c.brand_id == brand_id
    # Copies point at mentions that are deleted with them, in whatever order.
    copies = and_(own, mentions.c.story_of.is_not(None))
    connection.execute(update(mentions).where(copies).values(story_of=None))
    connection.execute(delete(mentions).where(own))
    connection.execute(delete(brands).where(brands.c.id == brand_id))


def hide_mentions(
    connection: Connection, brand_id: int, post_ids: Sequence[int]
) -> tuple[int, ...]:
    """The brand, as it is looked for now, is not in these posts: its mentions leave the lists, unless
    a person acted on them. They come back when they are found again. The ids that changed, the
    copies that now stand for their story included."""
    change = next_change(connection)
    statement = (
        update(mentions)
        .where(mentions.c.brand_id == brand_id, mentions.c.post_id.in_(post_ids), UNTOUCHED)
        .values(about_us=False, needs_answer=False, change_seq=change)
        .returning(mentions.c.id)
    )
    hidden = tuple(connection.execute(statement).scalars())
    return (*hidden, *succeed(connection, hidden, change))


def store_mentions(
    connection: Connection, found: Iterable[FoundMention], place_of: PlaceOf
) -> Applied:
    """Mentions found in stored posts; those already there are judged anew, alerts never rise. What a
    post of our own answered long ago is answered.

    What belongs to a post that changed or a brand that went meanwhile is left out.
    """
    change = next_change(connection)
    places = Places(connection, place_of)
    own = OwnPosts(connection, places, change)
    new: list[int] = []
    changed: list[int] = []
    for item in found:
        asked = {"post_id": item.post_id, "content_hash": item.content_hash}
        row = connection.execute(_POST, asked).one_or_none()
        brand_id = item.mention.brand_id
        known_brand = connection.execute(_BRAND, {"brand_id": brand_id}).first()
        if row is None or known_brand is None:
            continue
        stored = mentions_of_post(connection, item.post_id).get(brand_id)
        if stored is not None:
            reanalyse(connection, stored, item.mention, change)
            changed.append(stored.id)
            continue
        post, seen = post_from_row(row), from_micros(row.first_seen)
        mention_id, _ = insert_mention(
            connection,
            source_id=row.source_id,
            post_id=row.id,
            post=post,
            found=item.mention,
            now=seen,
            change=change,
            may_alert=False,
            same=places.same_post(row.source_id, row.native_id, brand_id),
        )
        new.append(mention_id)
        if (answer := own.answer_to(row.source_id, post, post.published or seen)) is not None:
            own.mark([mention_id], answer)
    add_mentions(connection, new)
    return Applied(tuple(new), tuple(changed), (), 0)
