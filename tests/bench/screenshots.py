"""Pictures of the window on the demonstration, for the README and for looking at.

    python -m tests.bench.screenshots FOLDER [NAME...]

The real program on the real demonstration: each picture is a process of its own, because Qt takes
the scale and the language at the start. Offscreen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.infra.paths import Profile
from monitor.infra.settings import Settings, save_settings

if TYPE_CHECKING:
    from ui.app import App
    from ui.views.main_window import MainWindow

SETTLE_MS, FILL_MS = 900, 60_000
ENOUGH = 100
"""Mentions of the demonstration without which no picture is taken."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`steps` is the name of what is done before the picture is taken, in STEPS."""

    name: str
    scheme: str = "light"
    language: str = "en"
    size: tuple[int, int] = (1440, 860)
    scale: int = 1
    steps: str = "reply"
    demo: bool = True


PICTURES = (
    Picture("main-light-en"),
    Picture("main-dark-en", scheme="dark"),
    Picture("main-light-fr", language="fr"),
    Picture("main-dark-fr", scheme="dark", language="fr"),
    Picture("main-narrow-fr", language="fr", size=(1024, 700), steps="why"),
    Picture("main-wide-en", size=(1920, 1080)),
    Picture("main-200-fr", language="fr", size=(1280, 800), scale=2),
    Picture("folded-dark-en", scheme="dark", size=(1280, 800), steps="folded"),
    Picture("all-light-en", size=(1280, 800), steps="everything"),
    Picture("done-light-fr", language="fr", size=(1280, 800), steps="undo"),
    Picture("empty-light-fr", language="fr", size=(1280, 800), steps="waiting"),
    Picture("sources-light-en", size=(1440, 860), steps="sources"),
    Picture("sources-dark-fr", scheme="dark", language="fr", steps="sources"),
    Picture("settings-light-fr", language="fr", size=(1280, 860), steps="settings"),
    Picture("keys-light-en", size=(1280, 800), steps="keys"),
    Picture("first-start-light-fr", language="fr", size=(1280, 800), steps="", demo=False),
    Picture("first-start-dark-en", scheme="dark", size=(1280, 800), steps="", demo=False),
)


def main() -> None:
    asked = _arguments()
    if asked.profile:
        _take(next(one for one in PICTURES if one.name == asked.names[0]), asked)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for picture in PICTURES:
            if not asked.names or picture.name in asked.names:
                profile = Path(folder, "demo" if picture.demo else "empty")
                _run(picture, asked.folder, profile)
                print(asked.folder / f"{picture.name}.png")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="pictures to take, all without")
    parser.add_argument("--profile", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(picture: Picture, folder: Path, profile: Path) -> None:
    surroundings = dict(os.environ, QT_SCALE_FACTOR=str(picture.scale))
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "tests.bench.screenshots", str(folder), picture.name]
    subprocess.run([*command, "--profile", str(profile)], env=surroundings, check=True)


def _take(picture: Picture, asked: argparse.Namespace) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.app import App

    profile = Profile(asked.profile)
    profile.create()
    (profile.root / "window.ini").unlink(missing_ok=True)
    chosen = Settings(theme=picture.scheme, sender_name="Nina", signature="Café Lumen")
    save_settings(profile.settings, chosen)
    qt = QApplication([])
    app = App(qt, profile, demo=picture.demo, language=picture.language)
    app.window.resize(*picture.size)

    def finish() -> None:
        app.window.problem.hide()
        app.window.grab().save(str(asked.folder / f"{picture.name}.png"))
        app.quit()

    def pose() -> None:
        if picture.steps:
            STEPS[picture.steps](app.window)
        QTimer.singleShot(SETTLE_MS, finish)

    if picture.demo:
        _when_filled(app, lambda: QTimer.singleShot(SETTLE_MS, pose))
    else:
        QTimer.singleShot(3 * SETTLE_MS, pose)
    QTimer.singleShot(FILL_MS, app.quit)
    qt.exec()
    app.close()


def _when_filled(app: App, then: Callable[[], object]) -> None:
    """Call `then` once, when the demonstration is in."""
    waiting = [then]

    def counted(counts: object) -> None:
        if getattr(counts, "all", 0) >= ENOUGH and waiting:
            waiting.pop()()

    app.window.counted.connect(counted)


def _choose(window: MainWindow, author: str) -> None:
    """The mention of this author, so that every picture shows the same one."""
    model = window.inbox.list.model
    for row in range(model.rowCount()):
        mention = model.mention(row)
        if mention is not None and mention.post.author.name == author:
            window.inbox.list.table.choose_row(row)
            return


def _reply(window: MainWindow) -> None:
    from ui.shortcuts import Command

    _choose(window, "Léa Martin")
    window.inbox.run(Command.REPLY)


def _why(window: MainWindow) -> None:
    from ui.shortcuts import Command

    _choose(window, "Léa Martin")
    window.inbox.run(Command.WHY)


def _folded(window: MainWindow) -> None:
    window.navigation.set_collapsed(True)
    _reply(window)


def _everything(window: MainWindow) -> None:
    from monitor.model.mention import View

    window.go(View.ALL, None)


def _undo(window: MainWindow) -> None:
    from ui.shortcuts import Command

    window.inbox.run(Command.DONE)


def _waiting(window: MainWindow) -> None:
    from monitor.model.mention import View

    window.go(View.WAITING, None)


def _page(name: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        from ui.views.navigation import Page

        window.go_page(Page(name))

    return show


STEPS: dict[str, Callable[[MainWindow], None]] = {
    "reply": _reply,
    "why": _why,
    "folded": _folded,
    "everything": _everything,
    "undo": _undo,
    "waiting": _waiting,
    "sources": _page("sources"),
    "settings": _page("settings"),
    "keys": _page("keys"),
}

if __name__ == "__main__":
    main()
