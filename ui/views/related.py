"""The same story elsewhere and the author's earlier mentions, one line each; a click leads there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.model.mention import Mention, MentionDetail
from ui.post_words import excerpt
from ui.theme import set_role
from ui.widgets.elided_button import ElidedButton
from ui.words import age, author_name, outlets_word, tone_word

SHOWN = 6


class Related(QWidget):
    """`asked` carries the id of the mention that was clicked."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_detail(self, detail: MentionDetail) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if detail.same_story:
            title = self.tr("The same story · {outlets}").format(
                outlets=outlets_word(detail.mention.outlets)
            )
            self._column.addWidget(self._block(title, detail.same_story, by_place=True))
        if detail.earlier:
            title = QCoreApplication.translate(
                "Related", "By the same author · %n other(s)", None, detail.earlier_count
            )
            self._column.addWidget(self._block(title, detail.earlier, by_place=False))
        self.setVisible(bool(detail.same_story or detail.earlier))

    def _block(self, title: str, mentions: Sequence[Mention], *, by_place: bool) -> QWidget:
        block = QFrame()
        set_role(block, "thread")
        column = QVBoxLayout(block)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(1)
        heading = QLabel(title)
        set_role(heading, "muted")
        column.addWidget(heading)
        for mention in mentions[:SHOWN]:
            column.addWidget(self._line(mention, by_place=by_place))
        return block

    def _line(self, mention: Mention, *, by_place: bool) -> QPushButton:
        now = datetime.now(UTC)
        who = mention.source_name if by_place else tone_word(mention.tone)
        words = excerpt(mention, 300)
        line = ElidedButton(f"{age(mention.at, now)} · {who}", words)
        line.setAccessibleName(f"{author_name(mention)}, {who}, {words}")
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        line.clicked.connect(lambda: self.asked.emit(mention.id))
        return line
