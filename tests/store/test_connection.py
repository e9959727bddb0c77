"""Connections: what is set took, and who may write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from monitor.errors import ProfileError
from monitor.store.connection import open_reader, open_writer
from monitor.store.file_uri import BUSY_MILLISECONDS, file_uri
from monitor.store.writer import Writer
from tests.store.conftest import Store
from tests.store.samples import feed


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_writers_pragmas_took(database: Path) -> None:
    with open_writer(database) as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 1
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") == BUSY_MILLISECONDS


def test_foreign_keys_are_enforced(database: Path) -> None:
    orphan = "INSERT INTO source_days (source_id, day, posts) VALUES (99, 1, 1)"
    with open_writer(database) as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(orphan)


def test_a_reader_cannot_write(database: Path) -> None:
    with open_reader(database) as connection:
        assert pragma(connection, "query_only") == 1
        with pytest.raises(OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM posts")


def test_changes_of_the_schema_roll_back(database: Path) -> None:
    with open_writer(database) as connection:
        with connection.begin() as transaction:
            connection.exec_driver_sql("CREATE TABLE half (a INTEGER)")
            transaction.rollback()
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'half'")
        assert tables.all() == []


def test_several_readers_see_what_was_committed_beside_a_running_write(database: Path) -> None:
    with (
        open_writer(database) as writer,
        open_reader(database) as one,
        open_reader(database) as two,
    ):
        with writer.begin():
            writer.exec_driver_sql("UPDATE meta SET value = 7")
            assert one.exec_driver_sql("SELECT value FROM meta").scalar_one() == 0
        one.rollback()
        for reader in (one, two):
            assert reader.exec_driver_sql("SELECT value FROM meta").scalar_one() == 7


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        open_reader(tmp_path / "absent.sqlite3")
    assert not (tmp_path / "absent.sqlite3").exists()


@pytest.mark.parametrize("name", ["with space", "100%", "a?b#c", "épée"])
def test_any_name_of_a_folder_works(database: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    moved = database.rename(folder / database.name)
    with sqlite3.connect(file_uri(moved, "ro"), uri=True) as driver:
        assert driver.execute("SELECT count(*) FROM brands").fetchone() == (0,)
    driver.close()
    with open_writer(moved) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM brands").scalar_one() == 0


def test_closing_the_writer_folds_the_log_into_the_file(store: Store) -> None:
    log = store.path.with_name(store.path.name + "-wal")
    writer = Writer(open_writer(store.path))
    writer.add_source(feed(5))
    assert log.stat().st_size > 0
    writer.close()
    assert log.stat().st_size == 0
