"""One brand: how it is recognised and what is left out, with a live count of what that would find."""

from __future__ import annotations

import dataclasses
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.brand import Brand
from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.views.brand_sources import BrandSources
from ui.views.start_cards import split_names
from ui.widgets.notice_bar import Kind, NoticeBar
from ui.words import number

TYPING_MS = 350
FIELDS = (
    "aliases",
    "must_near",
    "must_not_near",
    "excluded_authors",
    "excluded_sites",
    "excluded_languages",
)
"""The fields of a Brand that are lists of words, in the order they are asked."""


class BrandEditor(QFrame):
    """`saved` carries the stored Brand, `closed` follows Cancel and Save, `remove_asked` an id. A new
    brand is also proposed its sources: those ticked are added with it."""

    saved = Signal(object)
    closed = Signal()
    remove_asked = Signal(int)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._bridge = bridge
        self._brand = Brand(0, "")
        self._counting: Future[int] | None = None
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.lists = {field: QLineEdit() for field in FIELDS}
        self.exact = QCheckBox(self.tr("Accents and capitals exactly as written"))
        self.rival = QCheckBox(self.tr("A rival: watched, never alerted"))
        self.sources = BrandSources(bridge, theme)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        set_role(self.count, "muted")
        self.notice = NoticeBar(theme)
        self.save = QPushButton(self.tr("Save"))
        set_role(self.save, "primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.remove = QPushButton(self.tr("Remove this brand"))
        set_role(self.remove, "danger")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self._connect()

    def edit(self, brand: Brand) -> None:
        """Show this brand; one with id 0 is a new one."""
        self._brand = brand
        self.notice.hide()
        self.name.setText(brand.name)
        for field, line in self.lists.items():
            line.setText(", ".join(getattr(brand, field)))
        self.exact.setChecked(brand.exact)
        self.rival.setChecked(brand.rival)
        self.remove.setVisible(brand.id != 0)
        self.sources.start_over()
        self.sources.setVisible(brand.id == 0)
        self._described()
        self.show()
        self.name.setFocus()

    def described(self) -> Brand:
        """The brand as the fields say."""
        lists = {field: split_names(line.text()) for field, line in self.lists.items()}
        return dataclasses.replace(
            self._brand,
            name=self.name.text().strip(),
            exact=self.exact.isChecked(),
            rival=self.rival.isChecked(),
            aliases=lists["aliases"],
            must_near=lists["must_near"],
            must_not_near=lists["must_not_near"],
            excluded_authors=tuple(a.removeprefix("@") for a in lists["excluded_authors"]),
            excluded_sites=lists["excluded_sites"],
            excluded_languages=tuple(code.lower() for code in lists["excluded_languages"]),
        )

    def _described(self) -> None:
        brand = self.described()
        self.save.setEnabled(bool(brand.name))
        if brand.id == 0:
            self.sources.describe(brand if brand.name else None)
        self._typing.start()

    def _ask_count(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
        brand = self.described()
        if not brand.name or not self.isVisible():
            self.count.clear()
            return
        self._counting = self._bridge.preview_brand(brand)
        counted = partial(self._counted, self._counting)
        self._bridge.ask(self._counting, counted, self._not_counted)

    def _counted(self, asked: Future[int], count: int) -> None:
        if asked is self._counting:
            found = self.tr("%n stored post(s) are about it, described like this.", None, count)
            self.count.setText(found.replace(str(count), number(count), 1))

    def _not_counted(self, error: VigieError) -> None:
        """The name cannot be looked for: said while it is typed, and again on saving."""
        self.count.setText(self._bridge.say(error.title))

    def _save(self) -> None:
        if self._brand.id == 0:
            self.save.setEnabled(False)
            self.sources.begin()
            return
        self._bridge.ask(self._bridge.save_brand(self.described()), self._saved, self._refused)

    def _all_saved(self, errors: tuple[tuple[str, VigieError], ...]) -> None:
        """The brand is stored, and all its sources but these."""
        if errors:
            source, error = errors[0]
            self.notice.tell(
                f"{source}: {self._sentence(error)}",
                Kind.ERROR,
                action=self.tr("Go on without it"),
                do=self._go_on,
            )
        else:
            self._go_on()

    def _go_on(self) -> None:
        if (brand := self.sources.brand) is not None:
            self._saved(brand)

    def _saved(self, brand: Brand) -> None:
        self.hide()
        self.saved.emit(brand)
        self.closed.emit()

    def _refused(self, error: VigieError) -> None:
        self.save.setEnabled(True)
        self.notice.tell(self._sentence(error), Kind.ERROR)

    def _sentence(self, error: VigieError) -> str:
        say = self._bridge.say
        return f"{say(error.title)} {say(error.message)} {say(error.hint)}"

    def _close(self) -> None:
        self.sources.cancel()
        self.hide()
        self.closed.emit()

    def _connect(self) -> None:
        self.name.textChanged.connect(self._described)
        self.name.returnPressed.connect(self.save.click)
        for line in self.lists.values():
            line.textChanged.connect(self._described)
        for box in (self.exact, self.rival):
            box.toggled.connect(self._described)
        self._typing.timeout.connect(self._ask_count)
        self.save.clicked.connect(self._save)
        self.sources.finished.connect(self._all_saved)
        self.sources.refused.connect(self._refused)
        self.cancel.clicked.connect(self._close)
        self.remove.clicked.connect(self._ask_removal)

    def _ask_removal(self) -> None:
        self.hide()
        self.remove_asked.emit(self._brand.id)
        self.closed.emit()

    def _lay_out(self) -> None:
        words = {
            "aliases": (self.tr("Other names"), self.tr("Lumen Coffee, #teamlumen")),
            "must_near": (self.tr("One of these near"), self.tr("coffee, shop, delivery")),
            "must_not_near": (self.tr("None of these near"), self.tr("festival, lamp")),
            "excluded_authors": (self.tr("Never by"), self.tr("our own accounts")),
            "excluded_sites": (self.tr("Never on"), "example.org"),
            "excluded_languages": (self.tr("Never in"), self.tr("language codes: de, es")),
        }
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Name"), self.name)
        self.name.setAccessibleName(self.tr("Name of the brand"))
        for field, line in self.lists.items():
            label, example = words[field]
            line.setPlaceholderText(example)
            line.setAccessibleName(label)
            line.setMaxLength(2000)
            form.addRow(label, line)
        form.addRow("", self.exact)
        form.addRow("", self.rival)
        hint = QLabel(self.tr("Several words are separated by commas. “Near” is within 12 words."))
        set_role(hint, "small")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self.sources)
        column.addWidget(self.count)
        column.addWidget(self.notice)
        column.addLayout(buttons)
