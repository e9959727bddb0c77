"""The reply panel: a draft saved as it is typed, then sent from an account of the person's, or copied
and taken to the place where they publish it and then say so.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QWidget

from monitor.errors import VigieError
from monitor.model.mention import Draft, Mention, MentionDetail
from monitor.model.outgoing import Sending
from monitor.model.reply import ReplyTemplate
from monitor.model.reply_page import reply_page
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.reply_checks import (
    NAMED,
    blanks,
    checks,
    first_blank,
    length_checks,
    length_words,
    not_copied,
)
from ui.text_positions import utf16_span
from ui.theme import Theme, set_role
from ui.views.reply_sheet import ReplySheet
from ui.views.typed_drafts import NOTHING, TypedDrafts, Written
from ui.widgets.notice_bar import Kind

SAVE_MS = 300
"""A draft is saved when typing pauses for so long, and whenever the field is left."""


class ReplyPanel(ReplySheet):
    """`published` carries the mention whose reply the person says is published. For a mention that
    was withdrawn it is `off`: what was written can be read and copied, not sent. `held`: the field
    shows what is on its way or was published, and cannot be written in."""

    published = Signal(object)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(bridge, theme, parent)
        self._bridge = bridge
        self._theme = theme
        self._mention: Mention | None = None
        self._saved = NOTHING
        self._drafted_at: datetime | None = None
        self._typed = TypedDrafts()
        self._beyond: set[int] = set()  # published ones, to which another reply is being written
        self._inserted = self._state = ""
        self._loading = self.off = self.held = self._asked_to_fill = False
        self._answers_soon = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.flush)
        self._connect()
        self.show_detail(None)

    @property
    def says(self) -> str:
        """What stands below the text."""
        return self._checks.text()

    @property
    def at_work(self) -> bool:
        """Whether the person answers the mention on screen: it must not go away by itself."""
        return self.has_focus or self.sending.watched

    @property
    def has_focus(self) -> bool:
        """In its window, be that the active one or not."""
        return self.isAncestorOf(self.window().focusWidget())

    # -- what the window says --------------------------------------------------------------
    def show_detail(self, detail: MentionDetail | None) -> None:
        """Show the draft of this mention. What is being typed for the same mention is not touched."""
        mention = detail.mention if detail is not None else None
        same = mention is not None and self._mention is not None and mention.id == self._mention.id
        if not same:
            self.flush()  # what was typed while this one was on its way
            self._answers_soon = False
        self._mention = mention
        self.setEnabled(mention is not None)
        draft = detail.draft if detail is not None else None
        if not same:
            self._drafted_at = draft.updated_at if draft is not None else None
        self.sending.show_mention(mention)
        self.off = mention is not None and mention.withdrawn
        self._switch()
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
        self._follow()

    def begin(self) -> None:
        """Take the focus; an empty reply begins with the suggested template."""
        if not self.isEnabled() or self.off or self.held:
            self.again.setFocus(Qt.FocusReason.ShortcutFocusReason)  # where it is shown
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
        if (
            mention is None
            or self.held
            or now == self._saved
            or (not now[0] and not self._saved[0])
        ):
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
        """Send it where an account of the person's can, else copy and open; as soon as that is known."""
        self._answers_soon = self.sending.looking
        if self._answers_soon:
            return
        if self.sending.account is None or self.off:
            self.copy_and_open()
        elif not self.editor.toPlainText().strip():
            self.begin()
        elif self.sending.button.isEnabled():
            if blanks(self.editor.toPlainText()):
                self._ask_to_fill()
            else:
                self._send()

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

    # -- sending ---------------------------------------------------------------------------
    def _send(self) -> None:
        self.notice.hide()
        self.flush()
        self.sending.send(self.editor.toPlainText(), self.language.currentData() or "")
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)  # not to what Qt thinks comes next

    def _ask_to_fill(self) -> None:
        """Say what a template left open, and choose the first of it: the next key fills it."""
        text = self.editor.toPlainText()
        words = self.tr("Nothing was sent: fill in {blanks} first.")
        self.notice.tell(
            words.format(blanks=", ".join(blanks(text)[:NAMED])),
            Kind.WARNING,
            action=self.tr("Send all the same"),
            do=self._send,
        )
        self._asked_to_fill = True
        start, length = utf16_span(text, *first_blank(text))
        cursor = self.editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """The field shows what is on its way, and then what was published."""
        sending, published = self.sending, self.sending.published
        if published is not None and self._goes_beyond(published):
            published = None
        shown = sending.words if sending.under_way or published is not None else None
        self.held = sending.under_way or published is not None
        if shown is not None and self._mention is not None:
            self._timer.stop()
            self._loading = True
            if shown != self.editor.toPlainText():
                self.editor.setPlainText(shown)
            self._loading = False
            self._typed.forget(self._mention.id)
            self._saved = self._now()
        self._switch()
        if self._answers_soon and not self.sending.looking:
            self.answer()

    def _goes_beyond(self, published: Sending) -> bool:
        """Whether another reply is written since."""
        at, drafted = published.sent_at, self._drafted_at
        return published.id in self._beyond or bool(at and drafted and drafted > at)

    def _begin_another(self) -> None:
        """Where the network keeps one reply its words stay, to be changed; else from nothing."""
        published, limits = self.sending.published, self.sending.limits(self.editor.toPlainText())
        if published is None:
            return
        self._beyond.add(published.id)
        self._follow()
        if limits is None or limits.again is None:
            self.editor.clear()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

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
        if not key:  # the list would choose its first by itself
            self.template.setCurrentIndex(-1)

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
        self.editor.setPlaceholderText("" if self.off or self.held else offered)
        self.editor.viewport().update()  # Qt repaints the first line only

    # -- saving ----------------------------------------------------------------------------
    def _now(self) -> Written:
        template = self.template.currentData()
        key = template.key if isinstance(template, ReplyTemplate) else ""
        return self.editor.toPlainText(), self.language.currentData() or "", key

    def _changed(self) -> None:
        if self._loading:
            return
        if self._asked_to_fill:
            self._asked_to_fill = False
            self.notice.hide()
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
        free = self._mention is not None and not self.off and not self.held
        self._checks.setVisible(bool(self._checks.text()))
        self.use.setVisible(free and not text and bool(self._template_text()))
        answers = self.sending.account is not None and not self.sending.under_way
        self.again.setVisible(self.held and answers and not self.off)
        can_open = self._mention is not None and bool(host_of(self._mention.post.url))
        self.copy_open.setEnabled(can_open and free)

    def _tell(self, state: str) -> None:
        """Whether the draft is saved, and how long it is."""
        self._state = "" if self.held else state
        text = self.editor.toPlainText()
        count = length_words(len(text), self.sending.limits(text))
        self._told.setText(" · ".join(part for part in (self._state, count) if part))
        self._told.setVisible(bool(self._told.text()))

    def _switch(self) -> None:
        locked = self.off or self.held
        self.editor.lock(locked=locked, undoes=self.sending.waiting)
        self.template.setEnabled(not locked)
        self.language.setEnabled(not locked)
        self._offer()
        self._say()

    def _checks_line(self, text: str) -> str:
        if self.off:
            return escape(self.tr("The mention was deleted: there is nothing to answer any more."))
        mention = self._mention
        theirs = mention.verdict.language if mention is not None else ""
        palette, pieces = self._theme.palette, []
        written = self.language.currentData() or ""
        found = [] if self.held else checks(text, written, theirs)
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
        self.sending.changed.connect(self._follow)
        self.sending.edit_asked.connect(self.editor.setFocus)
        self.use.clicked.connect(self.begin)
        self.again.clicked.connect(self._begin_another)
        self.yes.clicked.connect(self._answered)
        self.not_yet.clicked.connect(self._ask_bar.hide)
        self._theme.changed.connect(self._say)
