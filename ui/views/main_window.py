"""The window: navigation, one page at a time, the status bar. Knows where one is, nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, Event, MentionsChanged, Problem, SourcesChanged
from monitor.model.mention import Counts, View
from ui.bridge import Bridge
from ui.shortcuts import Command, command_words, make_actions
from ui.theme import Theme
from ui.views.empty_state import EmptyState
from ui.views.inbox import Inbox
from ui.views.menus import make_menu
from ui.views.navigation import Navigation, Page
from ui.views.status_bar import StatusBar
from ui.widgets.notice_bar import Kind, NoticeBar

if TYPE_CHECKING:
    from ui.views.first_start import FirstStartView

SIZE = (1280, 820)
NARROWEST = 680
"""With the navigation folded: half of a small screen whose pixels are doubled. Logical pixels."""
COUNT_MS = 150
"""Counts are asked again at most so often, however much happens."""
PageMaker = Callable[[], QWidget]
_VIEWS = {
    Command.TO_ANSWER: View.TO_ANSWER,
    Command.ALL: View.ALL,
    Command.WAITING: View.WAITING,
    Command.ALERTS: View.ALERTS,
    Command.DRAFTS: View.DRAFTS,
    Command.DONE_VIEW: View.DONE,
}
_PAGES = {Command.SOURCES: Page.SOURCES, Command.SETTINGS: Page.SETTINGS, Command.KEYS: Page.KEYS}


class MainWindow(QMainWindow):
    """`pages` makes the other screens when they are first asked for; `first_start` the screen shown
    while no brand is known. `counted` carries Counts; closing is asked of the program (`close_asked`)."""

    painted = Signal()
    counted = Signal(object)
    close_asked = Signal()
    quit_asked = Signal()
    paused_changed = Signal(bool)

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        remembered: QSettings,
        pages: Mapping[Page, PageMaker],
        first_start: Callable[[], FirstStartView],
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._remembered = remembered
        self._makers, self._first_start = pages, first_start
        self._made: dict[Page, QWidget] = {}
        self._welcome: FirstStartView | None = None
        self._view, self._page = View.TO_ANSWER, Page.INBOX
        self._brand: Brand | None = None
        self._brands: tuple[Brand, ...] = ()
        self.actions_by_command = make_actions(self)
        self.menu = make_menu(self, self.actions_by_command)
        self.navigation = Navigation(theme, self.menu)
        self.inbox = Inbox(bridge, theme)
        self.status = StatusBar(bridge)
        self.problem = NoticeBar(theme)
        self._folded_for_room = False
        self._stack, self._outer = QStackedWidget(), QStackedWidget()
        self._count_timer = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._lay_out()
        self._connect()
        self._restore()
        self.go(View.TO_ANSWER, None)
        self.inbox.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_brands()
        self._count()

    def complete(self) -> None:
        """Build what the first paint had nothing to show in. To be called once it is done."""
        self.status.come_after(self.inbox.detail.reply.copy_open)

    # -- going places ----------------------------------------------------------------------
    def go(self, view: View, brand: Brand | None) -> None:
        """Show this work view, of one brand or of all."""
        came_back = self._page is not Page.INBOX
        self._view, self._brand = view, brand
        self._show_page(Page.INBOX)
        self.inbox.show_view(view, brand)
        if came_back:  # Qt would choose the search, where single letters are typed
            self.inbox.list.take_focus()

    def go_page(self, page: Page) -> QWidget:
        """Show another screen, made now when it is the first time."""
        if page is not Page.INBOX and page not in self._made:
            self._made[page] = self._makers[page]()
            self._stack.addWidget(self._made[page])
        self._show_page(page)
        return self._made.get(page, self.inbox)

    def show_mention(self, mention_id: int) -> None:
        """Lead to this mention, from a notification for example."""
        self.raise_window()
        self._show_page(Page.INBOX)
        if mention_id:
            self.inbox.show_mention(mention_id)

    def raise_window(self) -> None:
        """Bring the window to the front, from the tray or from another desktop."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def remember(self) -> None:
        """Keep geometry and columns for the next start."""
        kept = self._remembered
        kept.setValue("geometry", self.saveGeometry())
        kept.setValue("columns", self.inbox.splitter.saveState())
        kept.setValue("reply", self.inbox.detail.splitter.saveState())
        kept.setValue("folded", self.navigation.collapsed and not self._folded_for_room)

    def put_away(self) -> None:
        """Save and remember everything, and hide: the program is about to end."""
        self.remember()
        self.inbox.detail.reply.flush()
        self.hide()

    def tell(self, words: str, kind: Kind = Kind.WARNING) -> None:
        """Something the person should know, until closed."""
        self.problem.tell(words, kind)

    def tell_silent(self) -> None:
        """Said once: nothing on this desktop can show notifications."""
        self.tell(
            self.tr("This desktop shows no notifications. Every alert is still in the Alerts view.")
        )

    def show_failure(self, title: str, words: str) -> None:
        """The data cannot be opened: say what happened and what to do, instead of the inbox."""
        page = EmptyState()
        page.say(title, words, "quit", command_words(Command.QUIT))
        page.asked.connect(lambda _: self.quit_asked.emit())
        self._outer.addWidget(page)
        self._outer.setCurrentWidget(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_for_room()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        self.inbox.detail.reply.flush()
        event.ignore()
        self.close_asked.emit()

    # -- inside ----------------------------------------------------------------------------
    def _fold_for_room(self) -> None:
        """A narrow window has the navigation folded, until there is room again."""
        narrow = self.width() < self._least_unfolded
        if narrow and not self.navigation.collapsed:
            self._folded_for_room = True
            self.navigation.set_collapsed(True)
        elif self._folded_for_room and not narrow:
            self._folded_for_room = False
            self.navigation.set_collapsed(False)

    @property
    def _least_unfolded(self) -> int:
        return self.navigation.wide + self._stack.minimumSizeHint().width()

    def _folded(self, folded: bool) -> None:
        """Who unfolds it in a narrow window gets a wider one, as far as it can be made wider."""
        if folded or self.width() >= self._least_unfolded:
            return
        if self.isMaximized() or self.isFullScreen():
            self._fold_for_room()
        else:
            self._folded_for_room = False
            self.resize(self._least_unfolded, self.height())

    def _show_page(self, page: Page) -> None:
        self._page = page
        self._stack.setCurrentWidget(self._made.get(page, self.inbox))
        on_inbox = page is Page.INBOX
        self.navigation.mark(
            self._view if on_inbox else None, self._brand if on_inbox else None, page
        )

    def _run(self, command: Command) -> None:
        if command in _VIEWS:
            self.go(_VIEWS[command], self._brand)
        elif command in _PAGES:
            self.go_page(_PAGES[command])
        elif command is Command.CHECK_NOW:
            self._bridge.check_now()
        elif command is Command.PAUSE:
            self.set_paused(not self._bridge.paused)
        elif command is Command.FOLD:
            self.navigation.set_collapsed(not self.navigation.collapsed)
        elif command is Command.MENU:
            self.menu.popup(self.navigation.mapToGlobal(self.navigation.rect().topLeft()))
        elif command is Command.SENT:
            self._show_sent()
        elif command is Command.QUIT:
            self.quit_asked.emit()
        else:
            if command in (Command.SEARCH, Command.LIST) and self._page is not Page.INBOX:
                self.go(self._view, self._brand)
            if self._page is Page.INBOX:
                self.inbox.run(command)

    def _show_sent(self) -> None:
        from ui.views.sent_list import SentList

        shown = SentList(self._bridge, self)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.open()

    def set_paused(self, paused: bool) -> None:
        """Pause or resume listening."""
        if paused:
            self._bridge.pause()
        else:
            self._bridge.resume()
        self.actions_by_command[Command.PAUSE].setText(
            self.tr("Resume listening") if paused else command_words(Command.PAUSE)
        )
        self.status.refresh()
        self.paused_changed.emit(paused)

    def _step(self, step: str) -> None:
        if step == "all":
            self.go(View.ALL, self._brand)
        elif step == "sources":
            self.go_page(Page.SOURCES)

    def _happened(self, event: Event) -> None:
        if isinstance(event, BrandsChanged):
            self._ask_brands()
        if isinstance(event, MentionsChanged | SourcesChanged | BrandsChanged):
            if not self._count_timer.isActive():
                self._count_timer.start()
        elif isinstance(event, Problem):
            say = self._bridge.say
            words = f"{say(event.title)} {say(event.message)} {say(event.hint)}"
            self.problem.tell(words, Kind.ERROR)

    def _count(self) -> None:
        self._bridge.ask(self._bridge.counts(), self._counted)

    def _counted(self, counts: Counts) -> None:
        self.navigation.set_counts(counts)
        waiting = f" ({counts.to_answer})" if counts.to_answer else ""
        self.setWindowTitle(f"Vigie{waiting}")
        self.counted.emit(counts)

    def _ask_brands(self) -> None:
        self._bridge.ask(self._bridge.brands(), self._know_brands)

    def _know_brands(self, brands: tuple[Brand, ...]) -> None:
        self._brands = brands
        self.navigation.set_brands(brands)
        self._fold_for_room()
        if self._brand is not None and self._brand.id not in {brand.id for brand in brands}:
            self.go(self._view, None)
        self._show_page(self._page)
        if not brands:
            self._greet()
        elif self._welcome is None or not self._welcome.busy:
            self._leave_welcome()

    def _greet(self) -> None:
        """No brand yet: nothing else makes sense than naming one."""
        if self._welcome is None:
            self._welcome = self._first_start()
            self._welcome.finished.connect(self._leave_welcome)
            self._outer.addWidget(self._welcome)
        self._outer.setCurrentWidget(self._welcome)

    def _leave_welcome(self) -> None:
        self._outer.setCurrentIndex(0)

    def _brand_asked(self, brand: Brand | None) -> None:
        self.go(self._view, brand)

    def _connect(self) -> None:
        for command, action in self.actions_by_command.items():
            action.triggered.connect(partial(self._run, command))
        self.navigation.view_asked.connect(lambda view: self.go(view, self._brand))
        self.navigation.brand_asked.connect(self._brand_asked)
        self.navigation.page_asked.connect(self.go_page)
        self.navigation.collapsed_changed.connect(self._folded)
        self.inbox.view_asked.connect(lambda view: self.go(view, self._brand))
        self.inbox.brand_asked.connect(self._brand_asked)
        self.inbox.step_asked.connect(self._step)
        self.inbox.sent_asked.connect(self._show_sent)
        self.status.told.connect(self.inbox.list.know_sources)
        self.status.clicked.connect(lambda: self.go_page(Page.SOURCES))
        self._count_timer.timeout.connect(self._count)
        self._bridge.happened.connect(self._happened)

    def _lay_out(self) -> None:
        self.setWindowTitle("Vigie")
        self.setMinimumWidth(NARROWEST)
        work = QWidget()
        self._stack.addWidget(self.inbox)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.problem)
        right.addWidget(self._stack, 1)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.navigation)
        columns.addLayout(right, 1)
        whole = QVBoxLayout(work)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(columns, 1)
        whole.addWidget(self.status)
        self._outer.addWidget(work)
        self.setCentralWidget(self._outer)

    def _restore(self) -> None:
        kept = self._remembered
        room = QApplication.primaryScreen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        if kept.contains("geometry"):
            self.restoreGeometry(kept.value("geometry"))
        nothing = QByteArray()
        self.inbox.restore(kept.value("columns") or nothing, kept.value("reply") or nothing)
        if kept.value("folded", False, bool):
            self.navigation.set_collapsed(True)
