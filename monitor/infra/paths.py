"""Where a profile lives on this machine."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ProfileError
from monitor.infra.system_words import told
from monitor.text import text


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder with everything of one person: database, settings, backups, log."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "vigie.sqlite3"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def log(self) -> Path:
        return self.root / "vigie.log"

    def create(self) -> None:
        """Make the folder, readable by its owner alone, and try to write in it. Raises ProfileError."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.backups.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise ProfileError(
                text("The data folder {folder} cannot be written.", folder=str(self.root)),
                text("Nothing can be stored there ({why}).", why=told(error)),
                text(
                    "Free its disk or its access rights, or choose another folder with --profile."
                ),
            ) from error


def default_profile() -> Profile:
    """The folder VIGIE_PROFILE names, else the usual one of this system. Creates nothing."""
    named = os.environ.get("VIGIE_PROFILE")
    if named:
        return Profile(Path(named).expanduser().absolute())
    import platformdirs  # 25 ms, and not needed when a profile is named

    return Profile(Path(platformdirs.user_data_dir("vigie", appauthor=False)))
