"""Missing system packages are installed where that needs no password, and named where it does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import system_libraries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="apt-get is Debian's")


def tool(folder: Path, name: str, script: str) -> None:
    """A stand-in for a system tool; every call is written to `calls`."""
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/calls\n{script}\n')
    path.chmod(0o755)


def as_user(monkeypatch: pytest.MonkeyPatch, folder: Path, user: int) -> None:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("os.geteuid", lambda: user)


def test_root_installs_after_reading_the_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tmp_path, "apt-get", "echo 'http://some.mirror'")
    as_user(monkeypatch, tmp_path, 0)
    assert system_libraries.install(["libone", "libtwo"])
    update, install = (tmp_path / "calls").read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libone libtwo")
    assert "mirror" not in capsys.readouterr().out


def test_a_person_with_a_password_is_told_the_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tmp_path, "apt-get", "exit 0")
    tool(tmp_path, "sudo", "exit 1")
    as_user(monkeypatch, tmp_path, 1000)
    assert not system_libraries.install(["libone"])
    assert "apt-get install" in capsys.readouterr().out
    assert (tmp_path / "calls").read_text() == "sudo -n true\n"


def test_a_failed_installation_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tmp_path, "apt-get", "echo 'no such package' >&2; exit 100")
    as_user(monkeypatch, tmp_path, 0)
    assert not system_libraries.install(["libone"])
    assert "no such package" in capsys.readouterr().out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the Linux loader")
def test_qt_loads_here_and_the_answer_is_remembered(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    assert system_libraries.ready(python, screen=False)
    python.unlink()
    assert system_libraries.ready(python, screen=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the Linux loader")
def test_the_loader_says_what_is_missing() -> None:
    reason = system_libraries.why_not(Path(sys.executable), "libqnosuchplatform.so")
    assert "libqnosuchplatform.so" in reason


def test_a_machine_without_a_screen_needs_nothing_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert system_libraries.ready(tmp_path / "bin" / "python", screen=True)
