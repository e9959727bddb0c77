"""Runs the real program in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


class Command:
    """`python -m monitor` on one profile, in English unless said otherwise."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile

    def run(self, *words: str, said: str = "", language: str = "C") -> Ended:
        done = subprocess.run(
            self.line(words),
            input=said.encode(),
            capture_output=True,
            env=self.environment(language),
            cwd=ROOT,
            timeout=WAIT,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.line(words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment("C"),
            cwd=ROOT,
        )

    def line(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-W", "error::DeprecationWarning:monitor", "-m", "monitor", *words]

    def environment(self, language: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        return kept | {
            "VIGIE_PROFILE": str(self.profile),
            "LANG": language,
            "PYTHONPATH": str(ROOT),
        }
