"""How this program was started, as a person can type it again: `vigie` is not on every PATH. No I/O but the PATH."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

NAME = "vigie"


def started_as() -> str:
    """ "vigie", ".venv/bin/vigie" or ".venv/bin/python -m monitor"; the bare name for whoever else called."""
    script = Path(sys.argv[0])
    if script.name == "__main__.py" and script.parent.name in ("monitor", "ui"):
        return f"{_typed(sys.orig_argv[0])} -m {script.parent.name}"
    if script.stem != NAME or _is_on_path(script):
        return NAME
    return _typed(sys.argv[0])


def _is_on_path(script: Path) -> bool:
    found = shutil.which(NAME)
    return found is not None and Path(found).with_suffix("") == script.absolute().with_suffix("")


def _typed(word: str) -> str:
    return f'"{word}"' if " " in word else word
