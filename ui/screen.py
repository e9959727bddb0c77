"""Can a window be shown here? Asked before Qt is started: without a display Qt ends the process.

No Qt is imported. Only Linux needs asking; elsewhere there is always a screen.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

from monitor.infra.started_as import started_as
from monitor.text import Text, text

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt's libraries load, and the Debian package that has it."""
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs besides for an X display. Its own message names the wrong one of them."""


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """False where nobody sat down before a screen: on a server, in a container."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in names)


def why_no_window(environment: Mapping[str, str] = os.environ) -> Text | None:
    """The sentence that says why no window can open and what to do; None when one can."""
    if not sys.platform.startswith("linux"):
        return None
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked and not asked.startswith("xcb"):
        missing = _missing(LIBRARIES)
        return _to_install(missing) if missing else None
    display, wayland = environment.get("DISPLAY"), environment.get("WAYLAND_DISPLAY")
    if not display and not wayland:
        return text(
            "There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set. Start Vigie on a desktop, or use its commands, which need none ({vigie} --help).",
            vigie=started_as(),
        )
    if missing := _missing(LIBRARIES if wayland else LIBRARIES | X11_LIBRARIES):
        return _to_install(missing)
    if not wayland and not _x_answers():
        return text(
            "The display {display} does not answer. Check DISPLAY and the right to use it, or use the commands, which need no screen ({vigie} --help).",
            display=display or "",
            vigie=started_as(),
        )
    return None


def _missing(libraries: Mapping[str, str]) -> list[str]:
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _to_install(packages: list[str]) -> Text:
    return text(
        "System libraries that Qt needs are missing. On Debian or Ubuntu: sudo apt install --no-install-recommends {packages}",
        packages=" ".join(packages),
    )


def _x_answers() -> bool:
    """Connect to the X display once. Qt would end the process where this says no."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    return not failed
