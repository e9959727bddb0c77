"""The composition root: what the window is made of, what happens first, and a clean end."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from monitor.errors import ProfileError, VigieError
from monitor.infra.catalogue import load_catalogue
from monitor.infra.log import start_log
from monitor.infra.paths import Profile
from monitor.infra.settings import LoadedSettings, Settings, load_settings
from monitor.infra.started_as import started_as
from monitor.model.brand import Brand
from monitor.model.mention import Counts
from ui.bridge import Bridge
from ui.engine_life import EngineLife
from ui.icons import app_icon
from ui.os_signals import OsSignals
from ui.preferences import Preferences
from ui.single_instance import SingleInstance
from ui.theme import Scheme, Theme
from ui.translations import install, language_for
from ui.views.main_window import MainWindow, PageMaker
from ui.views.navigation import Page
from ui.widgets.notice_bar import Kind

if TYPE_CHECKING:
    from ui.alert_notices import AlertNotices
    from ui.notify import Notices
    from ui.tray import Tray
    from ui.views.first_start import FirstStartView


PAINTED_BY_MS = 1000
"""A window that opens minimised or covered is not painted; everything else starts all the same."""


def run(profile: Profile, *, demo: bool = False, language: str = "", passing: bool = False) -> int:
    """Open the window on `profile` and stay until the person quits; returns the exit code.

    With `demo`, a profile without a brand gets the demonstration. `language` goes before the one
    of the settings, until another is chosen. `passing`: the profile is thrown away at the end.
    """
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)  # noqa: S101  a widget-less application is a bug of ours
    problem = _create(profile)
    first = SingleInstance(profile.root)
    if not first.claim():
        return 0
    log = start_log(profile.log)
    app = App(qt, profile, demo=demo, language=language)
    app.started.connect(first.listen)
    if passing:
        app.started.connect(app.tell_passing)
    first.raise_asked.connect(app.raise_window)
    if problem is not None:
        app.fail(problem)
    code = qt.exec()
    app.close()
    first.close()
    log.close()
    return code


class App(QObject):
    """Everything of one run. The window is built and shown first; the rest follows its first paint,
    with `started` at its beginning."""

    started = Signal()

    def __init__(self, qt: QApplication, profile: Profile, *, demo: bool, language: str) -> None:
        super().__init__()
        self._qt = qt
        self._profile = profile
        self._demo = demo
        self._quitting = False
        self._tray: Tray | None = None
        self._notices: Notices | None = None
        self._alerts: AlertNotices | None = None
        loaded = _load(profile)
        self._chosen = loaded.settings.language
        qt.setApplicationName("Vigie")
        qt.setDesktopFileName("vigie")
        qt.setQuitOnLastWindowClosed(False)
        qt.setWindowIcon(app_icon())
        self._theme = Theme(qt, Scheme(loaded.settings.theme))
        self.bridge = Bridge()
        self._preferences = Preferences(profile.settings, loaded.settings, self)
        self._speak(language or loaded.settings.language)
        self._engine = EngineLife(profile, self.bridge, self)
        self._signals = OsSignals(self)
        self._connect()
        self.window = self._make_window()
        self._theme.dress()
        # After the first paint, or without one soon: the rest may take its time.
        self._rest = QTimer(self, singleShot=True, interval=PAINTED_BY_MS)
        self._rest.timeout.connect(self._start_rest)
        self._rest.start()
        self.window.painted.connect(self._painted)
        self.window.show()
        self._warning = loaded.warning

    # -- what others ask -------------------------------------------------------------------
    def raise_window(self) -> None:
        self.window.raise_window()

    def quit(self) -> None:
        """Save what is being written, hide at once, let the engine finish, end."""
        if self._quitting:
            return
        self._quitting = True
        self.window.put_away()
        if self._tray is not None:
            self._tray.close()
        self.bridge.detach()
        self._engine.stop()

    def fail(self, error: VigieError) -> None:
        """The profile cannot be used: say so instead of the inbox."""
        say = self.bridge.say
        self.window.show_failure(say(error.title), f"{say(error.message)} {say(error.hint)}")

    def tell_passing(self) -> None:
        """Nothing done here will be kept: said once, with the way to one's own brand."""
        self.window.tell(
            self.tr(
                "This is a demonstration on sample posts, in a folder that is thrown away when you "
                "quit. To listen for your own brand, quit and start Vigie with: {command}"
            ).format(command=started_as()),
            Kind.INFO,
        )

    def close(self) -> None:
        """After Qt's loop: nothing of ours may outlive it."""
        if self._notices is not None:
            self._notices.close()
        self._preferences.close()
        self._signals.close()

    # -- building --------------------------------------------------------------------------
    def _make_window(self) -> MainWindow:
        remembered = QSettings(str(self._profile.root / "window.ini"), QSettings.Format.IniFormat)
        pages: dict[Page, PageMaker] = {
            page: partial(self._make_page, page) for page in Page if page is not Page.INBOX
        }
        window = MainWindow(self.bridge, self._theme, remembered, pages, self._make_first_start)
        window.close_asked.connect(self._close_asked)
        window.quit_asked.connect(self.quit)
        window.counted.connect(self._counted)
        window.paused_changed.connect(self._paused)
        return window

    def _make_page(self, page: Page) -> QWidget:
        # Imported when first shown: the first paint does not wait for screens nobody sees.
        if page is Page.SOURCES:
            from ui.views.sources import SourcesView

            return SourcesView(self.bridge, self._theme)
        if page is Page.SETTINGS:
            from ui.views.settings import SettingsView

            settings = SettingsView(self.bridge, self._theme, self._preferences)
            settings.test_asked.connect(self._test_notice)
            settings.listen_asked.connect(self._listen_with)
            return settings
        from ui.views.shortcuts import ShortcutsView

        return ShortcutsView()

    def _listen_with(self, kind: str, account: str) -> None:
        """Lead to the form of this kind of source, with this account chosen."""
        from ui.views.sources import SourcesView

        page = self.window.go_page(Page.SOURCES)
        if isinstance(page, SourcesView):
            page.add.open_kind(kind, account)

    def _make_first_start(self) -> FirstStartView:
        from ui.views.first_start import FirstStartView

        return FirstStartView(self.bridge, self._theme)

    def _painted(self) -> None:
        self.window.painted.disconnect(self._painted)
        if self._rest.isActive():
            self._rest.start(0)

    def _start_rest(self) -> None:
        gc.enable()
        if self._quitting:  # before the first paint: an engine started now would never be stopped
            return
        self.started.emit()
        self.window.complete()
        from ui.alert_notices import AlertNotices
        from ui.notify import notices
        from ui.notify_tray import tray_notifier
        from ui.tray import Tray

        self._engine.start()
        self._tray = Tray(self)
        self._tray.open_asked.connect(self.raise_window)
        self._tray.check_asked.connect(self.bridge.check_now)
        self._tray.pause_asked.connect(self._set_paused)
        self._tray.quit_asked.connect(self.quit)
        self._notices = notices(partial(tray_notifier, self._tray.icon), self)
        self._notices.clicked.connect(self._show_mention)
        self._notices.silent.connect(self._tell_silent)
        self._alerts = AlertNotices(self.bridge, self._notices, self._preferences, self)
        if self._warning is not None:
            self.window.tell(self.bridge.say(self._warning))

    def _connect(self) -> None:
        self._engine.stopped.connect(self._qt.quit)
        self._signals.quit_asked.connect(self.quit)
        self._preferences.changed.connect(self._apply)
        self._preferences.failed.connect(self.bridge.report)
        self.bridge.failed.connect(self.fail)
        self.bridge.ready.connect(self._ready)
        self._qt.commitDataRequest.connect(lambda _: self.window.put_away())

    # -- what happens ----------------------------------------------------------------------
    def _ready(self) -> None:
        if self._demo:
            self.bridge.ask(self.bridge.brands(), self._demonstrate)

    def _demonstrate(self, brands: tuple[Brand, ...]) -> None:
        if not brands:
            self.bridge.tell(self.bridge.start_demo())

    def _speak(self, wanted: str) -> None:
        language = language_for(wanted)
        install(self._qt, language)
        self.bridge.catalogue = load_catalogue(language)
        self._language = language

    def _apply(self, settings: Settings) -> None:
        """What was chosen in Settings shows at once; another language builds the window anew."""
        if self.bridge.service is not None:
            self.bridge.service.use_settings(settings)
        if Scheme(settings.theme) is not self._theme.scheme:
            self._theme.set_scheme(Scheme(settings.theme))
        if settings.language != self._chosen and language_for(settings.language) != self._language:
            self._speak(settings.language)
            QTimer.singleShot(0, self._rebuild)
        self._chosen = settings.language

    def _rebuild(self) -> None:
        old = self.window
        old.put_away()
        self.window = self._make_window()
        self.window.complete()
        self.window.go_page(Page.SETTINGS)
        self.window.show()
        old.deleteLater()
        if self._tray is not None:
            self._tray.retranslate()

    def _close_asked(self) -> None:
        if self._tray is None or not self._tray.available:
            self.quit()
            return
        self.window.hide()
        settings = self._preferences.settings
        if not settings.close_to_tray_said and self._notices is not None:
            from ui.notify import Notice

            title = self.tr("Vigie keeps listening")
            body = self.tr("Its icon in the tray opens it again; Quit is in the icon’s menu.")
            self._notices.send(Notice(title, body))
            self._preferences.save(replace(settings, close_to_tray_said=True))

    # The window may have been built anew since these were connected.
    def _set_paused(self, paused: bool) -> None:
        self.window.set_paused(paused)

    def _show_mention(self, mention_id: int) -> None:
        self.window.show_mention(mention_id)

    def _tell_silent(self) -> None:
        self.window.tell_silent()

    def _counted(self, counts: Counts) -> None:
        if self._tray is not None:
            self._tray.set_count(counts.to_answer)

    def _paused(self, paused: bool) -> None:
        if self._tray is not None:
            self._tray.set_paused(paused)

    def _test_notice(self) -> None:
        if self._alerts is not None:
            self._alerts.send_test()


def _create(profile: Profile) -> VigieError | None:
    """The profile's folder must exist before the lock; what is wrong with it is told in the window."""
    try:
        profile.create()
    except ProfileError as error:
        return error
    return None


def _load(profile: Profile) -> LoadedSettings:
    try:
        return load_settings(profile.settings)
    except ProfileError as error:
        return LoadedSettings(Settings(), error.title)
