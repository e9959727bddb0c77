"""The top of Sources: title, one line on how all of them are doing, and what can be done with all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import Theme, set_role

LEAST = 420
"""The least width it needs, with drawings for words; logical pixels."""


class SourceHeader(QWidget):
    """Buttons only ask; the view does."""

    import_asked = Signal()
    export_asked = Signal()
    check_asked = Signal()
    add_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        title = QLabel(self.tr("Sources"))
        set_role(title, "title")
        self._line = QLabel(wordWrap=True)
        set_role(self._line, "muted")
        self._import = QPushButton(self.tr("Import OPML"))
        self._import.clicked.connect(self.import_asked)
        self._export = QPushButton(self.tr("Export OPML"))
        self._export.clicked.connect(self.export_asked)
        self._check = QPushButton(self.tr("Check now"))
        self._check.setToolTip(self.tr("Check every source now (F5)"))
        self._check.clicked.connect(self.check_asked)
        self._add = QPushButton(self.tr("Add a source"))
        set_role(self._add, "primary")
        self._add.clicked.connect(self.add_asked)
        self._words = {b: b.text() for b in (self._import, self._export, self._check)}
        for button, words in self._words.items():
            button.setAccessibleName(words)
            if not button.toolTip():
                button.setToolTip(words)
        self._row = row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(title)
        row.addStretch(1)
        for button in (self._import, self._export, self._check, self._add):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._line)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()

    @property
    def line(self) -> str:
        return self._line.text()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # the style sheet has its say only now

    def _fit(self) -> None:
        """Where there is no room for all words, drawings do."""
        for button, words in self._words.items():
            button.setText(words)
        self._row.invalidate()  # a row within a column learns late of new words
        if self._row.minimumSize().width() > self.width():
            for button in self._words:
                button.setText("")

    def say(self, line: str) -> None:
        """The sentence under the title."""
        self._line.setText(line)
        self._line.setVisible(bool(line))

    def _paint_icons(self) -> None:
        color = self._theme.color("muted")
        for button, name in (
            (self._import, "import"),
            (self._export, "export"),
            (self._check, "check-now"),
        ):
            button.setIcon(icon(name, color))
        self._add.setIcon(icon("add", self._theme.color("on_accent")))
