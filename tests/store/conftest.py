"""A fresh database for each test, copied from one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.model.brand import Brand
from monitor.store.connection import open_reader, open_writer
from monitor.store.prepare import prepare
from monitor.store.reader import Reader
from monitor.store.writer import Writer
from tests.store.samples import feed


@dataclass(frozen=True)
class Store:
    """A database with one brand and one source."""

    path: Path
    writer: Writer
    reader: Reader
    brand_id: int
    source_id: int


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "vigie.sqlite3"
    prepare(path, path.parent / "backups")
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """A prepared, empty database."""
    path = tmp_path / "vigie.sqlite3"
    shutil.copy(migrated, path)
    return path


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    writer, reader = Writer(open_writer(database)), Reader(open_reader(database))
    brand = writer.save_brand(Brand(0, "Café Lumen"))
    source = writer.add_source(feed())
    yield Store(database, writer, reader, brand.id, source.id)
    reader.close()
    writer.close()
