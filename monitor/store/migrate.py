"""Running Alembic's migrations over a file, in one transaction: whole or not at all.

Needs no alembic.ini and no working folder, so it works from a wheel and in a frozen program, as
long as the files of `migrations` lie beside their package.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from monitor.store import migrations
from monitor.store.connection import open_migrator

HERE = Path(migrations.__file__).parent


def migrate(path: Path, revision: str = "head") -> None:
    """Create the file if need be and bring it to `revision`. Waits for another process that does."""
    with open_migrator(path) as connection, connection.begin():
        command.upgrade(configuration(connection), revision)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"the migration to {revision} left rows without owner: {broken}")


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
