"""Light and dark: follows the system or the person's choice and styles the whole application."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from monitor.model.verdict import Tone
from ui.palette import BRAND_COLORS, DARK, LIGHT, Palette
from ui.resources import resource

GRID = 4
"""Logical pixels: every margin and gap is a multiple of it."""


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The palette in use, as tokens and QColors. GUI thread only. `changed` follows every switch.

    The style sheet waits for `dress`: with it, Qt styles a widget and all below it again each time
    they are put into another, which doubles the time a window takes to build.
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._colors: dict[str, QColor] = {}
        self._dressed = False
        self._template = Template(resource("style", "vigie.qss").read_text("utf-8"))
        self.palette = LIGHT
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def dark(self) -> bool:
        return self.palette is DARK

    def dress(self) -> None:
        """Put the style sheet on, now that the first window is built; it follows every switch."""
        self._dressed = True
        self._app.setStyleSheet(self._sheet())

    def set_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._apply()

    def color(self, token: str) -> QColor:
        """The QColor of a palette field, or of a literal #rrggbb."""
        if token not in self._colors:
            self._colors[token] = QColor(getattr(self.palette, token, token))
        return self._colors[token]

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Colour and ground of a tone."""
        front, ground = self.palette.tone(tone)
        return self.color(front), self.color(ground)

    def brand(self, color: int, rival: bool) -> QColor:
        return self.color("faint") if rival else self.color(BRAND_COLORS[color % len(BRAND_COLORS)])

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """The system's font, scaled; semi-bold rather than bold, as the system's own headings are."""
        font = QFont(self._app.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _apply(self) -> None:
        self.palette = self._wanted()
        self._colors.clear()
        self._app.setPalette(_qt_palette(self.palette))
        if self._dressed:
            self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _wanted(self) -> Palette:
        if self._scheme is Scheme.SYSTEM:
            system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if system_dark else LIGHT
        return DARK if self._scheme is Scheme.DARK else LIGHT

    def _sheet(self) -> str:
        size = self._app.font().pointSizeF()
        tokens = {name: getattr(self.palette, name) for name in Palette.__slots__}
        return self._template.substitute(
            tokens,
            style=resource("style").as_posix(),
            shade="dark" if self.dark else "light",
            small=f"{size * 0.88:.2f}pt",
            large=f"{size * 1.2:.2f}pt",
            title=f"{size * 1.5:.2f}pt",
            headline=f"{size * 1.9:.2f}pt",
        )


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet (`[role="muted"]`), now or after it was shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _qt_palette(palette: Palette) -> QPalette:
    """The same colours for what the style sheet does not reach: menus, tool tips, selections."""
    roles = {
        QPalette.ColorRole.Window: palette.panel,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.panel,
        QPalette.ColorRole.AlternateBase: palette.background,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Button: palette.panel,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.ToolTipBase: palette.panel,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Accent: palette.accent,
    }
    built = QPalette()
    for role, color in roles.items():
        built.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        built.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.faint))
    return built
