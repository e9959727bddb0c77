"""The icons: one set of drawings, rendered sharp at any scale in the colour the theme asks for.

GUI thread only (pixmaps). The drawings are resources/icons/*.svg on a 24 px grid.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.resources import resource

SIZES = (16, 18, 20, 22, 24, 32, 36, 40, 44, 48, 64)
"""Rendered in advance, in device pixels: the usual sizes at 100, 150 and 200 %."""
APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
BADGE = "#b3261e"
MOST_SHOWN = 99


def icon(name: str, color: QColor | str) -> QIcon:
    """The drawing `name` in `color`. Raises FileNotFoundError for a name that is not drawn."""
    renderer = _renderer(name, color)
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_render(renderer, size))
    return made


def pixmap(name: str, color: QColor | str, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture of `size` logical pixels for a screen with this device pixel ratio."""
    made = _render(_renderer(name, color), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    return made


def app_icon() -> QIcon:
    """The program's own icon, for windows and the task bar."""
    renderer = _renderer("vigie", "")
    made = QIcon()
    for size in APP_SIZES:
        made.addPixmap(_render(renderer, size))
    return made


def tray_icon(count: int, paused: bool = False) -> QIcon:
    """The program's icon with how many mentions wait for an answer; grey when paused."""
    renderer = _renderer("logo", "#8a9099" if paused else "#2f6fde")
    made = QIcon()
    for size in SIZES:
        picture = _render(renderer, size)
        if count > 0:
            _badge(picture, count)
        made.addPixmap(picture)
    return made


def _renderer(name: str, color: QColor | str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    shade = QColor(color).name() if color else "#000000"
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", shade).encode()))


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _badge(picture: QPixmap, count: int) -> None:
    """A red pill with the number over the lower right corner; the ring stays recognisable."""
    label = str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+"
    size = picture.width()
    height = size * 0.62
    width = min(float(size), max(height, height * (0.38 + 0.42 * len(label))))
    box = QRectF(size - width, size - height, width, height)
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(6, round(height * (0.80 if len(label) < 3 else 0.66))))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(BADGE))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor("#ffffff"))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
    painter.end()
