"""The line in the place of a text that insults or threatens somebody, until a person asks for the text."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from monitor.model.mention import Mention
from ui.theme import set_role


class Cover(QWidget):
    """Hides `covered` while it stands in its place. What was asked for stays open until another
    mention comes."""

    def __init__(self, covered: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._covered = covered
        self._opened = 0  # the mention whose text was asked for
        self._mention = 0
        self._words = QLabel(self.tr("This post insults or threatens someone."))
        set_role(self._words, "muted")
        self._words.setWordWrap(True)
        self.button = QPushButton(self.tr("Show it"))
        self.button.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_mention(self, mention: Mention) -> None:
        if mention.id != self._opened:
            self._opened = 0
        self._mention = mention.id
        self._stand(mention.verdict.abusive and not self._opened)

    def _open(self) -> None:
        self._opened = self._mention
        self._stand(False)
        self._covered.setFocus()

    def _stand(self, stands: bool) -> None:
        self.setVisible(stands)
        self._covered.setVisible(not stands)
