"""What the reply panel is made of, where it stands and what it is called; does nothing by itself."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.views.reply_sending import ReplySending
from ui.widgets.keycap import KeyButton
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.reply_editor import ReplyEditor
from ui.widgets.reply_foot import ReplyFoot
from ui.words import language_word

NARROW = 700
"""Below this width, in logical pixels, the head of the panel holds the choosers alone."""
WIDEST = 960
LANGUAGES = ("fr", "en")


class ReplySheet(QWidget):
    """`use` puts the proposed draft in, `again` begins another reply; both are hidden at first."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide: bool | None = None
        self.template, self.language = QComboBox(), QComboBox()
        self.editor = ReplyEditor()
        self._title, self._told = QLabel(), QLabel()
        self._checks = QLabel(wordWrap=True)
        self.use, self.again = KeyButton(theme, "R"), QPushButton()
        self.copy_open = KeyButton(theme, "Ctrl+↵")
        self.sending = ReplySending(bridge, theme)
        self._ask_bar = QFrame()
        self.notice = NoticeBar(theme)
        self._question = QLabel(wordWrap=True)
        self.yes, self.not_yet = QPushButton(), QPushButton()
        self._lay_out()
        self._write_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_state()

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        set_role(self._title, "strong")
        set_role(self._told, "muted")
        set_role(self.copy_open, "primary")
        set_role(self.yes, "primary")
        set_role(self._ask_bar, "notice")
        self._checks.setTextFormat(Qt.TextFormat.RichText)
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
        for before, after in pairwise((self.editor, self.use, self.again, self.copy_open)):
            QWidget.setTabOrder(before, after)

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
        for button in (self.use, self.again):
            button.hide()
            self._foot_words.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
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
        self.use.setText(self.tr("Use this draft"))
        self.use.setToolTip(self.tr("Puts the proposed reply in the field, to be made yours"))
        self.again.setText(self.tr("Write another reply"))
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
