"""The `vigie` command: what it does without a screen, and that a subcommand never starts Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui import screen
from ui.__main__ import _has_command
from ui.screen import why_no_window

ROOT = Path(__file__).resolve().parents[2]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux asks")


def vigie(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command, without a screen unless the test gives one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "command"),
    [
        ([], False),
        (["--demo"], False),
        (["--profile", "check"], False),
        (["--profile=check", "--language", "fr"], False),
        (["check"], True),
        (["--profile", "x", "check"], True),
    ],
)
def test_a_subcommand_is_told_from_an_options_value(given: list[str], command: bool) -> None:
    assert _has_command(given) is command


@linux_only
def test_without_a_screen_it_says_so(tmp_path: Path) -> None:
    done = vigie("-m", "ui", "--profile", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set.")
    assert not list(tmp_path.iterdir())


@linux_only
def test_the_demonstration_needs_no_screen_and_no_excuse(tmp_path: Path) -> None:
    code = "import sys, monitor.cli, ui.__main__ as u; monitor.cli.main = print; u.main(['--demo'])"
    done = vigie("-c", code)
    assert done.stderr == "No window can open here, so the demonstration runs in this terminal.\n"
    told = vigie("-c", code, DISPLAY=":4077").stderr.splitlines()
    assert len(told) == 2  # what keeps the window away can be mended


@linux_only
def test_it_names_a_command_that_works(tmp_path: Path) -> None:
    done = vigie("-m", "ui", "--profile", str(tmp_path))
    assert f"({sys.executable} -m ui --help)" in done.stderr


@linux_only
def test_it_says_so_in_french(tmp_path: Path) -> None:
    done = vigie("-m", "ui", "--language", "fr", "--profile", str(tmp_path))
    assert done.stderr.startswith("Il n’y a pas d’écran")


@linux_only
def test_a_display_that_does_not_answer_is_no_crash(tmp_path: Path) -> None:
    done = vigie("-m", "ui", "--profile", str(tmp_path), DISPLAY=":4077")
    assert done.returncode == 1
    if "System libraries" not in done.stderr:  # where Qt's libraries are there
        assert done.stderr.startswith("The display :4077 does not answer.")


def test_missing_libraries_are_named_as_debian_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(screen, "_loads", lambda library: library != "libxcb-icccm.so.4")
    reason = why_no_window({"DISPLAY": ":0"})
    assert str(reason).endswith("sudo apt install --no-install-recommends libxcb-icccm4")


def test_elsewhere_there_is_always_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert why_no_window({}) is None


@linux_only
def test_a_subcommand_never_starts_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from ui.__main__ import main; "
        f"code = main(['--profile', {str(tmp_path)!r}, 'source', 'list']); "
        "sys.exit(code or any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = vigie("-c", code)
    assert done.returncode == 0, done.stderr


def test_help_and_version_need_no_screen() -> None:
    assert "--demo" in vigie("-m", "ui", "--help").stdout
    assert vigie("-m", "ui", "--version").stdout.startswith("vigie ")


def test_a_wrong_option_is_wrong_usage() -> None:
    assert vigie("-m", "ui", "--no-such-option").returncode == 2
