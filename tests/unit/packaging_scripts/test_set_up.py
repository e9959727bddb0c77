"""A second set-up does nothing, an interrupted one is done again. Nothing is installed here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import set_up


class Steps:
    """Records what would be installed, in a folder that stands for the project."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.pip_works = True
        locks = root / "packaging" / "locks"
        locks.mkdir(parents=True)
        for group in ("run", "dev"):
            (locks / f"{group}.lock").write_text(f"{group}==1\n")
        (root / "pyproject.toml").write_text("[project]\n")
        monkeypatch.setattr(set_up, "ROOT", root)
        monkeypatch.setattr(set_up, "VENV", root / ".venv")
        monkeypatch.setattr(set_up, "PYTHON", root / ".venv" / "python")
        monkeypatch.setattr(set_up, "run", self.run)
        monkeypatch.setattr("system_libraries.ready", lambda python, *, screen: True)

    def run(self, *command: str | Path) -> bool:
        words = [str(word) for word in command]
        if "venv" in words:
            set_up.VENV.mkdir(exist_ok=True)
            set_up.PYTHON.touch()
            self.done.append("venv")
        elif "install" in words:
            self.done.append(words[-1])
            return self.pip_works
        return True


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(tmp_path, monkeypatch)


def test_a_second_call_does_nothing(steps: Steps) -> None:
    set_up.main("run")
    assert steps.done == ["venv", "packaging/locks/run.lock"]
    steps.done.clear()
    set_up.main("run")
    assert steps.done == []


def test_dev_includes_run_and_keeps_the_environment(steps: Steps) -> None:
    set_up.main("run")
    set_up.main("dev")
    assert steps.done[2:] == ["packaging/locks/dev.lock", "."]
    steps.done.clear()
    set_up.main("run")
    assert steps.done == []


def test_a_changed_lock_is_installed(steps: Steps, tmp_path: Path) -> None:
    set_up.main("run")
    (tmp_path / "packaging" / "locks" / "run.lock").write_text("run==2\n")
    set_up.main("run")
    assert steps.done == ["venv", *["packaging/locks/run.lock"] * 2]


def test_an_interrupted_installation_is_done_again(
    steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    steps.pip_works = False
    with pytest.raises(SystemExit):
        set_up.main("run")
    assert "Is the network reachable?" in capsys.readouterr().err
    steps.pip_works = True
    set_up.main("run")
    assert steps.done == ["venv", *["packaging/locks/run.lock"] * 2]


def test_an_old_python_is_told(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit):
        set_up.main("run")
    assert steps.done == []
