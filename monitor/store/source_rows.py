"""Sources to rows and back, adding, changing, removing them, and the poll leases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from monitor.errors import BadInput
from monitor.model.source import Source, SourceState
from monitor.store.changes import next_change
from monitor.store.json_columns import fields_from_json, fields_to_json
from monitor.store.schema import AnyRow, sources
from monitor.store.searches import begin_search
from monitor.store.storable import storable
from monitor.store.times import to_micros
from monitor.text import text

_FRESH: dict[str, Any] = {
    "state": SourceState.NEW.value,
    "cursor": "",
    "next_due": None,
    "error": None,
    "hint": None,
    "note": None,
    "failures": 0,
    "skipped": 0,
    "gap_since": None,
    "gap_found": None,
    "lease_owner": None,
    "lease_until": None,
    "removed_at": None,
}

# Made once: putting it together costs more than running it.
_CLAIM = (
    update(sources)
    .where(
        sources.c.id == bindparam("source_id"),
        sources.c.removed_at.is_(None),
        or_(
            sources.c.lease_owner.is_(None),
            sources.c.lease_owner == bindparam("new_owner"),
            sources.c.lease_until <= bindparam("now"),
            sources.c.lease_until > bindparam("believable"),
        ),
    )
    .values(lease_owner=bindparam("new_owner"), lease_until=bindparam("new_until"))
    .returning(*sources.c)
)


def source_from_row(row: AnyRow) -> Source:
    return Source(
        id=row.id,
        kind=row.kind,
        address=row.address,
        name=row.name,
        folder=row.folder,
        language=row.language,
        interval=row.interval,
        paused=row.paused,
        fields=fields_from_json(row.fields),
        account_id=row.account_id or 0,
        about=row.about or 0,
    )


def add_source(connection: Connection, source: Source) -> Source:
    """Raises BadInput when kind and address are listened to already. A removed one comes back to
    its posts; its first poll is history again."""
    values = _values(source) | _FRESH | {"change_seq": next_change(connection)}
    twin = _same_address(connection, source)
    if twin is not None:
        if twin.removed_at is None:
            raise _already_there(twin.name or twin.address)
        values |= {"last_success": None}
        connection.execute(update(sources).where(sources.c.id == twin.id).values(**values))
        return replace(source, id=twin.id)
    values |= {"items": 0, "last_attempt": None, "last_success": None}
    made = connection.execute(insert(sources).values(**values).returning(sources.c.id))
    return replace(source, id=made.scalar_one())


def update_source(connection: Connection, source: Source) -> Source:
    """Change it and let it try again at once. Another address is read from its beginning.

    Raises BadInput when another source has that address.
    """
    twin = _same_address(connection, source)
    if twin is not None and twin.id != source.id:
        if twin.removed_at is None:
            raise _already_there(twin.name or twin.address)
        # A removed source holds the address: it keeps its posts and lets go of the name.
        past = {"address": f"{twin.address}#{twin.id}"}
        connection.execute(update(sources).where(sources.c.id == twin.id).values(**past))
    stored = connection.execute(select(sources).where(sources.c.id == source.id)).one_or_none()
    if stored is None:
        return source
    values = _values(source) | {"change_seq": next_change(connection)}
    if (stored.kind, stored.address) != (values["kind"], values["address"]):
        values |= _FRESH
    elif not source.paused:
        read = SourceState.LISTENING if stored.cursor else SourceState.NEW
        values |= {
            "state": read.value,
            "next_due": 0,  # long ago: at once
            "error": None,
            "hint": None,
            "failures": 0,
        }
    connection.execute(update(sources).where(sources.c.id == source.id).values(**values))
    return source


def remove_source(connection: Connection, source_id: int, now: datetime) -> str:
    """Stop listening; its address. Posts and mentions stay, and so does the row that names their source."""
    address = connection.scalar(select(sources.c.address).where(sources.c.id == source_id))
    connection.execute(
        update(sources)
        .where(sources.c.id == source_id, sources.c.removed_at.is_(None))
        .values(
            removed_at=to_micros(now),
            lease_owner=None,
            lease_until=None,
            change_seq=next_change(connection),
        )
    )
    return address or ""


def claim(
    connection: Connection, source_id: int, owner: str, until: datetime, now: datetime
) -> AnyRow | None:
    """Take the right to poll a source until `until`; its row, None while somebody else has it.

    One that lasts far longer than leases do was given while the clock was ahead: it is void.
    """
    asked = {
        "source_id": source_id,
        "new_owner": owner,
        "new_until": to_micros(until),
        "now": to_micros(now),
        "believable": to_micros(until + (until - now)),
    }
    return connection.execute(_CLAIM, asked).one_or_none()


def release(connection: Connection, source_id: int, owner: str) -> None:
    """Give it back without a poll; `apply_poll` ends a lease by itself."""
    connection.execute(
        update(sources)
        .where(sources.c.id == source_id, sources.c.lease_owner == owner)
        .values(lease_owner=None, lease_until=None)
    )


def turn_to(connection: Connection, source_id: int, before: int, about: int) -> tuple[int, ...]:
    """The brands to look for again in stored posts because the source, which brought some, is about
    another brand than before (0: about none). They have to be looked for until `end_search`."""
    brought = connection.scalar(select(sources.c["items"]).where(sources.c.id == source_id))
    if before == about or not brought:
        return ()
    concerned = tuple(brand_id for brand_id in (before, about) if brand_id)
    for brand_id in concerned:
        begin_search(connection, brand_id)
    return concerned


def about_of(connection: Connection, source: Source) -> int:
    """The brand that the stored source with this id, or else with this address, is about; 0 for none."""
    if not source.id:
        twin = _same_address(connection, source)
        return 0 if twin is None else twin.about or 0
    return connection.scalar(select(sources.c.about).where(sources.c.id == source.id)) or 0


def _values(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "address": storable(source.address),
        "name": storable(source.name),
        "folder": storable(source.folder),
        "language": storable(source.language),
        "interval": source.interval,
        "paused": source.paused,
        "fields": fields_to_json(source.fields),
        "account_id": source.account_id or None,
        "about": source.about or None,
    }


def _same_address(connection: Connection, source: Source) -> AnyRow | None:
    return connection.execute(
        select(sources).where(
            sources.c.kind == source.kind, sources.c.address == storable(source.address)
        )
    ).one_or_none()


def _already_there(name: str) -> BadInput:
    return BadInput(
        text("This source is already there."),
        text("“{name}” listens to the same address. Nothing was changed.", name=name),
        text("Look for it in the list of sources."),
    )
