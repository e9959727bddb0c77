"""The two cards of the first start: where people speak of the brand, and how it is recognised."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from monitor.model.brand import Brand
from ui.bridge import Bridge
from ui.theme import Theme, set_role
from ui.widgets.address_field import AddressField
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.found_feeds import FoundFeeds
from ui.widgets.proposed_sources import ProposedSources


class PlacesCard(QFrame):
    """What the name alone proposes; and any address, whose feeds are listed with what they say of it."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.address = AddressField(bridge, theme)
        self.address.field.setPlaceholderText(self.tr("Paste any address: a feed, a blog, a site…"))
        self.feeds = FoundFeeds(bridge, theme)
        self.proposed = ProposedSources(bridge, theme)
        self.address.found.connect(self.feeds.add)
        self.feeds.changed.connect(self._show_hint)
        self.proposed.changed.connect(self._show_hint)
        title = QLabel(self.tr("Where do people speak of it?"))
        set_role(title, "strong")
        self._hint = QLabel(wordWrap=True)
        self._hint.setText(
            self.tr(
                "A blog, a forum, a newspaper, a shop’s reviews: Vigie finds the feeds of the page "
                "and shows what they say. You can add others at any time."
            )
        )
        set_role(self._hint, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.proposed.progress)
        column.addLayout(head)
        column.addWidget(self.proposed)
        column.addWidget(self.address)
        column.addWidget(self._hint)
        column.addWidget(self.feeds)
        column.addStretch(1)

    def total(self) -> int:
        """How many posts about the brand the ticked ones show."""
        return self.proposed.total() + self.feeds.total()

    def _show_hint(self) -> None:
        self._hint.setVisible(not self.feeds.rows and not self.proposed.rows)


class NamesCard(QFrame):
    """The spellings that are found by themselves, and one field for other names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        title = QLabel(self.tr("Also recognised"))
        set_role(title, "strong")
        self._spellings = [ElidedLabel() for _ in range(3)]
        others = QLabel(self.tr("Other names"))
        set_role(others, "strong")
        self.aliases = QLineEdit()
        self.aliases.setPlaceholderText(self.tr("separated by commas"))
        self.aliases.setAccessibleName(self.tr("Other names of the brand, separated by commas"))
        self.aliases.setMaxLength(500)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(title)
        for label in self._spellings:
            set_role(label, "muted")
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(others)
        column.addWidget(self.aliases)

    def show_name(self, name: str) -> None:
        for label, spelling in zip(self._spellings, spellings(name), strict=True):
            label.setText(spelling)
            label.setVisible(bool(spelling))

    def names(self) -> tuple[str, ...]:
        return split_names(self.aliases.text())


class Footer(QWidget):
    """A row with room for what stands at its left and its right end."""

    def __init__(self, left: list[QWidget], right: list[QWidget]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in left:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.setSpacing(8)
        for widget in right:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


def spellings(name: str) -> tuple[str, str, str]:
    """Three of the ways the name may be written and is found all the same; "" where there is none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if not re.fullmatch(r"\w+([ -]\w+)*", plain):  # signs are part of the name: C&A, Monoprix.fr
        return name.upper(), "", ""
    words = re.findall(r"\w+", plain)
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return name.upper(), f"#{joined}", f"@{joined.lower()}"


def split_names(typed: str) -> tuple[str, ...]:
    """The names in a comma-separated field, without empty and doubled ones."""
    names = (name.strip() for name in typed.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def brand_of(name: str, aliases: tuple[str, ...]) -> Brand | None:
    """The brand as described so far, not stored; None without a name."""
    name = name.strip()
    return Brand(0, name, tuple(a for a in aliases if a != name)) if name else None
