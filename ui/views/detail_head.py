"""Who speaks, from where and when, and the three things one does with it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from monitor.model.mention import MentionDetail
from ui.links import host_of
from ui.theme import Theme, set_role
from ui.when import ago
from ui.widgets.avatar import Avatar
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.keycap import KeyButton
from ui.widgets.reception import Reception
from ui.widgets.snooze_menu import SnoozeMenu
from ui.words import author_name, full_moment, language_word, number

NARROW = 620
"""Below this width, in logical pixels, the buttons go under the name."""


class DetailHead(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar(theme)
        self._name = ElidedLabel()
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._handle = ElidedLabel()
        self._about = QLabel(wordWrap=True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self.reception = Reception()
        self.open = KeyButton(theme, "O")
        self.snooze = KeyButton(theme, "S")
        self.done = KeyButton(theme, "E")
        self.snooze_menu = SnoozeMenu(self)
        set_role(self._name, "name")
        set_role(self._handle, "handle")
        set_role(self._about, "muted")
        self._wide: bool | None = None
        self._lay_out()
        self._write_words()

    def show_detail(self, detail: MentionDetail) -> None:
        mention = detail.mention
        author = mention.post.author
        self._avatar.show_name(author_name(mention))
        self._name.setText(author_name(mention))
        self._handle.setText(f"@{author.handle}" if author.handle and author.name else "")
        self._about.setText(_about(detail, datetime.now(UTC)))
        self._about.setToolTip(full_moment(mention.at))
        self.reception.show_mention(mention)
        host = host_of(mention.post.url)
        self.open.setEnabled(bool(host))
        self.open.setToolTip(host)

    def pop_up_snooze(self) -> None:
        """Offer the times, below the button; Enter takes the first, the arrows go on from it."""
        self.snooze_menu.popup(self.snooze.mapToGlobal(self.snooze.rect().bottomLeft()))
        self.snooze_menu.setActiveAction(self.snooze_menu.actions()[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        wide = self.width() >= NARROW
        if wide == self._wide:
            return
        self._wide = wide
        self._grid.removeWidget(self._buttons)
        if wide:
            self._grid.addWidget(self._buttons, 0, 2, Qt.AlignmentFlag.AlignTop)
        else:
            self._grid.addWidget(self._buttons, 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self._name)
        names.addWidget(self._handle, 1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(names)
        words.addWidget(self._about)
        words.addWidget(self.reception)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.open, self.snooze, self.done):
            row.addWidget(button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.addWidget(self._avatar, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(words, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._place_buttons()

    def _write_words(self) -> None:
        self.open.setText(self.tr("Open"))
        self.snooze.setText(self.tr("Snooze"))
        self.done.setText(self.tr("Done"))
        self.open.setAccessibleName(self.tr("Open in the browser"))
        self.snooze.setAccessibleName(self.tr("Show it again later"))
        self.done.setAccessibleName(self.tr("Done, without an answer"))


def _about(detail: MentionDetail, now: datetime) -> str:
    mention, translate = detail.mention, QCoreApplication.translate
    followers = mention.post.author.followers
    parts = []
    if followers is not None:
        words = translate("DetailHead", "%n follower(s)", None, followers)
        parts.append(words.replace(str(followers), number(followers), 1))
    if detail.earlier_count:
        parts.append(translate("DetailHead", "%n other mention(s)", None, detail.earlier_count))
    parts.append(mention.source_name)
    if language := language_word(mention.verdict.language or mention.post.language):
        parts.append(language)
    parts.append(ago(mention.at, now))
    return " · ".join(parts)
