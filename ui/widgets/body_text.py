"""A mention's text in full, as plain text with marks: the brand's name, the words that weighed, links.

The text comes from strangers: it is inserted as characters, never parsed as markup, and nothing is
loaded. Links show their host and open only on a click.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QToolTip, QWidget

from monitor.model.decisive import marked
from monitor.model.mention import Mention
from ui.links import addresses, host_of, open_in_browser
from ui.text_positions import utf16_span
from ui.theme import Theme

LINE_PERCENT = 128
BLANK = 8
"""Height of a blank line, in logical pixels."""


class BodyText(QTextBrowser):
    """As tall as its text; the panel around it scrolls."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("body")
        self._theme = theme
        self._mention: Mention | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: open_in_browser(url.toString()))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._write)

    def show_mention(self, mention: Mention) -> None:
        self._mention = mention
        self._write()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing: neither a picture nor a style of a stranger's text is ever fetched."""
        return None

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def viewportEvent(self, event: QHelpEvent) -> bool:  # type: ignore[override]  # narrowed below
        if event.type() == QHelpEvent.Type.ToolTip:
            host = host_of(self.anchorAt(event.pos()))
            QToolTip.showText(event.globalPos(), host, self)
            return True
        return super().viewportEvent(event)

    def _fit(self) -> None:
        height = round(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def _write(self) -> None:
        if self._mention is None:
            return
        text = self._mention.post.full_text
        plain = QTextCharFormat()
        plain.setFont(self._theme.font(1.18))
        plain.setForeground(self._theme.color("text"))
        self.clear()
        cursor = QTextCursor(self.document())
        # Qt starts a new block at each of these; one character must stay one position.
        cursor.insertText(text.replace("\r", " ").replace("\u2029", "\n"), plain)
        block = cursor.blockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        block.setLineHeight(LINE_PERCENT, kind)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)
        self._narrow_blank_lines()
        self._mark_all(text, self._mention)
        self.setAccessibleName(text[:2000])
        self._fit()

    def _narrow_blank_lines(self) -> None:
        """A blank line is a pause, not a line."""
        block = self.document().begin()
        while block.isValid():
            if not block.text().strip():
                pause = block.blockFormat()
                pause.setLineHeight(BLANK, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
                QTextCursor(block).setBlockFormat(pause)
            block = block.next()

    def _mark_all(self, text: str, mention: Mention) -> None:
        if mention.post.title and text != mention.post.text:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            self._mark(text, 0, len(mention.post.title), bold)
        for reason in marked(mention.verdict):
            shade = "muted"
            if reason.weight:
                shade = "negative" if reason.weight < 0 else "positive"
            self._mark(text, reason.start, reason.end, _underlined(self._theme.color(shade)))
        for match in mention.matches:
            named = QTextCharFormat()
            named.setBackground(self._theme.color("brand_mark"))
            self._mark(text, match.start, match.end, named)
        for start, end, address in addresses(text):
            link = _underlined(self._theme.color("accent"))
            link.setForeground(self._theme.color("accent"))
            link.setAnchor(True)
            link.setAnchorHref(address)
            self._mark(text, start, end, link)

    def _mark(self, text: str, start: int, end: int, form: QTextCharFormat) -> None:
        at, length = utf16_span(text, start, end)
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(at, last))
        cursor.setPosition(min(at + length, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)


def _underlined(color: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    form.setUnderlineColor(color)
    return form
