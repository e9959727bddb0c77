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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

SIZE = "1600x1000x24"
TRAY = ("trayer", "--edge", "bottom", "--align", "right", "--SetDockType", "true")
PROGRAMS = (("openbox",), TRAY, ("dunst",))
PATIENCE = 5.0

Environment = Mapping[str, str]


@contextmanager
def program(
    command: Sequence[str], environment: Environment, *, inherits: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs beside, and is ended by its own process id. Its output can be read."""
    with subprocess.Popen(
        command,
        env=environment,
        pass_fds=inherits,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as started:
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                started.kill()


@contextmanager
def screen(environment: Environment) -> Iterator[str]:
    """An X server on a display that it chose itself; yields its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
    with program(command, environment, inherits=[write]), os.fdopen(read) as answer:
        os.close(write)
        yield f":{answer.readline().strip()}"


@contextmanager
def message_bus(environment: Environment) -> Iterator[str]:
    """A D-Bus session; yields its address. What it starts on demand gets this environment."""
    with program(["dbus-daemon", "--session", "--print-address"], environment) as bus:
        assert bus.stdout
        yield bus.stdout.readline().decode().strip()


def run(command: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="vigie-desktop-") as folder, ExitStack() as desktop:
        environment = own_environment(Path(folder))
        environment["DISPLAY"] = desktop.enter_context(screen(environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = desktop.enter_context(message_bus(environment))
        for beside in PROGRAMS:
            desktop.enter_context(program(beside, environment))
        unlock_keyring(environment)
        wait_for_the_window_manager(environment)
        return subprocess.run(command, env=environment, check=False).returncode


def own_environment(folder: Path) -> dict[str, str]:
    """Of the person's own, without anything that leads to their desktop."""
    home, runtime = folder / "home", folder / "runtime"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "WAYLAND_", "DBUS_"))}
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "xcb"}
    return {**kept, **own}


def unlock_keyring(environment: Environment) -> None:
    """An empty keyring with a password nobody needs. The daemon ends with its bus."""
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
        env=environment,
        input=b"test",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def wait_for_the_window_manager(environment: Environment) -> None:
    deadline = time.monotonic() + PATIENCE
    asked = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    while time.monotonic() < deadline:
        answer = subprocess.run(asked, env=environment, check=False, capture_output=True)
        if b"window id" in answer.stdout:
            break
        time.sleep(0.05)
    time.sleep(0.5)  # the tray leaves no such sign on the root window


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("Say what to run: python3 packaging/private_desktop.py COMMAND...")
    sys.exit(run(sys.argv[1:]))
