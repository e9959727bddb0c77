"""The menu with every command and its key: one compact button, or the system's own bar on macOS."""

from __future__ import annotations

import sys

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from ui.shortcuts import SHORTCUTS, Command, Section, section_words


def make_menu(window: QMainWindow, actions: dict[Command, QAction]) -> QMenu:
    """The compact menu, its sections as submenus; the same sections fill the bar of macOS."""
    menu = QMenu(window)
    bar = QMenuBar(window) if sys.platform == "darwin" else None
    for section in Section:
        part = QMenu(section_words(section), menu)
        for shortcut in SHORTCUTS:
            if shortcut.section is section and shortcut.command is not Command.MENU:
                part.addAction(actions[shortcut.command])
        menu.addMenu(part)
        if bar is not None:
            bar.addMenu(part)
    if bar is not None:
        window.setMenuBar(bar)
    return menu
