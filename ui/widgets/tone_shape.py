"""The shape of a tone: pointing down, square, pointing up, a question mark. Never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF

from monitor.model.verdict import Tone


def draw_tone_shape(painter: QPainter, tone: Tone, box: QRectF, color: QColor) -> None:
    """Fill the tone's shape into `box` (logical pixels, square)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    if tone is Tone.NEUTRAL:
        side = box.width() * 0.8
        painter.drawRect(
            QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        )
    elif tone is Tone.UNKNOWN:
        font = QFont(painter.font())
        font.setPixelSize(max(1, round(box.height() * 1.25)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, "?")
    else:
        flat, tip = box.top() + box.height() * 0.08, box.bottom() - box.height() * 0.08
        if tone is Tone.POSITIVE:
            flat, tip = tip, flat
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(box.left(), flat),
                    QPointF(box.right(), flat),
                    QPointF(box.center().x(), tip),
                ]
            )
        )
    painter.restore()
