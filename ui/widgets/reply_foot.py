"""What is said of a reply, and its buttons: side by side where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QWidget

from ui.theme import set_role

LEAST_WORDS = 280
"""Logical pixels: narrower, a line of words breaks too often to be read beside the buttons."""
SIDE, ABOVE, GAP = 10, 8, 8
_AT_THE_END = Qt.AlignmentFlag.AlignRight
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class ReplyFoot(QFrame):
    """Never wider than its widest button needs."""

    def __init__(self, words: QLayout, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        set_role(self, "replyFoot")
        self._buttons = buttons
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        self._row.addStretch(1)
        for button in buttons:
            self._row.addWidget(button, alignment=_AT_THE_END)
        self._all = QHBoxLayout(self)
        self._all.setContentsMargins(SIDE, ABOVE, SIDE, ABOVE)
        self._all.setSpacing(GAP)
        self._all.addLayout(words, 1)
        self._all.addLayout(self._row)

    def minimumSizeHint(self) -> QSize:
        widest = max((button.minimumSizeHint().width() for button in self._shown()), default=0)
        return QSize(widest + 2 * SIDE, self._all.totalMinimumHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.updateGeometry()  # narrower is higher

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a button came, went, or says something else
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        hints = [button.sizeHint().width() for button in self._shown()]
        room = self.width() - 2 * SIDE - sum(hints) - GAP * (len(hints) - 1)
        self._all.setDirection(_BESIDE if room - GAP >= LEAST_WORDS else _BELOW)
        self._row.setDirection(_BESIDE if room >= 0 else _BELOW)

    def _shown(self) -> list[QWidget]:
        return [button for button in self._buttons if not button.isHidden()]
