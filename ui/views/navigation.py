"""The left column: work views, brands, sources and settings, with what is open in each."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from monitor.model.brand import Brand
from monitor.model.mention import Counts, View
from ui.icons import icon, pixmap
from ui.theme import Theme, set_role
from ui.widgets.nav_item import NavItem
from ui.words import number, view_word

WIDE = 208
NARROW = 56
WIDEST = 320
SIDE = 10
ICONS = {
    View.TO_ANSWER: "to-answer",
    View.ALL: "all",
    View.WAITING: "waiting",
    View.ALERTS: "alerts",
    View.DRAFTS: "drafts",
    View.DONE: "done",
}

SHADES = {View.TO_ANSWER: "accent_strong", View.ALERTS: "negative"}
"""Colour of the counts that ask for something."""


class Page(StrEnum):
    """The screens of the window; INBOX is the work screen with its views."""

    INBOX = "inbox"
    SOURCES = "sources"
    SETTINGS = "settings"
    KEYS = "keys"


ENTRIES = (Page.SOURCES, Page.SETTINGS)
"""The pages that have an entry below the brands."""


class Navigation(QFrame):
    """Tells where the person wants to go; the window decides and calls `mark`."""

    view_asked = Signal(View)
    brand_asked = Signal(object)
    page_asked = Signal(Page)
    collapsed_changed = Signal(bool)

    def __init__(self, theme: Theme, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._theme = theme
        self._collapsed = False
        self._counts: Counts | None = None
        self._logo, self._name = QLabel(), QLabel("Vigie")
        self._menu_button, self._fold = QToolButton(), QToolButton()
        self._menu_button.setMenu(menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._views = {view: NavItem(theme, ICONS[view]) for view in View}
        self._pages = {page: NavItem(theme, page.value) for page in ENTRIES}
        self._brands: dict[int, tuple[Brand, NavItem]] = {}
        self._brands_title = QLabel()
        self._brand_column = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._write_words()
        self._paint_icons()

    # -- what the window says --------------------------------------------------------------
    def set_brands(self, brands: tuple[Brand, ...]) -> None:
        for _, item in self._brands.values():
            self._brand_column.removeWidget(item)
            item.deleteLater()
        self._brands = {}
        for brand in brands:
            item = NavItem(self._theme, dot=self._theme.brand(brand.color, brand.rival))
            item.set_quiet(brand.rival)
            item.set_collapsed(self._collapsed)
            item.clicked.connect(lambda on, one=brand: self.brand_asked.emit(one if on else None))
            self._brand_column.addWidget(item)
            self._brands[brand.id] = (brand, item)
        self._brands_title.setVisible(bool(brands) and not self._collapsed)
        self._tell()

    def set_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._tell()

    def mark(self, view: View | None, brand: Brand | None, page: Page) -> None:
        """Show where one is."""
        for its_view, item in self._views.items():
            item.setChecked(its_view is view)
        for brand_id, (_, item) in self._brands.items():
            item.setChecked(brand is not None and brand.id == brand_id)
        for its_page, item in self._pages.items():
            item.setChecked(its_page is page)

    @property
    def collapsed(self) -> bool:
        return self._collapsed

    @property
    def wide(self) -> int:
        """What it takes unfolded; logical pixels."""
        return self._wide()

    def set_collapsed(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        for item in self._items():
            item.set_collapsed(collapsed)
        self._name.setVisible(not collapsed)
        self._brands_title.setVisible(bool(self._brands) and not collapsed)
        self._menu_button.setVisible(not collapsed)
        self._logo.setVisible(not collapsed)
        self._lay_margins()
        self._paint_icons()
        self.collapsed_changed.emit(collapsed)

    # -- inside ----------------------------------------------------------------------------
    def _items(self) -> list[NavItem]:
        brands = [item for _, item in self._brands.values()]
        return [*self._views.values(), *brands, *self._pages.values()]

    def _tell(self) -> None:
        counts = self._counts
        notes = {} if counts is None else _view_notes(counts)
        for view, item in self._views.items():
            note = _note(notes.get(view, 0))
            item.tell(view_word(view), note, SHADES.get(view, "muted"))
        open_by_brand = {} if counts is None else dict(counts.by_brand)
        for brand_id, (brand, item) in self._brands.items():
            name = self.tr("Rival: {name}").format(name=brand.name) if brand.rival else brand.name
            item.tell(name, _note(open_by_brand.get(brand_id, 0)))
        self._tell_sources(counts)
        self._pages[Page.SETTINGS].tell(self.tr("Settings"))
        self._lay_margins()

    def _tell_sources(self, counts: Counts | None) -> None:
        item, name = self._pages[Page.SOURCES], self.tr("Sources")
        if counts is not None and counts.sources_need_you:
            needs = QCoreApplication.translate(
                "Navigation", "%n need(s) you", None, counts.sources_need_you
            )
            item.tell(name, needs, "warning")
        else:
            item.tell(name, _note(counts.sources) if counts is not None else "")

    def _connect(self) -> None:
        for view, item in self._views.items():
            item.clicked.connect(lambda _, one=view: self.view_asked.emit(one))
        for page, item in self._pages.items():
            item.clicked.connect(lambda _, one=page: self.page_asked.emit(one))
        self._fold.clicked.connect(lambda: self.set_collapsed(not self._collapsed))
        self._theme.changed.connect(self._paint_icons)

    def _lay_out(self) -> None:
        set_role(self._name, "program")
        set_role(self._brands_title, "section")
        self._brands_title.setIndent(8)
        for button in (self._menu_button, self._fold):
            set_role(button, "quiet")
            button.setIconSize(QSize(17, 17))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._logo)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._menu_button)
        self._head.addWidget(self._fold)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._column.addLayout(self._head)
        self._column.addSpacing(10)
        for item in self._views.values():
            self._column.addWidget(item)
        self._column.addSpacing(14)
        self._column.addWidget(self._brands_title)
        self._column.addSpacing(4)
        self._brand_column.setSpacing(1)
        self._column.addLayout(self._brand_column)
        self._column.addSpacing(14)
        for page in self._pages.values():
            self._column.addWidget(page)
        self._column.addStretch(1)
        self._lay_margins()

    def _lay_margins(self) -> None:
        self._column.setContentsMargins(SIDE, 12, SIDE, 12)
        self._head.setContentsMargins(0 if self._collapsed else 6, 0, 0, 0)
        self.setFixedWidth(NARROW if self._collapsed else self._wide())

    def _wide(self) -> int:
        """As wide as the longest name needs: French and large fonts are not clipped."""
        needed = max(item.sizeHint().width() for item in self._items())
        return max(WIDE, min(needed + 2 * SIDE, WIDEST))

    def _paint_icons(self) -> None:
        theme, ratio = self._theme, self.devicePixelRatioF()
        self._logo.setPixmap(pixmap("logo", theme.color("accent"), 20, ratio))
        self._fold.setIcon(QIcon(icon("sidebar", theme.color("muted"))))
        self._menu_button.setIcon(QIcon(icon("more", theme.color("muted"))))
        for brand, item in self._brands.values():
            item.set_dot(theme.brand(brand.color, brand.rival))

    def _write_words(self) -> None:
        self._brands_title.setText(self.tr("BRANDS"))
        for button, words in (
            (self._menu_button, self.tr("Menu")),
            (self._fold, self.tr("Fold or unfold the side bar")),
        ):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._tell()


def _view_notes(counts: Counts) -> dict[View, int]:
    return {
        View.TO_ANSWER: counts.to_answer,
        View.ALL: counts.all,
        View.WAITING: counts.waiting,
        View.ALERTS: counts.alerts_unseen,
        View.DRAFTS: counts.drafts,
    }


def _note(count: int) -> str:
    return number(count) if count else ""
