"""The brands in Settings: one row each, and the editor of the one being changed."""

from __future__ import annotations

import dataclasses
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.model.brand import Brand
from monitor.model.events import BrandsChanged, Event
from ui.bridge import Bridge
from ui.palette import BRAND_COLORS
from ui.theme import Theme, set_role
from ui.views.brand_editor import BrandEditor
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.notice_bar import NoticeBar

DOT = 8
UNDO_SECONDS = 10


class BrandList(QWidget):
    """Follows the engine's events. A removed brand can be taken back: it is looked for anew."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self.brands: tuple[Brand, ...] = ()
        self.editor = BrandEditor(bridge, theme)
        self.editor.hide()
        self.notice = NoticeBar(theme)
        self.add = QPushButton(self.tr("Add a brand"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self.editor)
        column.addWidget(self.notice)
        column.addLayout(below)
        self.add.clicked.connect(self.new)
        self.editor.closed.connect(self._editor_closed)
        self.editor.remove_asked.connect(self.remove)
        bridge.happened.connect(self._hear)

    def refresh(self) -> None:
        self._bridge.ask(self._bridge.brands(), self._show)

    def new(self) -> None:
        """Describe one more brand."""
        self.add.hide()
        self.editor.edit(Brand(0, "", color=self._free_color()))

    def edit(self, brand: Brand) -> None:
        self.add.hide()
        self.editor.edit(brand)

    def remove(self, brand_id: int) -> None:
        brand = next((brand for brand in self.brands if brand.id == brand_id), None)
        if brand is None:
            return
        self._bridge.tell(self._bridge.remove_brand(brand_id))
        self.notice.tell(
            self.tr("{brand} is no longer watched.").format(brand=brand.name),
            action=self.tr("Undo"),
            do=partial(self._take_back, brand),
            seconds=UNDO_SECONDS,
        )

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def _take_back(self, brand: Brand) -> None:
        self._bridge.tell(self._bridge.save_brand(dataclasses.replace(brand, id=0)))

    def _editor_closed(self) -> None:
        self.add.show()
        self.refresh()

    def _hear(self, event: Event) -> None:
        if isinstance(event, BrandsChanged) and self.isVisible():
            self.refresh()

    def _show(self, brands: tuple[Brand, ...]) -> None:
        self.brands = brands
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for brand in brands:
            row = BrandRow(brand, self._theme)
            row.edit.clicked.connect(partial(self.edit, brand))
            self._rows.addWidget(row)

    def _free_color(self) -> int:
        used = {brand.color for brand in self.brands}
        return next((c for c in range(len(BRAND_COLORS)) if c not in used), len(self.brands))


class BrandRow(QWidget):
    """Dot, name, other names, and the way to change them."""

    def __init__(self, brand: Brand, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = QLabel(brand.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(name, "strong")
        also = ElidedLabel(", ".join(brand.aliases))
        set_role(also, "muted")
        rival = QLabel(self.tr("rival") if brand.rival else "")
        set_role(rival, "muted")
        self.edit = QPushButton(self.tr("Change"))
        self.edit.setAccessibleName(self.tr("Change {brand}").format(brand=brand.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Dot(brand, theme))
        row.addWidget(name)
        row.addWidget(also, 1)
        row.addWidget(rival)
        row.addWidget(self.edit)


class Dot(QWidget):
    """The brand's colour."""

    def __init__(self, brand: Brand, theme: Theme) -> None:
        super().__init__()
        self._brand = brand
        self._theme = theme
        self.setFixedSize(QSize(DOT, DOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.brand(self._brand.color, self._brand.rival))
        painter.drawEllipse(self.rect())
        painter.end()
