"""Migrations from the first one lead to exactly the schema of the code."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from monitor.store.connection import open_writer
from monitor.store.migrate import configuration, migrate
from monitor.store.migrations import HEAD
from monitor.store.prepare import prepare, stored_revision
from monitor.store.schema import metadata
from monitor.store.search import FTS_TABLE

TABLES = ("brands", "sources", "posts", "mentions", "drafts", "alerts", "source_days", "meta")
FIRST_ROWS = """
INSERT INTO brands VALUES (1, 'Café Lumen', '[]', '[]', '[]', '[]', '[]', '[]', 0, 0, 0, 1);
INSERT INTO sources VALUES (3, 'feed', 'https://a.example/', 'A', '', 'fr', 900, 0, '{}', NULL,
  'listening', '{"etag":1}', 5, 6, 7, NULL, NULL, 0, 0, 1, 8, 9, 'me', 10, 2);
INSERT INTO source_days VALUES (3, 20000, 4);
INSERT INTO posts VALUES (5, 3, 'one', 'hash', 'https://a.example/1', 'Titre', 'Café Lumen', 'Léa',
  'lea', '', 12, 100, 'fr', 't', 101, NULL);
INSERT INTO mentions VALUES (9, 5, 1, 3, 100, 'lea', 'story', NULL, '[]', '{}', 'negative', 1, 1, 1,
  'complaint', 'fr', 'negative', 'open', NULL, 0, 1, 1, 3);
INSERT INTO drafts VALUES (2, 9, 'key', 'Bonjour', 'fr', 'sorry', 102, NULL, 4);
INSERT INTO alerts VALUES (4, 9, 103, NULL, NULL);
INSERT INTO mention_words (rowid, body) VALUES (9, 'Titre Café Lumen Léa lea');
"""


def rows(driver: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    """Each row by its column names."""
    read = driver.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - the test's own names
    names = [column[0] for column in read.description]
    return [dict(zip(names, row, strict=True)) for row in read]


def definitions(path: Path) -> dict[str, list[str]]:
    """Every table and index with the words of its SQL: the order of constraints means nothing."""
    with closing(sqlite3.connect(path)) as driver:
        rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {
            name: sorted(re.findall(r"[\w']+|[^\s\w]", sql.replace('"', "")))
            for name, sql in rows
            if not name.startswith((FTS_TABLE, "sqlite_", "alembic_"))
        }


def test_the_migrations_make_the_schema_of_the_code(database: Path, tmp_path: Path) -> None:
    direct = tmp_path / "direct.sqlite3"
    engine = create_engine(f"sqlite:///{direct}")
    metadata.create_all(engine)
    engine.dispose()
    assert definitions(database) == definitions(direct)


def test_alembic_sees_no_difference(database: Path) -> None:
    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not str(name).startswith(FTS_TABLE)

    with open_writer(database) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_one_that_start_up_compares(database: Path) -> None:
    with open_writer(database) as connection:
        script = ScriptDirectory.from_config(configuration(connection))
    assert script.get_heads() == [HEAD]
    assert stored_revision(database) == HEAD


def test_every_revision_is_reached_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "vigie.sqlite3"
    for number in range(1, int(HEAD) + 1):
        migrate(path, f"{number:04}")
        assert stored_revision(path) == f"{number:04}"


def test_a_migration_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vigie.sqlite3"

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.execute", fail)
        with pytest.raises(RuntimeError, match="half way"):
            prepare(path, tmp_path / "backups")
    assert definitions(path) == {}
    prepare(path, tmp_path / "backups")
    assert stored_revision(path) == HEAD


def test_a_database_of_the_first_revision_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "vigie.sqlite3"
    migrate(path, "0001")
    with closing(sqlite3.connect(path)) as driver, driver:
        driver.executescript(FIRST_ROWS)
        before = {table: rows(driver, table) for table in TABLES}
    prepare(path, tmp_path / "backups")
    with closing(sqlite3.connect(path)) as driver:
        after = {table: rows(driver, table) for table in TABLES}
        posted = driver.execute("SELECT parent_id, reply_to, rating, withdrawn_at, own FROM posts")
        assert posted.fetchall() == [("", "", None, None, 0)]
        assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
        words = driver.execute("SELECT rowid FROM mention_words WHERE mention_words MATCH 'lumen'")
        assert words.fetchall() == [(9,)]
    for table, kept in before.items():
        assert kept, table
        assert all(old.items() <= new.items() for old, new in zip(kept, after[table], strict=True))


def test_the_second_revision_happens_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vigie.sqlite3"
    migrate(path, "0001")
    with closing(sqlite3.connect(path)) as driver, driver:
        driver.executescript(FIRST_ROWS)
    before = definitions(path)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("at its very end")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", fail)
        with pytest.raises(RuntimeError, match="at its very end"):
            migrate(path, "0002")
    assert definitions(path) == before
    assert stored_revision(path) == "0001"
    migrate(path, "0002")
    assert stored_revision(path) == "0002"


def test_the_schema_can_be_written_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "= 1" not in str(CreateIndex(index).compile(dialect=dialect))
