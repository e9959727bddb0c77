"""The reply panel: a draft saved as it is typed, then sent from an account of the person's, or copied
and taken to the place where they publish it and then say so.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.mention import Draft, Mention, MentionDetail
from monitor.model.reply import ReplyTemplate
from monitor.model.reply_page import reply_page
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.reply_checks import checks, length_checks, length_words, not_copied
from ui.theme import Theme, set_role
from ui.views.reply_sending import ReplySending
from ui.views.typed_drafts import NOTHING, TypedDrafts, Written
from ui.widgets.keycap import KeyButton
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.reply_editor import ReplyEditor
from ui.widgets.reply_foot import ReplyFoot
from ui.words import language_word

SAVE_MS = 300
"""A draft is saved when typing pauses for so long, and whenever the field is left."""
NARROW = 700
"""Below this width, in logical pixels, the head of the panel holds the choosers alone."""
WIDEST = 960
LANGUAGES = ("fr", "en")


class ReplyPanel(QWidget):
    """`published` carries the mention whose reply the person says is published. For a mention that
    was withdrawn it is `off`: what was written can be read and copied, not sent."""

    published = Signal(object)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._mention: Mention | None = None
        self._saved = NOTHING
        self._typed = TypedDrafts()
        self._inserted = ""
        self._loading = self.off = False
        self._wide: bool | None = None
        self.template, self.language = QComboBox(), QComboBox()
        self.editor = ReplyEditor()
        self._title, self._told = QLabel(), QLabel()
        self._state = ""
        self._checks = QLabel(wordWrap=True)
        self.copy_open = KeyButton(theme, "Ctrl+↵")
        self.sending = ReplySending(bridge, theme)
        self._ask_bar = QFrame()
        self.notice = NoticeBar(theme)
        self._question = QLabel(wordWrap=True)
        self.yes, self.not_yet = QPushButton(), QPushButton()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.flush)
        self._lay_out()
        self._connect()
        self._write_words()
        self.show_detail(None)

    @property
    def says(self) -> str:
        """What stands below the text."""
        return self._checks.text()

    # -- what the window says --------------------------------------------------------------
    def show_detail(self, detail: MentionDetail | None) -> None:
        """Show the draft of this mention. What is being typed for the same mention is not touched."""
        mention = detail.mention if detail is not None else None
        same = mention is not None and self._mention is not None and mention.id == self._mention.id
        self._mention = mention
        self.setEnabled(mention is not None)
        self.sending.show_mention(mention)
        self._switch(off=mention is not None and mention.withdrawn)
        if detail is None or mention is None or same:
            return
        self._loading = True
        text, language, template = self._typed.of(detail)
        language = language or mention.verdict.language or mention.post.language
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        if self.language.findData(language) < 0:
            self.language.setCurrentIndex(self.language.findData("en"))
        self._fill_templates(template if text else None)
        self.editor.setPlainText(text)
        self._saved = self._now()
        self._inserted = ""
        self._loading = False
        self._tell(self.tr("Draft saved") if self.editor.toPlainText() else "")
        self._ask_bar.hide()
        self.notice.hide()
        self._offer()
        self._say()

    def begin(self) -> None:
        """Take the focus; an empty reply begins with the suggested template."""
        if not self.isEnabled() or self.off:
            return
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.editor.toPlainText().strip():
            self.editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            self._insert_template()

    def flush(self) -> None:
        """Save now what was typed and is not saved yet."""
        self._timer.stop()
        mention, now = self._mention, self._now()
        if mention is None or now == self._saved or (not now[0] and not self._saved[0]):
            return
        self._saved = now
        self._typed.keep(mention.id, now)
        text, language, template = now
        self._bridge.ask(
            self._bridge.save_draft(mention.id, text, language, template),
            self._was_saved,
            self._not_saved,
        )

    def answer(self) -> None:
        """Send it where an account of the person's can, else copy and open."""
        if self.sending.account is None or self.off:
            self.copy_and_open()
        elif not self.editor.toPlainText().strip():
            self.begin()
        elif self.sending.button.isEnabled():
            self.notice.hide()
            self.flush()
            self.sending.send(self.editor.toPlainText(), self.language.currentData() or "")

    def copy_and_open(self) -> None:
        """The text to the clipboard, the mention in the browser, then the question."""
        mention = self._mention
        if mention is None or not self.copy_open.isEnabled():
            return
        if not self.editor.toPlainText().strip():
            self.begin()
            self.notice.tell(not_copied(empty=not self.editor.toPlainText().strip()))
            return
        self.notice.hide()
        self.flush()
        words = self.editor.toPlainText()
        QGuiApplication.clipboard().setText(words)
        open_in_browser(reply_page(mention.post.url, words))
        self._ask_bar.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_state()

    # -- templates -------------------------------------------------------------------------
    def _fill_templates(self, wanted: str | None) -> None:
        """List the language's templates; `wanted` None chooses what suits the mention."""
        self.template.clear()
        mention = self._mention
        suggested = self._bridge.suggest_template(mention) if mention is not None else None
        key = wanted if wanted is not None else suggested.key if suggested is not None else ""
        for one in self._bridge.reply_templates(self.language.currentData()):
            self.template.addItem(one.title, one)
            if one.key == key:
                self.template.setCurrentIndex(self.template.count() - 1)

    def _template_text(self) -> str:
        template, mention = self.template.currentData(), self._mention
        if not isinstance(template, ReplyTemplate) or mention is None:
            return ""
        return self._bridge.fill_template(template, mention)

    def _insert_template(self) -> None:
        """Put the chosen template in place of the text; Ctrl+Z brings the former text back."""
        text = self._template_text()
        if not text:
            return
        cursor = QTextCursor(self.editor.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._inserted = text
        self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def _template_chosen(self) -> None:
        self._insert_template()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def _language_chosen(self) -> None:
        template = self.template.currentData()
        self._loading = True
        self._fill_templates(template.key if isinstance(template, ReplyTemplate) else None)
        self._loading = False
        if self.editor.toPlainText() and self.editor.toPlainText() == self._inserted:
            self._insert_template()
        self._offer()
        self._changed()

    def _offer(self) -> None:
        """The suggested reply in grey, until something is written."""
        offered = self._template_text() or self.tr("Write a reply")
        self.editor.setPlaceholderText("" if self.off else offered)
        self.editor.viewport().update()  # Qt repaints the first line only

    # -- saving ----------------------------------------------------------------------------
    def _now(self) -> Written:
        template = self.template.currentData()
        key = template.key if isinstance(template, ReplyTemplate) else ""
        return self.editor.toPlainText(), self.language.currentData() or "", key

    def _changed(self) -> None:
        if self._loading:
            return
        self._say()
        if self._now() != self._saved:
            self._tell("")
            self._timer.start()

    def _was_saved(self, draft: Draft) -> None:
        if self._mention is not None and draft.mention_id == self._mention.id:
            self._tell(self.tr("Draft saved") if draft.text else "")

    def _not_saved(self, error: VigieError) -> None:
        self._saved = NOTHING
        self._tell(self.tr("Not saved"))
        self._bridge.report(error)

    # -- what it says ----------------------------------------------------------------------
    def _say(self) -> None:
        text = self.editor.toPlainText()
        self._tell(self._state)
        self.sending.allow(text)
        self.sending.take_key_of(self.copy_open)
        self._checks.setText(self._checks_line(text) if text or self.off else "")
        can_open = self._mention is not None and bool(host_of(self._mention.post.url))
        self.copy_open.setEnabled(can_open and not self.off)

    def _tell(self, state: str) -> None:
        """Whether the draft is saved, and how long it is."""
        self._state = state
        text = self.editor.toPlainText()
        count = length_words(len(text), self.sending.limits(text))
        self._told.setText(" · ".join(part for part in (state, count) if part))
        self._told.setVisible(bool(self._told.text()))

    def _switch(self, *, off: bool) -> None:
        if off != self.off:
            self.off = off
            self.editor.setReadOnly(off)
            self.template.setEnabled(not off)
            self.language.setEnabled(not off)
            self._offer()
            self._say()

    def _checks_line(self, text: str) -> str:
        if self.off:
            return escape(self.tr("The mention was deleted: there is nothing to answer any more."))
        mention = self._mention
        theirs = mention.verdict.language if mention is not None else ""
        palette, pieces = self._theme.palette, []
        found = checks(text, self.language.currentData() or "", theirs)
        for check in [*length_checks(self.sending.limits(text), self._bridge.say), *found]:
            if check.fine:
                mark = f'<span style="color:{palette.positive}">✓</span>&nbsp;{escape(check.words)}'
            else:
                mark = f'<span style="color:{palette.warning}">●&nbsp;{escape(check.words)}</span>'
            pieces.append(mark)
        return " · ".join(pieces)

    def _answered(self) -> None:
        self._ask_bar.hide()
        if self._mention is not None:
            self._typed.forget(self._mention.id)
            self.published.emit(self._mention)

    # -- building --------------------------------------------------------------------------
    def _connect(self) -> None:
        self.editor.textChanged.connect(self._changed)
        self.editor.left.connect(self.flush)
        self.editor.entered.connect(lambda: set_role(self._card, "cardFocused"))
        self.editor.left.connect(lambda: set_role(self._card, "card"))
        self.template.activated.connect(lambda _: self._template_chosen())
        self.language.activated.connect(lambda _: self._language_chosen())
        self.copy_open.clicked.connect(self.copy_and_open)
        self.sending.asked.connect(self.answer)
        self.sending.changed.connect(self._say)
        self.yes.clicked.connect(self._answered)
        self.not_yet.clicked.connect(self._ask_bar.hide)
        self._theme.changed.connect(self._say)

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        set_role(self._title, "strong")
        set_role(self._told, "muted")
        set_role(self.copy_open, "primary")
        set_role(self.yes, "primary")
        set_role(self._ask_bar, "notice")
        set_role(self.editor, "bare")
        self._checks.setTextFormat(Qt.TextFormat.RichText)
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(72)
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.template.setMinimumWidth(120)
        self._card = card
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.editor, 1)
        column.addWidget(self._foot())
        question = QHBoxLayout(self._ask_bar)
        question.setContentsMargins(12, 6, 6, 6)
        question.addWidget(self._question, 1)
        question.addWidget(self.not_yet)
        question.addWidget(self.yes)
        panel = QWidget()
        panel.setMaximumWidth(WIDEST)
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(24, 4, 24, 14)
        inner.setSpacing(8)
        inner.addWidget(self.notice)
        inner.addWidget(self.sending.bar)
        inner.addWidget(self._ask_bar)
        inner.addWidget(card, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel, 1)
        outer.addStretch(0)
        self._place_state()

    def _head(self) -> QFrame:
        strip = QFrame()
        set_role(strip, "replyHead")
        row = QHBoxLayout(strip)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.template)
        row.addWidget(self.language)
        row.addStretch(1)
        self._head_row = row
        return strip

    def _foot(self) -> ReplyFoot:
        self._foot_words = QVBoxLayout()
        self._foot_words.setSpacing(2)
        self._foot_words.addWidget(self._checks)
        return ReplyFoot(self._foot_words, (self.copy_open, self.sending))

    def _place_state(self) -> None:
        """What was saved stands beside the choosers, below the text where space is short."""
        wide = self.width() >= NARROW
        if wide == self._wide:
            return
        self._wide = wide
        self._told.setWordWrap(not wide)
        self._head_row.removeWidget(self._told)
        self._foot_words.removeWidget(self._told)
        if wide:
            self._head_row.addWidget(self._told)
        else:
            self._foot_words.insertWidget(0, self._told)

    def _write_words(self) -> None:
        self._title.setText(self.tr("Reply"))
        self.template.setAccessibleName(self.tr("Template of the reply"))
        self.language.setAccessibleName(self.tr("Language of the reply"))
        self.editor.setAccessibleName(self.tr("Reply"))
        self.copy_open.setText(self.tr("Copy and open"))
        self.copy_open.setToolTip(
            self.tr("Copies the reply and opens the mention in the browser, where you publish it")
        )
        self._question.setText(self.tr("The reply is on the clipboard. Did you publish it?"))
        self.yes.setText(self.tr("Yes, answered"))
        self.not_yet.setText(self.tr("Not yet"))
        chosen = self.language.currentIndex()
        self.language.clear()
        for code in LANGUAGES:
            self.language.addItem(language_word(code), code)
        self.language.setCurrentIndex(max(0, chosen))
