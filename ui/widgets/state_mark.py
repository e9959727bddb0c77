"""The mark before a source's state: a colour AND a shape, so that nobody depends on the colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from monitor.model.source import SourceState


def draw_state_mark(painter: QPainter, state: SourceState, box: QRectF, color: QColor) -> None:
    """Fill `box` (a square): disc listening, ring not yet, half-ring trying, triangle needs you,
    bars paused, cross gone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = QPen(color, box.width() * 0.2)
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
    inner = box.adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    match state:
        case SourceState.LISTENING:
            painter.drawEllipse(box)
        case SourceState.NEEDS_YOU:
            top = QPointF(box.center().x(), box.top() - 0.5)
            painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
        case SourceState.PAUSED:
            width = box.width() * 0.32
            painter.drawRect(QRectF(box.left() + 1, box.top(), width, box.height()))
            painter.drawRect(QRectF(box.right() - 1 - width, box.top(), width, box.height()))
        case SourceState.NEW:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(stroke)
            painter.drawEllipse(inner)
        case SourceState.WAITING:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(stroke)
            painter.drawArc(inner, 90 * 16, -270 * 16)
        case SourceState.GONE:
            painter.setPen(stroke)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
    painter.restore()
