"""Making the file ready: what a person is told when it cannot be, and that nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import ProfileError
from monitor.store import prepare as prepare_module
from monitor.store.border import suspicion
from monitor.store.migrations import HEAD
from monitor.store.prepare import prepare, stored_revision

NOBODY = 65534


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def set_revision(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as driver, driver:
        driver.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def damage(path: Path) -> None:
    """Overwrite every page but the first two."""
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("PRAGMA journal_mode = DELETE")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (size - 8192))


def test_a_new_profile_gets_a_database(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "new" / "vigie.sqlite3"
    prepare(path, backups)
    assert stored_revision(path) == HEAD
    assert not backups.exists()


def test_an_empty_file_is_a_new_database(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "vigie.sqlite3"
    path.touch()
    prepare(path, backups)
    assert stored_revision(path) == HEAD


def test_an_up_to_date_database_needs_neither_alembic_nor_sqlalchemy(database: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from monitor.store.prepare import prepare;"
        "prepare(Path(sys.argv[1]), Path(sys.argv[2]));"
        "sys.exit(bool({'alembic', 'sqlalchemy'} & set(sys.modules)))"
    )
    arguments = [sys.executable, "-c", program, str(database), str(database.parent)]
    assert subprocess.run(arguments, check=False).returncode == 0


def test_two_programs_may_create_it_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from monitor.store.prepare import prepare;"
        "prepare(Path(sys.argv[1]), Path(sys.argv[1] + '.backups'))"
    )
    path = tmp_path / "vigie.sqlite3"
    both = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert stored_revision(path) == HEAD


def test_a_migration_is_preceded_by_a_whole_backup(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated: list[Path] = []
    monkeypatch.setattr(prepare_module, "HEAD", "9999")
    monkeypatch.setattr("monitor.store.migrate.migrate", migrated.append)
    prepare(database, backups)
    (copy,) = backups.iterdir()
    assert copy.name.startswith(f"vigie-{HEAD}-")
    assert stored_revision(copy) == HEAD
    assert migrated == [database]


def test_a_database_of_a_newer_version_is_refused_and_untouched(
    database: Path, backups: Path
) -> None:
    set_revision(database, "0999")
    before = database.read_bytes()
    with pytest.raises(ProfileError, match="newer version"):
        prepare(database, backups)
    assert database.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "vigie.sqlite3"
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(ProfileError, match="another program"):
        prepare(path, backups)


def test_a_file_that_is_no_database_is_set_aside_untouched(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "vigie.sqlite3"
    path.write_bytes(b"this was a database once" * 100)
    with pytest.raises(ProfileError, match="damaged") as told:
        prepare(path, backups)
    (kept,) = tmp_path.glob("vigie.sqlite3.damaged-*")
    assert kept.read_bytes() == b"this was a database once" * 100
    assert str(kept) in str(told.value.message)
    assert "no backup" in str(told.value.hint)
    prepare(path, backups)
    assert stored_revision(path) == HEAD


def test_a_suspicion_is_checked_at_the_next_start(database: Path, backups: Path) -> None:
    damage(database)
    backups.mkdir()
    backup = backups / "vigie-0001-20260801-120000.sqlite3"
    backup.touch()
    suspicion(database).touch()
    with pytest.raises(ProfileError, match="damaged") as told:
        prepare(database, backups)
    assert str(backup) in str(told.value.hint)
    assert not suspicion(database).exists()
    assert not database.exists()


def test_an_unfounded_suspicion_goes(database: Path, backups: Path) -> None:
    suspicion(database).touch()
    prepare(database, backups)
    assert not suspicion(database).exists()


@pytest.fixture
def without_rights() -> Iterator[Path]:
    """An open folder, in a process whose rights count: root's never do."""
    if not hasattr(os, "seteuid"):
        pytest.skip("this system has no user ids")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        else:
            folder.chmod(0o555)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_read_only_folder_is_told(without_rights: Path) -> None:
    with pytest.raises(ProfileError, match="read-only"):
        prepare(without_rights / "profile" / "vigie.sqlite3", without_rights / "backups")
    with pytest.raises(ProfileError) as told:
        prepare(without_rights / "vigie.sqlite3", without_rights / "backups")
    assert str(without_rights) in str(told.value)


@pytest.mark.skipif(sys.platform == "win32", reason="limits on files are POSIX")
def test_a_disk_that_takes_no_more_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path;"
        "from monitor.errors import ProfileError; from monitor.store.prepare import prepare;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: prepare(Path(sys.argv[1]), Path(sys.argv[1] + '.backups'))\n"
        "except ProfileError as told: print(told.title)"
    )
    path = tmp_path / "vigie.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    assert "database cannot be read or written" in done.stdout or "full" in done.stdout
    prepare(path, tmp_path / "backups")
    assert stored_revision(path) == HEAD
