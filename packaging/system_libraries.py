"""The system libraries that Qt loads: are they there, and apt-get when they are not (Linux only).

    python3 packaging/system_libraries.py desktop    the tools of the tests that need a desktop

Whether they are there is found by loading Qt itself, so any distribution will do. The lists were
found on a bare Debian 12. apt-get is used only by root or with a sudo that asks for no password;
otherwise the packages are named. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from say import say

QT = ("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfontconfig1", "libdbus-1-3")
SCREEN = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
DESKTOP = (
    "xvfb",
    "xauth",
    "xdotool",
    "openbox",
    "trayer",
    "dunst",
    "x11-utils",
    "dbus-x11",
    "gnome-keyring",
    "libsecret-tools",
)

# Loading the platform plugin loads every library behind it. Qt's own message names the wrong one.
LOAD_QT = """
import ctypes, pathlib, sys
try:
    import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtNetwork
    plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    ctypes.CDLL(str(plugins / sys.argv[1]))
except (ImportError, OSError) as error:
    sys.exit(str(error))
"""


def ready(python: Path, *, screen: bool) -> bool:
    """True when Qt loads in the environment of `python`; installs or names what is missing.

    With `screen`, for a window on the screen, and nothing is asked of a machine that has none: the
    program then works in the terminal. Without, for the tests, which draw off the screen.
    """
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if not sys.platform.startswith("linux") or (screen and not has_screen):
        return True
    plugin = "libqxcb.so" if screen else "libqoffscreen.so"
    loaded = python.parent.parent / f"loaded-{plugin}"
    if loaded.exists():
        return True
    reason = why_not(python, plugin)
    if reason:
        say(f"Qt does not load: {reason}")
        if not install(QT + SCREEN if screen else QT):
            return False
        reason = why_not(python, plugin)
        if reason:
            say(f"Qt still does not load: {reason}")
            return False
    loaded.touch()
    return True


def why_not(python: Path, plugin: str) -> str:
    """The loader's own words when Qt and this platform plugin do not load, "" when they do."""
    tried = subprocess.run(
        [str(python), "-c", LOAD_QT, plugin], check=False, capture_output=True, text=True
    )
    return "" if tried.returncode == 0 else tried.stderr.strip() or "it ended without a word"


def install(packages: Sequence[str]) -> bool:
    """Installs Debian packages where that needs nobody's password; else names them. True when installed."""
    names = " ".join(packages)
    prefix = without_password()
    if prefix is None:
        say(f"These system packages are missing (Debian's names): {names}")
        if shutil.which("apt-get"):
            say(f"Install them: sudo apt-get install --no-install-recommends {names}")
        return False
    say(f"Installing with apt-get: {names} ...")
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = [*prefix, "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *step]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        # A stale list may still do: only the installation itself decides.
        if done.returncode != 0 and step[0] == "install":
            say(done.stderr.strip())
            return False
    return True


def without_password() -> list[str] | None:
    """What to put before apt-get; None where it is missing or would ask for a password."""
    if not shutil.which("apt-get"):
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
        if asked.returncode == 0:
            return ["sudo", "-n", *quiet]
    return None


def desktop() -> bool:
    """True when the tools of a private desktop are there; installs or names what is missing."""
    tools = ("Xvfb", "openbox", "trayer", "dunst", "dbus-daemon", "gnome-keyring-daemon")
    return all(shutil.which(tool) for tool in tools) or install(QT + SCREEN + DESKTOP)


if __name__ == "__main__":
    if sys.argv[1:] != ["desktop"]:
        sys.exit("Say which: python3 packaging/system_libraries.py desktop.")
    sys.exit(0 if desktop() else 1)
