"""Why a mention has its tone: one line that opens to all reasons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from monitor.model.decisive import listed
from monitor.model.mention import Mention
from monitor.model.verdict import ReasonKind, Tone
from ui.theme import Theme, set_role
from ui.why_words import kind_word, quoted, risk_words, why_line
from ui.widgets.keycap import KeyButton
from ui.widgets.tone_shape import draw_tone_shape
from ui.words import tone_word

NARROW = 560
"""Below this width, in logical pixels, the sentence has a line of its own."""
_SEEN = 0.05
"""A rest that weighs less is left out: two digits would say nought."""


class ToneLabel(QWidget):
    """The tone as shape, colour and word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.NEUTRAL

    def show_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.setAccessibleName(tone_word(tone))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(bold=True))
        return QSize(
            round(metrics.horizontalAdvance(tone_word(self._tone)) + 18), round(metrics.height())
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.tone(self._tone)[0]
        middle = self.height() / 2
        draw_tone_shape(painter, self._tone, QRectF(0, middle - 5, 10, 10), color)
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(color)
        painter.drawText(
            QRectF(15, 0, self.width() - 15, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            tone_word(self._tone),
        )
        painter.end()


class WeightBar(QWidget):
    """How strongly a reason pulled, to the left or to the right of the middle.

    `share` is its part of the strongest one's pull, -1 to 1. `grey`: no evidence a person can see.
    """

    def __init__(
        self, theme: Theme, share: float, *, grey: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = max(-1.0, min(1.0, share))
        self._grey = grey
        self.setFixedSize(84, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.width() / 2
        line = self._theme.color("faint")
        painter.fillRect(QRectF(middle - 0.5, 0, 1, self.height()), line)
        side = "negative" if self._share < 0 else "positive"
        color = self._theme.color("faint" if self._grey else side)
        length = (middle - 2) * abs(self._share)
        left = middle - length if self._share < 0 else middle
        painter.fillRect(QRectF(left, 3, length, 6), color)
        painter.end()


class WhyBar(QFrame):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mention: Mention | None = None
        self._tone = ToneLabel(theme)
        self._line = QLabel(wordWrap=True)
        self._line.setTextFormat(Qt.TextFormat.RichText)
        self._more = KeyButton(theme, "W")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._open)
        set_role(self._more, "quiet")
        self._reasons = QWidget()
        self._reasons.hide()
        self._head = QGridLayout()
        self._head.setHorizontalSpacing(10)
        self._head.setVerticalSpacing(4)
        self._head.setColumnStretch(1, 1)
        self._stacked: bool | None = None
        self._place()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 6, 6)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        self._column.addWidget(self._reasons)
        theme.changed.connect(self._say)

    def show_mention(self, mention: Mention) -> None:
        self._mention = mention
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def toggle(self) -> None:
        """Open to all reasons, or close."""
        if self._more.isVisible():
            self._more.toggle()

    def _place(self) -> None:
        """Tone, sentence and button in one row; the sentence below the two where space is short."""
        stacked = self.width() < NARROW
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for widget in (self._tone, self._line, self._more):
            self._head.removeWidget(widget)
        self._head.addWidget(self._tone, 0, 0)
        self._head.addWidget(self._more, 0, 2)
        if stacked:
            self._head.addWidget(self._line, 1, 0, 1, 3)
        else:
            self._head.addWidget(self._line, 0, 1)

    def _open(self, on: bool) -> None:
        if on:
            self._list_reasons()
        self._reasons.setVisible(on)
        self._more.setText(self.tr("Fewer") if on else self.tr("All reasons"))

    def _say(self) -> None:
        mention = self._mention
        if mention is None:
            return
        set_role(self, f"why-{mention.tone.value}")
        front = self._theme.tone(mention.tone)[0].name()
        self._tone.show_tone(mention.tone)
        self._line.setText(why_line(mention, front))
        self._more.setVisible(bool(mention.verdict.reasons))
        self._more.setText(self.tr("Fewer") if self._more.isChecked() else self.tr("All reasons"))
        if self._more.isChecked():
            self._list_reasons()

    def _list_reasons(self) -> None:
        if self._mention is None:
            return
        text, old = self._mention.post.full_text, self._reasons
        self._reasons = QWidget()
        grid = QGridLayout(self._reasons)
        grid.setContentsMargins(0, 2, 6, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        told = listed(self._mention.verdict)
        most = max((abs(reason.weight) for reason in told.weighed), default=abs(told.rest))
        for reason in told.weighed:
            words = quoted(reason, text)
            if reason.kind is not ReasonKind.EMOJI:
                words = self.tr("“{words}”").format(words=words)
            bar = WeightBar(self._theme, reason.weight / most)
            self._add(grid, words, bar, reason.weight, kind_word(reason.kind))
        if abs(told.rest) >= _SEEN:
            bar = WeightBar(self._theme, told.rest / most, grey=True)
            self._add(grid, self.tr("everything else in the text"), bar, told.rest)
        if told.risks:
            risks = QLabel(risk_words(told.risks, text))
            risks.setTextFormat(Qt.TextFormat.PlainText)
            risks.setWordWrap(True)
            grid.addWidget(risks, grid.rowCount(), 0, 1, 3)
        self._column.replaceWidget(old, self._reasons)
        self._reasons.setVisible(self._more.isChecked())
        old.deleteLater()

    def _add(
        self, grid: QGridLayout, said: str, bar: WeightBar, weight: float, kind: str = ""
    ) -> None:
        words = QLabel(said)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        bar.setAccessibleName(f"{weight:+.1f}")
        row = grid.rowCount()
        grid.addWidget(bar, row, 0)
        if kind:
            label = QLabel(kind)
            set_role(label, "small")
            grid.addWidget(label, row, 1)
            grid.addWidget(words, row, 2)
        else:
            set_role(words, "small")
            grid.addWidget(words, row, 1, 1, 2)
