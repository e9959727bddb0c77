"""The right column: one mention in full, why it is judged so, corrections, and the reply below."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from monitor.model.events import Event, MentionsChanged
from monitor.model.mention import Correction, Mention, MentionDetail, OwnAnswer
from monitor.model.verdict import Tone
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.post_words import answered_sentence, withdrawn_sentence
from ui.theme import Theme, set_role
from ui.views.detail_head import DetailHead
from ui.views.related import Related
from ui.views.reply import ReplyPanel
from ui.widgets.body_text import BodyText
from ui.widgets.cover import Cover
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.keycap import KeyButton
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.why_bar import WhyBar
from ui.words import correction_word

READ_MS = 1200
"""A mention shown for so long has been read."""


WIDEST = 960
"""Lines longer than this, in logical pixels, are hard to read."""


class DetailView(QWidget):
    """Shows the mention it is told; `mention` is the one on screen, None when there is none. `shown`
    follows every mention that came on screen."""

    shown = Signal()
    corrected = Signal(Correction)
    related_asked = Signal(int)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._wanted = 0
        self.mention: Mention | None = None
        self.head = DetailHead(theme)
        self.body = BodyText(theme)
        self.cover = Cover(self.body)
        self.withdrawn = QLabel(withdrawn_sentence(), wordWrap=True)
        set_role(self.withdrawn, "gone")
        self.answered = NoticeBar(theme)
        self._answer: OwnAnswer | None = None
        self.why = WhyBar(theme)
        self.reply = ReplyPanel(bridge, theme)
        self._related = Related()
        self._empty = QWidget()
        self._corrections = {
            Correction.NEGATIVE: KeyButton(theme, "1", Tone.NEGATIVE),
            Correction.NEUTRAL: KeyButton(theme, "2", Tone.NEUTRAL),
            Correction.POSITIVE: KeyButton(theme, "3", Tone.POSITIVE),
            Correction.NOT_US: KeyButton(theme, "X"),
        }
        self._pages = QStackedLayout(self)
        self._scroll = QScrollArea()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._read_timer = QTimer(self, singleShot=True, interval=READ_MS)
        self._read_timer.timeout.connect(self._mark_read)
        bridge.happened.connect(self._happened)
        self._write_words()

    def show_id(self, mention_id: int) -> None:
        """Show this mention, or nothing for 0. The former stays until the new one is here."""
        if mention_id == self._wanted:
            return
        self._wanted = mention_id
        self._read_timer.stop()
        self.reply.flush()
        if mention_id:
            self._ask()
        else:
            self.mention = None
            self.reply.show_detail(None)
            self._pages.setCurrentWidget(self._empty)

    @property
    def on_its_way(self) -> bool:
        """Whether another mention than the one on screen is being fetched."""
        return self._wanted != (self.mention.id if self.mention is not None else 0)

    # -- inside ----------------------------------------------------------------------------
    def _ask(self) -> None:
        self._bridge.ask(self._bridge.detail(self._wanted), self._take)

    def _take(self, detail: MentionDetail | None) -> None:
        if detail is None or detail.mention.id != self._wanted:
            return
        another = self.mention is None or self.mention.id != detail.mention.id
        self._write(detail, another)
        self.reply.show_detail(detail)
        self._pages.setCurrentWidget(self.splitter)
        if another:
            self._scroll.verticalScrollBar().setValue(0)
            if not detail.mention.seen:
                self._read_timer.start()
            self.shown.emit()

    def _write(self, detail: MentionDetail, another: bool) -> None:
        before, mention = self.mention, detail.mention
        self.mention = mention
        self.head.show_detail(detail)
        if another or before is None or _shown(before) != _shown(mention):
            self.body.show_mention(mention)
            self.cover.show_mention(mention)
            self.why.show_mention(mention)
            self._show_what_is_left(mention)
        for correction, button in self._corrections.items():
            button.setChecked(mention.correction is correction)
        if another or self._answer != detail.answer:
            self._show_answer(detail.answer)
        self._related.show_detail(detail)

    def _show_answer(self, answer: OwnAnswer | None) -> None:
        """How it was answered elsewhere, so that nobody answers it twice."""
        self._answer = answer
        if answer is None:
            self.answered.hide()
            return
        see = self.tr("See the reply") if host_of(answer.url) else ""
        words = answered_sentence(answer, datetime.now(UTC))
        self.answered.tell(words, action=see, do=lambda: open_in_browser(answer.url))

    def _show_what_is_left(self, mention: Mention) -> None:
        """Of a withdrawn mention one sentence: there is no text to read, to explain or to correct."""
        gone = mention.withdrawn
        self.withdrawn.setVisible(gone)
        self.why.setVisible(not gone)
        if gone:
            self.cover.hide()
            self.body.hide()
        for correction, button in self._corrections.items():
            button.setVisible(not gone or correction is Correction.NOT_US)

    def _happened(self, event: Event) -> None:
        if isinstance(event, MentionsChanged) and self._wanted in event.changed_ids:
            self._ask()

    def _mark_read(self) -> None:
        if self.mention is not None and self.isVisible() and self.window().isActiveWindow():
            self._bridge.tell(self._bridge.mark_seen((self.mention.id,)))
        elif self.mention is not None:
            self._read_timer.start()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 12)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.answered)
        column.addSpacing(4)
        column.addWidget(self.cover)
        column.addWidget(self.body)
        column.addWidget(self.withdrawn)
        column.addWidget(self.why)
        buttons = FlowLayout()
        for correction, button in self._corrections.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _, one=correction: self._correction_clicked(one))
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self._related)
        column.addStretch(1)
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.splitter.addWidget(self._scroll)
        self.splitter.addWidget(self.reply)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([560, 250])
        self._related.asked.connect(self.related_asked)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.splitter)

    def _correction_clicked(self, correction: Correction) -> None:
        # The button shows what is stored, once it is stored.
        mention = self.mention
        self._corrections[correction].setChecked(
            mention is not None and mention.correction is correction
        )
        self.corrected.emit(correction)

    def _write_words(self) -> None:
        self.body.setAccessibleDescription(self.tr("The mention’s text"))
        for correction, button in self._corrections.items():
            button.setText(correction_word(correction))
            button.setAccessibleName(
                self.tr("Correct: {word}").format(word=correction_word(correction))
            )


def _shown(mention: Mention) -> Mention:
    """What the text and the Why depend on."""
    return replace(mention, seen=True, has_draft=False, state=mention.state.OPEN, wake_at=None)
