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


def test_the_schema_can_be_written_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "= 1" not in str(CreateIndex(index).compile(dialect=dialect))
