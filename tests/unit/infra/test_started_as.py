"""The command that a hint names is one that can be typed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from monitor.infra.started_as import started_as


def started(monkeypatch: pytest.MonkeyPatch, script: str, python: str = "python3") -> str:
    monkeypatch.setattr(sys, "argv", [script, "check"])
    monkeypatch.setattr(sys, "orig_argv", [python, script, "check"])
    return started_as()


@pytest.mark.parametrize("package", ["monitor", "ui"])
def test_a_module_is_named_with_its_python(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    script = f"/somewhere/{package}/__main__.py"
    assert started(monkeypatch, script, ".venv/bin/python") == f".venv/bin/python -m {package}"


def test_a_script_on_the_path_has_its_bare_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "vigie"
    monkeypatch.setattr(shutil, "which", lambda name: str(script))
    assert started(monkeypatch, str(script)) == "vigie"


def test_one_beside_the_path_is_named_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert started(monkeypatch, ".venv/bin/vigie") == ".venv/bin/vigie"
    assert started(monkeypatch, "/my place/vigie") == '"/my place/vigie"'


def test_another_program_that_calls_it_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(monkeypatch, "/usr/bin/pytest") == "vigie"
