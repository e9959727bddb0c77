"""All keys on one page: what can be done, and the key that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.shortcuts import SHORTCUTS, Section, command_words, key_words, section_words
from ui.theme import set_role

KEYS_WIDTH = 110
COLUMNS = ((Section.MENTION,), (Section.VIEW, Section.FILE, Section.HELP))
"""The sections, in two columns of about the same height."""


class ShortcutsView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(self.tr("All keys"))
        set_role(title, "title")
        hint = QLabel(
            self.tr("Single letters act while no text field has the focus."), wordWrap=True
        )
        set_role(hint, "muted")
        columns = QHBoxLayout()
        columns.setSpacing(48)
        for sections in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(20)
            for section in sections:
                column.addLayout(_table(section))
            column.addStretch(1)
            columns.addLayout(column)
        columns.addStretch(1)
        sheet = QWidget()
        page = QVBoxLayout(sheet)
        page.setContentsMargins(28, 20, 28, 28)
        page.setSpacing(8)
        page.addWidget(title)
        page.addWidget(hint)
        page.addSpacing(12)
        page.addLayout(columns)
        page.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(sheet)
        self.setFocusProxy(scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _table(section: Section) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, KEYS_WIDTH)
    heading = QLabel(section_words(section))
    set_role(heading, "strong")
    grid.addWidget(heading, 0, 0, 1, 2)
    known = [(key_words(s), s) for s in SHORTCUTS if s.section is section and key_words(s)]
    for row, (keys, shortcut) in enumerate(known, start=1):
        cap = QLabel(keys)
        set_role(cap, "key")
        grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(command_words(shortcut.command)), row, 1)
    return grid
