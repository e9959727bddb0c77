"""Runs the real program in a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from monitor.cli import main

ROOT = Path(__file__).resolve().parents[2]
WAIT = 90.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal(io.TextIOWrapper):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


class Command:
    """`vigie` on one profile, in English unless said otherwise."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile

    def run(self, *words: str, said: str = "", language: str = "C") -> Ended:
        """In a process of its own, until it ends."""
        done = subprocess.run(
            self._line(words),
            input=said.encode(),
            capture_output=True,
            env=self.environment(language),
            cwd=ROOT,
            timeout=WAIT,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def here(self, *words: str, said: str = "", language: str = "C", typed: bool = False) -> Ended:
        """The same in this process: half a second faster, all else alike. `typed`: `said` at a terminal."""
        stdin = Terminal if typed else io.TextIOWrapper
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, self.environment(language), clear=True),
            patch.object(sys, "stdin", stdin(io.BytesIO(said.encode()))),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                code = main(words)
            except SystemExit as ended:  # argparse
                code = int(ended.code or 0)
        return Ended(code, out.getvalue(), err.getvalue())

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """In a process of its own, running on."""
        return subprocess.Popen(
            self._line(words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment("C"),
            cwd=ROOT,
        )

    def environment(self, language: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        return kept | {
            "VIGIE_PROFILE": str(self.profile),
            "LANG": language,
            "PYTHONPATH": str(ROOT),
        }

    def _line(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "monitor", *words]
