"""A desktop of its own around one command: screen, window manager, tray, notifications, keyring.

    python3 packaging/private_desktop.py COMMAND...

Nothing of it outlives the command, and nothing touches the desktop or the home folder of the
person who runs it. Linux, X11. Standard library only; the tools are Debian's (system_libraries.py).
The exit code is the command's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

SIZE = "1280x800x24"
INSIDE = "VIGIE_PRIVATE_DESKTOP"


@contextmanager
def program(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs beside, and is ended by its own process id."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


@contextmanager
def screen() -> Iterator[str]:
    """An X server on a display that it chose itself; yields its name."""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def outside(command: Sequence[str]) -> int:
    """Starts the screen and the message bus, and this script again inside them."""
    with tempfile.TemporaryDirectory(prefix="vigie-desktop-") as folder, screen() as display:
        home, runtime = Path(folder, "home"), Path(folder, "runtime")
        home.mkdir()
        runtime.mkdir(mode=0o700)
        own = {"DISPLAY": display, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "WAYLAND_"))}
        environment = {**kept, **own, "QT_QPA_PLATFORM": "xcb", INSIDE: "1"}
        again = ["dbus-run-session", "--", sys.executable, __file__, *command]
        return subprocess.run(again, env=environment, check=False).returncode


def inside(command: Sequence[str]) -> int:
    """Starts the desktop's programs, waits for the keyring, and runs the command."""
    del os.environ[INSIDE]
    tray = ("trayer", "--edge", "bottom", "--align", "right", "--SetDockType", "true")
    with ExitStack() as stack:
        for beside in (("openbox",), tray, ("dunst",)):
            stack.enter_context(program(*beside))
        unlock_keyring()
        wait_for_the_window_manager()
        return subprocess.run(command, check=False).returncode


def unlock_keyring() -> None:
    # It goes to the background by itself and ends with the bus.
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
        input=b"test",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def wait_for_the_window_manager() -> None:
    """Until the window manager and the tray have said that they are there, or five seconds."""
    deadline = time.monotonic() + 5
    asked = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    while time.monotonic() < deadline:
        answer = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
        if "window id" in answer:
            break
        time.sleep(0.05)
    time.sleep(0.5)  # the tray has no such sign on the root window


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("Say what to run: python3 packaging/private_desktop.py COMMAND...")
    sys.exit((inside if os.environ.get(INSIDE) else outside)(sys.argv[1:]))
