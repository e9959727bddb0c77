"""Sending a reply from the reply panel: as whom, the time to take it back, and what became of it.

Shown only for a mention that one of the person's accounts can answer. Nothing leaves without a click.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from math import ceil

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from monitor.errors import VigieError
from monitor.model.account import Account
from monitor.model.events import AccountsChanged, Event, SendingsChanged
from monitor.model.mention import Mention
from monitor.model.outgoing import ReplyLimits, Sending, SendingState
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.reply_checks import why_not_sent
from ui.theme import Theme, set_role
from ui.when import clock
from ui.widgets.keycap import KeyButton
from ui.widgets.notice_bar import Kind, NoticeBar

TICK_MS = 250
LATE_MS = 1000
"""A click on "Cancel sending" that comes so much too late opens nothing."""
LONGEST_NAME = 20
_UNDER_WAY = (SendingState.WAITING, SendingState.SENDING)


class ReplySending(QWidget):
    """The button and the chooser of accounts; `bar` stands elsewhere. `asked`: the button was pressed.
    `changed`: what can be sent, and as whom, is another thing now. `waits` carries the mention and the
    Sending that was clicked, be another mention on screen by then, `taken_back` the id of one; `edit_asked`: to be written on. `list_asked`: show all."""

    asked = Signal()
    changed = Signal()
    waits = Signal(object, object)
    taken_back = Signal(int)
    edit_asked = Signal()
    list_asked = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._mention: Mention | None = None
        self._accounts: tuple[Account, ...] = ()
        self._chosen: dict[str, int] = {}  # network -> the account that was chosen last
        self._last: Sending | None = None
        self._asking = self._watched = self._withdrawing = False
        self.looking = False  # whether it is not known yet who answers
        self.bar = NoticeBar(theme)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("The account that answers"))
        self.button = KeyButton(theme, "Ctrl+↵")
        set_role(self.button, "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.choice.setMinimumWidth(120)
        row.addWidget(self.choice)
        row.addWidget(self.button)
        self.button.clicked.connect(self.asked)
        self.choice.activated.connect(lambda _: self._choose())
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._say)
        bridge.happened.connect(self._happened)
        self._show_accounts()

    @property
    def account(self) -> Account | None:
        """Who answers; None where only the browser helps."""
        place = self.choice.currentIndex()
        return self._accounts[place] if 0 <= place < len(self._accounts) else None

    @property
    def under_way(self) -> bool:
        """Whether a reply to this mention waits, or is being sent."""
        return self._asking or (self._last is not None and self._last.state in _UNDER_WAY)

    @property
    def waiting(self) -> bool:
        """Whether a reply to this mention can still be taken back."""
        return self._last is not None and self._last.state is SendingState.WAITING

    @property
    def published(self) -> Sending | None:
        """The last reply, once it is published."""
        last = self._last
        return last if last is not None and last.state is SendingState.SENT else None

    @property
    def words(self) -> str | None:
        """What waits or is being sent, as it goes out."""
        return self._last.text if self._last is not None and not self._asking else None

    @property
    def watched(self) -> bool:
        """Whether a reply is or was under way since the mention came on screen."""
        return self._watched

    def show_mention(self, mention: Mention | None) -> None:
        """Ask who can answer this one, and what was sent already."""
        if mention is not None and self._mention is not None and mention.id == self._mention.id:
            self._mention = mention
            return
        self._mention = mention
        self._accounts, self._last = (), None
        self._asking = self._watched = self._withdrawing = False
        self.looking = mention is not None and bool(mention.post.reply_to) and not mention.withdrawn
        self._timer.stop()
        self.bar.hide()
        self._show_accounts()
        if mention is not None and mention.post.reply_to:
            self._ask_sendings(mention.id)
            if self.looking:
                self._ask_accounts(mention.id)

    def limits(self, text: str) -> ReplyLimits | None:
        """The reply's length as the network counts; None where nothing can be sent."""
        account, mention = self.account, self._mention
        if account is None or mention is None:
            return None
        limits = self._bridge.reply_limits(account, mention.post, text)
        again = limits.again if limits is not None and self.published is not None else None
        if limits is None or again is None or again in limits.notes:
            return limits
        return replace(limits, notes=(*limits.notes, again))

    def send(self, text: str, language: str) -> None:
        """The click. It can be taken back while the bar counts down."""
        account, mention = self.account, self._mention
        limits = self.limits(text)
        if account is None or mention is None or self.under_way:
            return
        if limits is not None and not limits.fits:
            return
        self._asking = self._watched = True
        self.changed.emit()
        asked = self._bridge.send_reply(mention.id, account.id, text, language)
        failed = partial(self._not_queued, mention)
        self._bridge.ask(asked, partial(self._queued, mention), failed)

    def allow(self, text: str) -> None:
        """Whether the text as it stands may be sent shows on the button, and why not in its tip."""
        limits, published = self.limits(text), self.published
        if self.under_way:
            why = self.tr("The reply is on its way: cancel to change it")
        elif published is not None and published.text == text:
            why = self.tr("The reply is published")
        else:
            why = why_not_sent(len(text.strip()), limits)
        self.button.setEnabled(not why and limits is not None)
        self.button.setToolTip(why or self._tip())
        self.button.setAccessibleDescription(self.button.toolTip())

    def take_key_of(self, other: KeyButton) -> None:
        """The button that the key presses is the one that stands out: this one, while it is there."""
        role = "primary" if self.account is None else ""
        if other.property("role") != role:
            other.key = self.button.key if role else ""
            set_role(other, role)
            other.updateGeometry()

    # -- who answers -----------------------------------------------------------------------
    def _ask_accounts(self, mention_id: int) -> None:
        asked = self._bridge.reply_accounts(mention_id)
        failed = partial(self._no_accounts, mention_id)
        self._bridge.ask(asked, partial(self._take_accounts, mention_id), failed)

    def _no_accounts(self, mention_id: int, error: VigieError) -> None:
        self._bridge.report(error)
        if self._mention is not None and self._mention.id == mention_id:
            self.looking = False
            self.changed.emit()

    def _take_accounts(self, mention_id: int, accounts: tuple[Account, ...]) -> None:
        if self._mention is not None and self._mention.id == mention_id:
            self.looking = False
            self._accounts = accounts
            self._show_accounts()
            if self.published is not None and self.bar.isVisible():
                self._say()  # as whom is known now

    def _show_accounts(self) -> None:
        self.choice.clear()
        for account in self._accounts:
            self.choice.addItem(f"@{account.handle}")
            if self._chosen.get(account.network) == account.id:
                self.choice.setCurrentIndex(self.choice.count() - 1)
        self.choice.setVisible(len(self._accounts) > 1)
        self.setVisible(bool(self._accounts))
        self._account_chosen()

    def _choose(self) -> None:
        account = self.account
        if account is not None:
            self._chosen[account.network] = account.id
        self._account_chosen()

    def _account_chosen(self) -> None:
        account = self.account
        if account is not None:
            self.button.setText(self._button_words(account))
        self.changed.emit()

    def _tip(self) -> str:
        if self.account is None:
            return ""
        words = self.tr("Publishes the reply as @{handle}; you can take it back at first")
        return words.format(handle=self.account.handle)

    def _button_words(self, account: Account) -> str:
        """Who answers stands beside it where one chooses."""
        if len(self._accounts) > 1:
            return self.tr("Send")
        name = account.handle.partition("@")[0].removesuffix(".bsky.social")
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 1] + "…"
        return self.tr("Send as @{name}").format(name=name)

    # -- what became of it -------------------------------------------------------------------
    def _happened(self, event: Event) -> None:
        mention = self._mention
        if mention is None or not mention.post.reply_to:
            return
        if isinstance(event, AccountsChanged):
            self._ask_accounts(mention.id)
        elif isinstance(event, SendingsChanged):
            if not event.mention_ids:
                self.changed.emit()  # the server said how long a reply may be
            elif mention.id in event.mention_ids:
                self._ask_sendings(mention.id)

    def _ask_sendings(self, mention_id: int) -> None:
        asked = self._bridge.sendings(mention_id)
        self._bridge.ask(asked, partial(self._take_sendings, mention_id))

    def _take_sendings(self, mention_id: int, sendings: tuple[Sending, ...]) -> None:
        if self._mention is None or self._mention.id != mention_id:
            return
        before, self._withdrawing = self._last, False
        self._last = sendings[0] if sendings else None
        self._watched = self._watched or self.under_way
        if self.waiting:
            self._timer.start()
        else:
            self._timer.stop()
        if before is not None and before.state in _UNDER_WAY and self.published is not None:
            self.bar.rest(LATE_MS)
        self._say()
        self.changed.emit()

    def _shows(self, mention: Mention) -> bool:
        """Whether it is still on screen: answers come late."""
        return self._mention is not None and self._mention.id == mention.id

    def _queued(self, mention: Mention, sending: Sending) -> None:
        if self._shows(mention):
            self._asking = False
        if sending.state is SendingState.WAITING:
            self.waits.emit(mention, sending)
        self._take_sendings(mention.id, (sending,))

    def _not_queued(self, mention: Mention, error: VigieError) -> None:
        if not self._shows(mention):
            self._bridge.report(error)
            return
        self._asking = False
        self._tell_error(error)
        self.changed.emit()

    def _say(self) -> None:
        """The last reply's state in words, with what to do about it."""
        last, say = self._last, self._bridge.say
        if last is None:
            return
        match last.state:
            case SendingState.WAITING:
                left = ceil((last.due_at - datetime.now(UTC)).total_seconds())
                words = QCoreApplication.translate(
                    "ReplySending",
                    "The reply is sent in %n second(s). Cancel to change it.",
                    None,
                    max(left, 0),
                )
                self.bar.tell(words, action=self.tr("Cancel sending (Z)"), do=self._cancel)
            case SendingState.SENDING:
                self.bar.tell(self.tr("The reply is being sent…"))
            case SendingState.SENT:
                see = self.tr("Open it") if host_of(last.url) else self.tr("What was sent")
                self.bar.tell(self._published_words(last), action=see, do=self._see)
            case SendingState.FAILED:
                told = [say(one) for one in (last.error, last.hint) if one is not None]
                self.bar.tell(" ".join([self.tr("Not sent."), *told]), Kind.ERROR)
            case SendingState.UNKNOWN:
                told = [say(last.error)] if last.error is not None else []
                sentence = self.tr(
                    "Nobody knows whether the reply was published; it is not sent again by itself."
                )
                self.bar.tell(
                    " ".join([sentence, *told]),
                    Kind.WARNING,
                    action=self.tr("Look again"),
                    do=self._look_again,
                )
            case SendingState.CANCELLED:
                self.bar.tell(self.tr("Taken back: nothing was sent."), seconds=8)

    def _published_words(self, last: Sending) -> str:
        time = clock(last.sent_at or last.due_at)
        for account in self._accounts:
            if account.id == last.account_id:
                words = self.tr("Published as @{handle} at {time}; the mention is answered.")
                return words.format(handle=account.handle, time=time)
        return self.tr("Published at {time}; the mention is answered.").format(time=time)

    def _see(self) -> None:
        """The published reply in the browser; the bar stays."""
        published = self.published
        if published is not None and host_of(published.url):
            open_in_browser(published.url)
        else:
            self.list_asked.emit()
        self._say()

    def _cancel(self) -> None:
        self.take_back()
        self.edit_asked.emit()

    def take_back(self) -> None:
        """Not to be sent after all; `waiting` until the answer is here."""
        if self._last is not None and not self._withdrawing:
            self._withdrawing = True
            self._timer.stop()
            self.taken_back.emit(self._last.id)
            answer = partial(self._was_taken_back, self._mention)
            self._bridge.ask(self._bridge.take_back(self._last.id), answer)

    def _was_taken_back(self, mention: Mention | None, taken: bool) -> None:
        if not taken and mention is not None and self._shows(mention):
            self.bar.tell(self.tr("Too late: the reply was on its way already."), Kind.WARNING)

    def _look_again(self) -> None:
        mention = self._mention
        if self._last is not None and mention is not None:
            self.bar.tell(self.tr("The network is asked whether the reply is there…"))
            asked = self._bridge.look_again(self._last.id)
            unknown = partial(self._still_unknown, mention)
            self._bridge.ask(asked, partial(self._queued, mention), unknown)

    def _still_unknown(self, mention: Mention, error: VigieError) -> None:
        if not self._shows(mention):
            return
        say = self._bridge.say
        self.bar.tell(
            f"{say(error.title)} {say(error.hint)}",
            Kind.WARNING,
            action=self.tr("Look again"),
            do=self._look_again,
        )

    def _tell_error(self, error: VigieError) -> None:
        say = self._bridge.say
        self.bar.tell(f"{say(error.title)} {say(error.message)} {say(error.hint)}", Kind.ERROR)
