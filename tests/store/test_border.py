"""What the database's own errors become, and that a bug of ours stays a bug."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from monitor.errors import ProfileError
from monitor.model.mention import MentionFilter
from monitor.store.border import database_errors, disk_errors, explain, suspicion
from monitor.store.connection import open_reader, open_writer
from monitor.store.prepare import prepare
from monitor.store.reader import Reader
from tests.store.conftest import Store
from tests.store.samples import feed
from tests.support.many import fill


def test_damage_found_while_reading_is_told_and_checked_at_the_next_start(tmp_path: Path) -> None:
    path, backups = tmp_path / "vigie.sqlite3", tmp_path / "backups"
    fill(path, 500)
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xa5" * (size // 2))
    reader = Reader(open_reader(path))

    def read_all() -> None:
        keys = reader.keys(MentionFilter(), None, 500)
        reader.mentions([key.id for key in keys])

    with pytest.raises(ProfileError, match="damaged"):
        read_all()
    reader.close()
    assert suspicion(path).exists()
    with pytest.raises(ProfileError, match="set aside"):
        prepare(path, backups)
    (kept,) = tmp_path.glob("*.damaged-*[0-9]")
    assert kept.stat().st_size == size


def test_a_database_held_by_another_program_is_told(store: Store) -> None:
    store.writer._connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    store.writer._connection.rollback()
    with (
        open_writer(store.path) as other,
        other.begin(),
        pytest.raises(ProfileError, match="in use"),
    ):
        store.writer.add_source(feed(5))
    assert store.writer.add_source(feed(5)).id


def test_a_bug_passes_unchanged(store: Store) -> None:
    def query() -> None:
        with database_errors(store.path):
            store.reader._connection.exec_driver_sql("SELECT a FROM nowhere")

    with pytest.raises(OperationalError, match="no such table"):
        query()


def test_an_error_without_code_is_a_bug() -> None:
    assert explain(sqlite3.ProgrammingError("closed"), Path("x")) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [(28, "disk is full"), (13, "read-only"), (30, "read-only"), (5, "cannot be read or written")],
)
def test_the_systems_errors_are_told(code: int, said: str, tmp_path: Path) -> None:
    def fail() -> None:
        with disk_errors(tmp_path):
            raise OSError(code, "refused by the system")

    with pytest.raises(ProfileError, match=said):
        fail()
