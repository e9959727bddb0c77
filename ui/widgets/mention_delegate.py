"""Draws one mention as a card of the list: who and when, two lines of text, what we think of it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from monitor.model.mention import Mention
from ui.models.mention_list import MENTION
from ui.theme import GRID, Theme
from ui.widgets.chips import chips_of, draw_chips
from ui.widgets.snippet import LINES, SPACING, Snippet, cut
from ui.words import age, author_name, outlets_word, withdrawn_word

SIDE = 15
TOP = 10
BAR = 3
DOT = 6
CHIP_PADDING = 4
CACHED = 600
"""Laid-out rows kept: some 60 screens, so scrolling back costs no layout."""
Index = QModelIndex | QPersistentModelIndex


class MentionDelegate(QStyledItemDelegate):
    """All rows have the height `row_height`; the theme's changes are followed."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._snippets: OrderedDict[tuple[int, float], tuple[Mention, Snippet]] = OrderedDict()
        self._measure()
        theme.changed.connect(self._measure)

    @property
    def row_height(self) -> int:
        return round(
            TOP + self._line + GRID + LINES * self._line + GRID * 1.5 + self._chip_height + TOP
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        self._ground(painter, rect, option)
        inner = rect.adjusted(SIDE, TOP, -SIDE + 1, -TOP)
        mention = index.data(MENTION)
        if mention is None:
            self._placeholder(painter, inner)
        else:
            self._card(painter, inner, mention)
        painter.restore()

    # -- the parts -------------------------------------------------------------------------
    def _ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
        state = option.state
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
            active = bool(state & QStyle.StateFlag.State_HasFocus)
            bar = theme.color("accent" if active else "faint")
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR, rect.height() - 1), bar)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("background"))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.color("line"))

    def _card(self, painter: QPainter, inner: QRectF, mention: Mention) -> None:
        theme, now = self._theme, datetime.now(UTC)
        if not mention.seen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            middle = inner.top() + self._line / 2
            painter.drawEllipse(QPointF(inner.left() - SIDE / 2 + 1, middle), DOT / 2, DOT / 2)
        self._heading(
            painter, QRectF(inner.left(), inner.top(), inner.width(), self._line), mention, now
        )
        painter.setPen(theme.color("muted" if mention.withdrawn else "text"))
        top = inner.top() + self._line + GRID
        self._snippet(mention, inner.width()).draw(painter, QPointF(inner.left(), top))
        painter.setFont(self._small)
        chips = QRectF(
            inner.left(), top + LINES * self._line + GRID * 1.5, inner.width(), self._chip_height
        )
        draw_chips(painter, chips_of(mention, now), chips, theme)

    def _heading(self, painter: QPainter, box: QRectF, mention: Mention, now: datetime) -> None:
        right = f"{age(mention.at, now)} · {mention.source_name}"
        right = self._small_metrics.elidedText(
            right, Qt.TextElideMode.ElideRight, box.width() * 0.5
        )
        taken = self._small_metrics.horizontalAdvance(right)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        who = author_name(mention)
        if mention.outlets > 1:
            who = f"{who} · {outlets_word(mention.outlets)}"
        who = self._bold_metrics.elidedText(
            who, Qt.TextElideMode.ElideRight, box.width() - taken - 3 * GRID
        )
        painter.setFont(self._bold)
        painter.setPen(self._theme.color("muted" if mention.withdrawn else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, who)

    def _placeholder(self, painter: QPainter, inner: QRectF) -> None:
        """Grey bars where the words will be."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        for row, width in ((0.0, 0.3), (1.25, 0.95), (2.25, 0.7)):
            box = QRectF(inner.left(), inner.top() + row * self._line + 4, inner.width() * width, 8)
            painter.drawRoundedRect(box, 4, 4)

    def _snippet(self, mention: Mention, width: float) -> Snippet:
        key = (mention.id, width)
        kept = self._snippets.get(key)
        if kept is not None and kept[0].post is mention.post:
            return kept[1]
        text, names = (withdrawn_word(), []) if mention.withdrawn else cut(mention)
        snippet = Snippet(text, names, self._font, width)
        self._snippets[key] = (mention, snippet)
        if len(self._snippets) > CACHED:
            self._snippets.popitem(last=False)
        return snippet

    def _measure(self) -> None:
        self._font: QFont = self._theme.font()
        self._bold = self._theme.font(bold=True)
        self._small = self._theme.font(0.92)
        self._bold_metrics = QFontMetricsF(self._bold)
        self._small_metrics = QFontMetricsF(self._small)
        self._line = self._bold_metrics.height() * SPACING
        self._chip_height = self._small_metrics.height() + CHIP_PADDING
        self._snippets.clear()
