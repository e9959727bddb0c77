"""Which way to notify, falling back, one notice per burst, and nothing of a stranger's markup."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from monitor.model.events import AlertsRaised, MentionsChanged
from monitor.model.mention import Mention, TriageState
from monitor.model.verdict import Urgency
from tests.support.fake_service import FakeService, mention_of
from ui.alert_notices import AlertNotices, notice_for
from ui.bridge import Bridge
from ui.notify import Notice, Notices, ways_for
from ui.notify_freedesktop import FreedesktopNotifier, session_bus
from ui.notify_tray import TrayNotifier
from ui.preferences import Preferences


class Recorder(QObject):
    """A way to notify that remembers what it was given."""

    clicked = Signal(int)
    failed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Notice] = []
        self.closed = False
        self.withdrawn: list[str] = []

    def send(self, notice: Notice) -> None:
        self.sent.append(notice)

    def withdraw(self, slot: str) -> None:
        self.withdrawn.append(slot)

    def close(self) -> None:
        self.closed = True


def mentions(count: int) -> tuple[Mention, ...]:
    words = "Machine toujours en panne depuis 3 jours, le SAV ne répond pas."
    return tuple(mention_of(100 + i, words) for i in range(count))


# -- falling back ------------------------------------------------------------------------------
def test_the_first_way_that_exists_is_used(qapp: QApplication) -> None:
    way = Recorder()
    notices = Notices([lambda: None, lambda: way])
    notices.send(Notice("a", "b"))
    assert way.sent == [Notice("a", "b")]
    notices.close()
    assert way.closed


def test_a_way_that_fails_gives_its_notice_to_the_next(qtbot: QtBot) -> None:
    broken, working = Recorder(), Recorder()
    notices = Notices([lambda: broken, lambda: working])
    notices.send(Notice("a", "b"))
    broken.failed.emit()
    qtbot.waitUntil(lambda: working.sent == [Notice("a", "b")])
    assert broken.closed


def test_without_any_way_it_is_said_once(qtbot: QtBot) -> None:
    notices = Notices([lambda: None])
    with qtbot.waitSignal(notices.silent):
        notices.send(Notice("a", "b"))
    with qtbot.assertNotEmitted(notices.silent):
        notices.send(Notice("c", "d"))


def test_a_click_is_passed_on(qtbot: QtBot) -> None:
    way = Recorder()
    notices = Notices([lambda: way])
    notices.send(Notice("a", "b", mention_id=7))
    with qtbot.waitSignal(notices.clicked) as clicked:
        way.clicked.emit(7)
    assert clicked.args == [7]


def test_linux_asks_the_desktop_first_and_others_use_the_tray(qapp: QApplication) -> None:
    def tray() -> None:
        return None

    assert len(ways_for("linux", tray)) == 2
    assert ways_for("darwin", tray) == [tray]
    assert ways_for("win32", tray) == [tray]


# -- the desktop's own service -----------------------------------------------------------------
def test_a_dead_bus_is_a_failure_not_an_error(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    notifier = FreedesktopNotifier()
    with qtbot.waitSignal(notifier.failed, timeout=10_000):
        notifier.send(Notice("a", "b"))
    notifier.close()


def test_a_dead_bus_falls_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    tray = Recorder()
    notices = Notices([FreedesktopNotifier, lambda: tray])
    notices.send(Notice("a", "b"))
    qtbot.waitUntil(lambda: tray.sent == [Notice("a", "b")], timeout=10_000)
    notices.close()


def test_the_bus_of_systemd_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_bus() == ""
    (tmp_path / "bus").touch()
    assert session_bus() == f"unix:path={tmp_path}/bus"


# -- the words ---------------------------------------------------------------------------------
def test_one_mention_is_quoted(qapp: QApplication) -> None:
    (mention,) = mentions(1)
    notice = notice_for((mention,))
    assert notice.title == "Negative mention of Café Lumen"
    assert mention.post.excerpt(40).rstrip("…") in notice.body
    assert notice.mention_id == mention.id


def test_a_burst_is_one_notice(qapp: QApplication) -> None:
    notice = notice_for(mentions(5))
    assert notice.title == "5 negative mentions of Café Lumen"
    assert notice.body.count("\n") == 2
    assert notice.mention_id == 100


def test_a_burst_of_several_brands_names_none(qapp: QApplication) -> None:
    one, two = mentions(2)
    notice = notice_for((one, dataclasses.replace(two, brand_name="Moka")))
    assert notice.title == "2 negative mentions"


def test_only_an_urgent_mention_stays_on_the_screen(qapp: QApplication) -> None:
    (mention,) = mentions(1)
    calm = dataclasses.replace(mention.verdict, urgency=Urgency.NONE)
    urgent = dataclasses.replace(mention.verdict, urgency=Urgency.URGENT)
    assert not notice_for((dataclasses.replace(mention, verdict=calm),)).urgent
    assert notice_for((dataclasses.replace(mention, verdict=urgent),)).urgent


def test_a_long_text_is_cut(qapp: QApplication) -> None:
    (mention,) = mentions(1)
    post = dataclasses.replace(mention.post, text="word " * 500)
    assert len(notice_for((dataclasses.replace(mention, post=post),)).body) < 300


# -- from the engine's event to the notice ---------------------------------------------------------
def test_alerts_are_told_once_per_event(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, preferences: Preferences
) -> None:
    way = Recorder()
    fake_service.mention_rows = {mention.id: mention for mention in mentions(3)}
    alerts = AlertNotices(fake_bridge, Notices([lambda: way]), preferences)
    fake_service.tell(AlertsRaised((100, 101, 102)))
    qtbot.waitUntil(lambda: len(way.sent) == 1)
    assert way.sent[0].title.startswith("3 ")
    alerts.send_test()
    assert len(way.sent) == 2


def test_nobody_is_told_of_a_mention_that_was_deleted_meanwhile(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, preferences: Preferences
) -> None:
    way = Recorder()
    gone, there = mentions(2)
    gone = dataclasses.replace(gone, withdrawn=True)
    fake_service.mention_rows = {gone.id: gone, there.id: there}
    AlertNotices(fake_bridge, Notices([lambda: way]), preferences, fake_bridge)
    fake_service.tell(AlertsRaised((gone.id,)))
    fake_service.tell(AlertsRaised((gone.id, there.id)))
    qtbot.waitUntil(lambda: len(way.sent) == 1)
    assert way.sent[0].mention_id == there.id


def test_an_urgent_notice_goes_when_all_of_it_is_answered_or_gone(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, preferences: Preferences
) -> None:
    way = Recorder()
    rows = {
        mention.id: dataclasses.replace(
            mention, verdict=dataclasses.replace(mention.verdict, urgency=Urgency.URGENT)
        )
        for mention in mentions(2)
    }
    fake_service.mention_rows = rows
    AlertNotices(fake_bridge, Notices([lambda: way]), preferences, fake_bridge)
    fake_service.tell(AlertsRaised((100, 101)))
    qtbot.waitUntil(lambda: len(way.sent) == 1)
    answered = dataclasses.replace(rows[100], state=TriageState.ANSWERED)
    for changed in (answered, dataclasses.replace(rows[101], withdrawn=True)):
        assert way.withdrawn == []
        rows[changed.id] = changed
        with qtbot.waitSignal(fake_bridge.happened):
            fake_service.tell(MentionsChanged((), (changed.id,)))
    qtbot.waitUntil(lambda: way.withdrawn == ["alerts"])


def test_switched_off_means_silent(
    qtbot: QtBot, fake_service: FakeService, fake_bridge: Bridge, preferences: Preferences
) -> None:
    way = Recorder()
    fake_service.mention_rows = {mention.id: mention for mention in mentions(1)}
    preferences.save(dataclasses.replace(preferences.settings, notifications=False))
    AlertNotices(fake_bridge, Notices([lambda: way]), preferences, fake_bridge)
    with qtbot.waitSignal(fake_bridge.happened):
        fake_service.tell(AlertsRaised((100,)))
    assert not way.sent


# -- the tray's balloon ------------------------------------------------------------------------
def test_a_balloon_leads_to_the_last_mention(qtbot: QtBot) -> None:
    icon = QSystemTrayIcon()
    notifier = TrayNotifier(icon)
    notifier.send(Notice("a", "b", mention_id=9))
    with qtbot.waitSignal(notifier.clicked) as clicked:
        icon.messageClicked.emit()
    assert clicked.args == [9]
    notifier.close()
