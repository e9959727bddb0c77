"""Two lines of a mention's text with the brand's name in bold, laid out once per row and width."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from monitor.model.mention import Mention
from ui.text_positions import utf16_span

LINES = 2
KEPT = 320
"""Code points considered: more than two lines of the widest list."""
LEAD = 48
"""When the brand's name comes late, the snippet starts about so many code points before it."""
LATE = 130
SPACING = 1.1
"""Line height, in font heights."""
_SPACES = {ord(char): " " for char in "\n\r\t\u2028\u2029\u00a0"} | {0xFFFC: " "}
BREAK, DOT = "\n\n", " · "
"""What `join_title` writes between title and text, and what is shown for it on one line."""
Span = tuple[int, int]


def cut(mention: Mention) -> tuple[str, list[Span]]:
    """The part of the text worth two lines, and where the brand's name stands in it. Pure."""
    whole, found = _joined(mention)
    first = found[0][0] if found else 0
    start = 0
    if first > LATE:
        space = whole.rfind(" ", 0, max(1, first - LEAD))
        start = space + 1 if space > 0 else first
    part = whole[start : start + KEPT].translate(_SPACES)
    lead = "… " if start else ""
    shift = len(lead) - start
    spans = [
        (begin + shift, end + shift)
        for begin, end in found
        if start <= begin and end <= start + KEPT
    ]
    return lead + part, spans


def _joined(mention: Mention) -> tuple[str, list[Span]]:
    """The text on one line, a dot between title and text, and where the brand's names stand in it."""
    whole = mention.post.full_text
    spans = [(match.start, match.end) for match in mention.matches]
    title = len(mention.post.title)
    if not title or whole[title : title + len(BREAK)] != BREAK:
        return whole, spans
    longer = len(DOT) - len(BREAK)
    moved = [(a + longer, b + longer) if a >= title else (a, b) for a, b in spans]
    return whole[:title] + DOT + whole[title + len(BREAK) :], moved


class Snippet:
    """A laid-out text of at most two lines. GUI thread. Draw it as often as needed."""

    def __init__(self, text: str, spans: list[Span], font: QFont, width: float) -> None:
        self._layout = QTextLayout()
        self._layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFont(font)
        self._bold = QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.Bold)
        end = self._lay(text, spans, width)
        while end < len(text) and text:
            text = text[:end].rstrip(" ,;:.…")
            shorter = self._lay(text + "…", spans, width)
            if shorter > len(text):
                break
            end = max(0, min(shorter, len(text) - 1))

    def draw(self, painter: QPainter, at: QPointF) -> None:
        self._layout.draw(painter, at)

    def _lay(self, text: str, spans: list[Span], width: float) -> int:
        """Lay out two lines; returns how many code points of `text` they hold."""
        self._layout.clearLayout()
        self._layout.setText(text)
        formats = []
        for start, end in spans:
            if end <= len(text):
                piece = QTextLayout.FormatRange()
                piece.start, piece.length = utf16_span(text, start, end)
                piece.format = self._bold
                formats.append(piece)
        self._layout.setFormats(formats)
        self._layout.beginLayout()
        top, held = 0.0, 0
        for _ in range(LINES):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height() * SPACING
            held = line.textStart() + line.textLength()
        self._layout.endLayout()
        return len(text.encode("utf-16-le")[: 2 * held].decode("utf-16-le", "ignore"))
