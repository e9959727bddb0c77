"""The desktop's own notifications, against a real service (dunst) on a private desktop."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.notify import Notice
from ui.notify_freedesktop import FreedesktopNotifier

pytestmark = pytest.mark.desktop
PATIENCE_MS = 15_000


@pytest.fixture(autouse=True)
def desktop(qapp: QApplication) -> None:
    """Needs a display, a session bus and dunst, as packaging/private_desktop.py provides."""
    if QApplication.platformName() != "xcb" or "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        pytest.skip("needs a desktop: python packaging/private_desktop.py pytest -m desktop")
    if not shutil.which("dunstctl"):
        pytest.skip("needs dunst")
    dunst("close-all")


def dunst(*arguments: str) -> str:
    asked = ["dunstctl", *arguments]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def shown() -> int:
    return int(dunst("count", "displayed") or 0)


def closed(title: str) -> list[dict[str, object]]:
    """What dunst has closed under this title. (`dunstctl history` would need systemd's busctl.)"""
    from jeepney import DBusAddress, new_method_call  # only Linux has it
    from jeepney.io.blocking import open_dbus_connection

    name = "org.freedesktop.Notifications"
    dunst = DBusAddress("/org/freedesktop/Notifications", name, "org.dunstproject.cmd0")
    with open_dbus_connection() as bus:
        answer = bus.send_and_get_reply(new_method_call(dunst, "NotificationListHistory"))
    rows = [{key: value for key, (_, value) in row.items()} for row in answer.body[0]]
    return [row for row in rows if row["summary"] == title]


def test_a_click_comes_back_with_the_mention(qtbot: QtBot) -> None:
    notifier = FreedesktopNotifier()
    notifier.send(Notice("Negative mention", "of Café Lumen", mention_id=42))
    qtbot.waitUntil(lambda: shown() == 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(notifier.clicked, timeout=PATIENCE_MS) as clicked:
        dunst("action", "0")
    assert clicked.args == [42]
    notifier.close()


def test_a_notice_of_the_same_slot_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    notifier = FreedesktopNotifier()
    for count in (1, 2, 3):
        notifier.send(Notice(f"{count} mentions", "", slot="alerts"))
        qtbot.waitUntil(lambda: bool(notifier._shown), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not notifier._sent, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shown() == 1, timeout=PATIENCE_MS)
    notifier.close()


def test_markup_of_strangers_is_text(qtbot: QtBot) -> None:
    notifier = FreedesktopNotifier()
    hostile = '<b>bold</b> <img src="http://127.0.0.1/x"> & <a href="x">link</a>\0\udc80'
    notifier.send(Notice("hostile", hostile))
    qtbot.waitUntil(lambda: shown() == 1, timeout=PATIENCE_MS)
    dunst("close-all")
    qtbot.waitUntil(lambda: len(closed("hostile")) == 1, timeout=PATIENCE_MS)
    body = str(closed("hostile")[0]["body"])
    assert "&lt;b&gt;bold&lt;/b&gt;" in body
    assert "<img" not in body
    notifier.close()


def test_an_urgent_notice_stays_until_it_is_closed(qtbot: QtBot) -> None:
    notifier = FreedesktopNotifier()
    notifier.send(Notice("urgent", "", urgent=True))
    qtbot.waitUntil(lambda: shown() == 1, timeout=PATIENCE_MS)
    dunst("close-all")
    qtbot.waitUntil(lambda: len(closed("urgent")) == 1, timeout=PATIENCE_MS)
    assert closed("urgent")[0]["timeout"] == 0  # critical: stays until it is closed
    notifier.close()


def test_a_notice_is_withdrawn_and_an_urgent_one_goes_with_the_program(qtbot: QtBot) -> None:
    notifier = FreedesktopNotifier()
    notifier.send(Notice("withdrawn", "", urgent=True, slot="alerts"))
    notifier.withdraw("alerts")
    qtbot.waitUntil(lambda: len(closed("withdrawn")) == 1, timeout=PATIENCE_MS)
    notifier.send(Notice("standing", "", urgent=True))
    qtbot.waitUntil(lambda: shown() == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not notifier._sent, timeout=PATIENCE_MS)
    notifier.close()
    qtbot.waitUntil(lambda: len(closed("standing")) == 1, timeout=PATIENCE_MS)
