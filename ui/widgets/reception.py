"""How a post was received: the stars its author gave, then replies, likes and shares, on one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from monitor.model.mention import Mention
from ui.post_words import counts_line, spoken_stars, stars
from ui.theme import set_role


class Reception(QWidget):
    """Hidden where the network tells none of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stars, self.counts = QLabel(), QLabel(wordWrap=True)
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.counts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_role(self.stars, "stars")
        set_role(self.counts, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.stars, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.counts, 1)
        self.hide()

    def show_mention(self, mention: Mention) -> None:
        rating = mention.post.rating
        counts = "" if mention.withdrawn else counts_line(mention.post)
        self.stars.setText(stars(rating) if rating is not None else "")
        spoken = spoken_stars(rating) if rating is not None else ""
        self.stars.setAccessibleName(spoken)
        self.stars.setToolTip(spoken)
        self.stars.setVisible(rating is not None)
        self.counts.setText(counts)
        self.setVisible(rating is not None or bool(counts))
