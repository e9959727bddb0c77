"""The work screen: the list, the mention beside it, and what the keys do to it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from monitor.model.brand import Brand
from monitor.model.mention import Correction, Mention, View
from monitor.model.outgoing import Sending
from ui.bridge import Bridge
from ui.links import open_in_browser
from ui.reply_news import ReplyNews
from ui.shortcuts import Command
from ui.theme import Theme
from ui.triage import Triage
from ui.views.mention_list import MentionListView
from ui.widgets.notice_bar import Kind
from ui.words import author_name

if TYPE_CHECKING:
    from ui.views.detail import DetailView

LEAST_LIST = 236
LIST_SHARE, NARROWEST_LIST, WIDEST_LIST = 0.4, 320, 440
"""What the list takes of the width until the person moves the border; logical pixels."""
NARROWEST_DETAIL = 380
TOLD_SECONDS = 8


class Inbox(QWidget):
    """`view_asked`, `brand_asked` and `step_asked` are the list's wishes, for the window; `sent_asked` is
    the reply's, to see what was sent."""

    sent_asked = Signal()
    view_asked = Signal(View)
    brand_asked = Signal(object)
    step_asked = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = MentionListView(bridge, theme)
        self._bridge, self._theme = bridge, theme
        self._no_detail = QWidget()
        self._reply_height = QByteArray()
        self.triage = Triage(bridge, self)
        self._news = ReplyNews(bridge, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self._no_detail)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.list.setMinimumWidth(LEAST_LIST)
        self._arranged = False
        self._typed_ahead: list[Command] = []
        self._no_detail.setObjectName("detail")
        self._no_detail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._no_detail.setMinimumWidth(NARROWEST_DETAIL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self._connect()

    @cached_property
    def detail(self) -> DetailView:
        """The right column, built when first asked for: the first paint has nothing to show in it."""
        from ui.views.detail import DetailView

        detail = DetailView(self._bridge, self._theme)
        detail.setMinimumWidth(NARROWEST_DETAIL)
        detail.splitter.restoreState(self._reply_height)
        detail.shown.connect(self._leave_reply)
        detail.shown.connect(self._run_typed_ahead)
        detail.corrected.connect(self._corrected)
        detail.related_asked.connect(self.show_mention)
        detail.reply.published.connect(self._published)
        detail.reply.sending.waits.connect(self._reply_waits)
        detail.reply.sending.taken_back.connect(self.triage.forget_reply)
        detail.reply.sending.list_asked.connect(self.sent_asked)
        detail.head.open.clicked.connect(lambda: self.run(Command.OPEN))
        detail.head.snooze.clicked.connect(lambda: self.run(Command.SNOOZE))
        detail.head.done.clicked.connect(lambda: self.run(Command.DONE))
        detail.head.snooze_menu.chosen.connect(self._snooze)
        self.splitter.replaceWidget(1, detail)
        self._no_detail.deleteLater()
        return detail

    def show_view(self, view: View, brand: Brand | None) -> None:
        self.list.show_view(view, brand)

    def show_mention(self, mention_id: int) -> None:
        """Lead to this mention: in the list as it is when it is there, else among all."""
        self.detail.show_id(mention_id)
        if self.list.model.row_of(mention_id) < 0:
            self.list.table.seek(mention_id)
            self.list.clear_filters()
            self.view_asked.emit(View.ALL)
        else:
            self.list.table.choose_row(self.list.model.row_of(mention_id))

    def restore(self, columns: QByteArray, reply: QByteArray) -> None:
        """Give the list the width it had and the reply its height; empty ones change nothing."""
        self._arranged = self.splitter.restoreState(columns)
        self._reply_height = reply

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._arranged:
            share = round(self.width() * LIST_SHARE)
            width = min(max(share, NARROWEST_LIST), WIDEST_LIST)
            self.splitter.setSizes([width, max(self.width() - width, 1)])

    def _moved(self) -> None:
        self._arranged = True

    def run(self, command: Command) -> None:
        """What a key or a menu entry does here. Commands of the window are ignored."""
        self.list.stay()
        if (step := {Command.NEXT: 1, Command.PREVIOUS: -1}.get(command)) is not None:
            self.list.table.step(step)
        elif command is Command.SEARCH:
            self.list.focus_search()
        elif command is Command.LIST:
            self.list.leave_search()
        elif command is Command.UNDO:
            self._undo()
        else:
            self._typed_ahead.append(command)
            self._run_typed_ahead()

    # -- inside ----------------------------------------------------------------------------
    def _undo(self) -> None:
        """The reply that counts down before one's eyes first, then the steps."""
        if self.detail.reply.sending.waiting:
            self.detail.reply.sending.take_back()
        else:
            self.triage.undo()

    def _reply_waits(self, mention: Mention, sending: Sending) -> None:
        self.list.notice.hide()  # its button takes back what is no longer the last step
        self.triage.replied(mention, sending)
        self._news.follow(sending, author_name(mention))

    def _reply_ended(self, mention_id: int, words: str, well: bool) -> None:
        """Said beside the list where the mention is no longer on screen."""
        shown = self.detail.mention
        if shown is None or shown.id != mention_id:
            self.list.notice.tell(
                words,
                Kind.INFO if well else Kind.WARNING,
                action=self.tr("Show it"),
                do=partial(self.show_mention, mention_id),
                seconds=TOLD_SECONDS if well else 0,
            )

    def _leave_reply(self) -> None:
        """Another mention came: what is typed on must not be a reply to it."""
        if self.detail.reply.has_focus:
            self.list.take_focus()

    def _answering(self) -> bool:
        """Whether the chosen mention is being answered: then its row may go, but not the mention."""
        if "detail" not in self.__dict__ or self.detail.on_its_way:
            return False
        mention = self.detail.mention
        chosen = mention is not None and mention.id == self.list.table.current_id
        return chosen and self.detail.reply.at_work

    def _run_typed_ahead(self) -> None:
        """Keys are faster than a read: each waits for the mention it was meant for."""
        while self._typed_ahead and not self.detail.on_its_way:
            command = self._typed_ahead.pop(0)
            if self.detail.mention is not None:
                self._run_on(command, self.detail.mention)

    def _run_on(self, command: Command, mention: Mention) -> None:
        if (correction := _CORRECTIONS.get(command)) is not None:
            if not mention.withdrawn or correction is Correction.NOT_US:
                self.triage.correct(mention, correction)
            return
        match command:
            case Command.READ:
                self.detail.body.setFocus(Qt.FocusReason.OtherFocusReason)
            case Command.WHY:
                self.detail.why.toggle()
            case Command.DONE:
                self.triage.done(mention)
                self._go_on(mention)
            case Command.SNOOZE:
                self.detail.head.pop_up_snooze()
            case Command.REPLY:
                self.detail.reply.begin()
            case Command.COPY_OPEN:
                self.detail.reply.answer()
            case Command.OPEN:
                open_in_browser(mention.post.url)
            case _:
                pass

    def _snooze(self, wake_at: datetime) -> None:
        if self.detail.mention is not None:
            mention = self.detail.mention
            self.triage.snooze(mention, wake_at, datetime.now(UTC))
            self._go_on(mention)

    def _published(self, mention: Mention) -> None:
        self.triage.answered(mention)
        self._go_on(mention)

    def _go_on(self, mention: Mention) -> None:
        """To the next one at once, so that the same key can be pressed again."""
        if self.list.table.current_id == mention.id:
            self.list.table.step(1)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _did(self, words: str) -> None:
        undo = self.tr("Take back (Z)") if self.triage.can_undo else ""
        self.list.notice.tell(words, action=undo, do=self.triage.undo, seconds=TOLD_SECONDS)

    def _undone(self, words: str, mention_id: int) -> None:
        self.list.notice.tell(words, seconds=TOLD_SECONDS)
        self.list.table.seek(mention_id)

    def _connect(self) -> None:
        self.list.table.in_use = self._answering
        self.splitter.splitterMoved.connect(self._moved)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(lambda: self.run(Command.READ))
        self.list.view_asked.connect(self.view_asked)
        self.list.brand_asked.connect(self.brand_asked)
        self.list.step_asked.connect(self.step_asked)
        self.triage.did.connect(self._did)
        self._news.told.connect(self._reply_ended)
        self.triage.undone.connect(self._undone)

    def _show(self, mention_id: int) -> None:
        self.detail.show_id(mention_id)

    def _corrected(self, correction: Correction) -> None:
        if self.detail.mention is not None:
            self.triage.correct(self.detail.mention, correction)


_CORRECTIONS = {
    Command.NEGATIVE: Correction.NEGATIVE,
    Command.NEUTRAL: Correction.NEUTRAL,
    Command.POSITIVE: Correction.POSITIVE,
    Command.NOT_US: Correction.NOT_US,
}
