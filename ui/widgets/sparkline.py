"""A row of small bars, one a day: enough to see whether a source lives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

BAR = 4.0
GAP = 2.0
LEAST = 2.0
"""Height of a day without posts: a day that was looked at, not a hole."""


def sparkline_width(days: int) -> float:
    return days * BAR + max(0, days - 1) * GAP


def draw_sparkline(
    painter: QPainter, counts: Sequence[int], box: QRectF, color: QColor, empty: QColor
) -> None:
    """Bars from the left of `box`, standing on its lower edge, the highest as high as `box`."""
    most = max((*counts, 1))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for day, count in enumerate(counts):
        height = LEAST + (box.height() - LEAST) * count / most if count else LEAST
        painter.setBrush(color if count else empty)
        left = box.left() + day * (BAR + GAP)
        painter.drawRoundedRect(QRectF(left, box.bottom() - height, BAR, height), 1, 1)
    painter.restore()
