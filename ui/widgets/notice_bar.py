"""One line inside a view that says what happened, with at most one thing to do about it. Never modal."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.icons import icon
from ui.theme import Theme, set_role


class Kind(StrEnum):
    """The look: the role of the style sheet, and with it the icon and its colour."""

    INFO = "notice"
    WARNING = "noticeWarning"
    ERROR = "noticeError"


ICONS = {
    Kind.INFO: ("info", "accent"),
    Kind.WARNING: ("warning", "warning"),
    Kind.ERROR: ("error", "negative"),
}


class NoticeBar(QFrame):
    """Hidden until `tell`. A new notice takes the place of the one before it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = Kind.INFO
        self._do: Callable[[], object] | None = None
        self._mark = QLabel()
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        set_role(self._close, "quiet")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(lambda: self._action.setEnabled(True))
        theme.changed.connect(self._paint_icons)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def tell(
        self,
        words: str,
        kind: Kind = Kind.INFO,
        action: str = "",
        do: Callable[[], object] | None = None,
        seconds: int = 0,
    ) -> None:
        """Show it; `action` is the button's label and `do` its work. 0 seconds: until closed."""
        self._kind = kind
        self._do = do
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        set_role(self, kind)
        self._paint_icons()
        self.setAccessibleName(words)
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)
        self.show()

    def rest(self, milliseconds: int) -> None:
        """Take no press for so long: one that comes now was meant for what stood there before."""
        self._action.setEnabled(False)
        self._rest.start(milliseconds)

    def _act(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()

    def _paint_icons(self) -> None:
        name, color = ICONS[self._kind]
        self._mark.setPixmap(icon(name, self._theme.color(color)).pixmap(18, 18))
        self._close.setIcon(icon("close", self._theme.color("muted")))
