"""One window per profile, with real processes: the second raises the first, a crash leaves no lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.single_instance import SingleInstance

ROOT = Path(__file__).resolve().parents[2]

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
claimed = instance.claim()
print("first" if claimed else "raised" if instance.raised else "alone", flush=True)
if claimed and len(sys.argv) > 2:
    import os
    os._exit(9)  # a crash: nothing is tidied up
"""


def start(profile: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(profile), *more],
        cwd=ROOT,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=60)[0].strip()


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.raise_asked, timeout=30_000):
        second = start(tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert answer(second) == "raised"
    first.close()


def test_another_profile_is_another_window(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first = SingleInstance(tmp_path / "one")
    assert first.claim()
    assert answer(start(tmp_path / "two")) == "first"
    first.close()


def test_a_crash_leaves_the_profile_free(qtbot: QtBot, tmp_path: Path) -> None:
    assert answer(start(tmp_path, "crash")) == "first"
    after = SingleInstance(tmp_path)
    assert after.claim()
    after.listen()
    with qtbot.waitSignal(after.raise_asked, timeout=30_000):
        second = start(tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert answer(second) == "raised"
    after.close()


def test_a_closed_window_leaves_the_profile_free(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.close()
    assert answer(start(tmp_path)) == "first"


def test_the_same_profile_under_another_path_is_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "profile")
    assert SingleInstance(link).name == SingleInstance(tmp_path / "profile").name


def test_a_folder_that_does_not_exist_is_left_to_the_profile(qtbot: QtBot, tmp_path: Path) -> None:
    assert SingleInstance(tmp_path / "absent").claim()
