"""Every command of the window with its keys: the one table the menus, the help page and the keys use.

Qt gives single letters to a text field that has the focus, so they act only outside of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Section(StrEnum):
    FILE = "file"
    VIEW = "view"
    MENTION = "mention"
    HELP = "help"


class Command(StrEnum):
    CHECK_NOW = "check_now"
    PAUSE = "pause"
    QUIT = "quit"
    SEARCH = "search"
    TO_ANSWER = "to_answer"
    ALL = "all"
    WAITING = "waiting"
    ALERTS = "alerts"
    DRAFTS = "drafts"
    DONE_VIEW = "done_view"
    SENT = "sent"
    SOURCES = "sources"
    SETTINGS = "settings"
    FOLD = "fold"
    NEXT = "next"
    PREVIOUS = "previous"
    READ = "read"
    LIST = "list"
    WHY = "why"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NOT_US = "not_us"
    DONE = "done"
    SNOOZE = "snooze"
    REPLY = "reply"
    COPY_OPEN = "copy_open"
    OPEN = "open"
    UNDO = "undo"
    KEYS = "keys"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` in Qt's portable notation, the first one is shown; "G, T" means one after the other."""

    command: Command
    section: Section
    keys: tuple[str, ...]


SHORTCUTS = (
    Shortcut(Command.CHECK_NOW, Section.FILE, ("F5",)),
    Shortcut(Command.PAUSE, Section.FILE, ()),
    Shortcut(Command.SETTINGS, Section.FILE, ("G, P", "Ctrl+,")),
    Shortcut(Command.QUIT, Section.FILE, ("Ctrl+Q",)),
    Shortcut(Command.SEARCH, Section.VIEW, ("/", "Ctrl+F")),
    Shortcut(Command.TO_ANSWER, Section.VIEW, ("G, T",)),
    Shortcut(Command.ALL, Section.VIEW, ("G, A",)),
    Shortcut(Command.WAITING, Section.VIEW, ("G, W",)),
    Shortcut(Command.ALERTS, Section.VIEW, ("G, L",)),
    Shortcut(Command.DRAFTS, Section.VIEW, ("G, D",)),
    Shortcut(Command.DONE_VIEW, Section.VIEW, ("G, E",)),
    Shortcut(Command.SENT, Section.VIEW, ()),
    Shortcut(Command.SOURCES, Section.VIEW, ("G, S",)),
    Shortcut(Command.FOLD, Section.VIEW, ("Ctrl+B",)),
    Shortcut(Command.NEXT, Section.MENTION, ("J",)),
    Shortcut(Command.PREVIOUS, Section.MENTION, ("K",)),
    Shortcut(Command.READ, Section.MENTION, ()),
    Shortcut(Command.LIST, Section.MENTION, ("Esc",)),
    Shortcut(Command.WHY, Section.MENTION, ("W",)),
    # The second keys are what the same keys write on a French keyboard without Shift.
    Shortcut(Command.NEGATIVE, Section.MENTION, ("1", "&")),
    Shortcut(Command.NEUTRAL, Section.MENTION, ("2", "é")),
    Shortcut(Command.POSITIVE, Section.MENTION, ("3", '"')),
    Shortcut(Command.NOT_US, Section.MENTION, ("X",)),
    Shortcut(Command.DONE, Section.MENTION, ("E",)),
    Shortcut(Command.SNOOZE, Section.MENTION, ("S",)),
    Shortcut(Command.REPLY, Section.MENTION, ("R",)),
    Shortcut(Command.COPY_OPEN, Section.MENTION, ("Ctrl+Return", "Ctrl+Enter")),
    Shortcut(Command.OPEN, Section.MENTION, ("O",)),
    Shortcut(Command.UNDO, Section.MENTION, ("Z",)),
    Shortcut(Command.KEYS, Section.HELP, ("?", "F1")),
    Shortcut(Command.MENU, Section.HELP, ("F10",)),
)


def command_words(command: Command) -> str:
    """What the command does, as the menus and the help page write it."""
    translate = QCoreApplication.translate
    return {
        Command.CHECK_NOW: translate("Commands", "Check now"),
        Command.PAUSE: translate("Commands", "Pause listening"),
        Command.QUIT: translate("Commands", "Quit"),
        Command.SEARCH: translate("Commands", "Search"),
        Command.TO_ANSWER: translate("Commands", "To answer"),
        Command.ALL: translate("Commands", "All mentions"),
        Command.WAITING: translate("Commands", "Waiting"),
        Command.ALERTS: translate("Commands", "Alerts"),
        Command.DRAFTS: translate("Commands", "Drafts"),
        Command.DONE_VIEW: translate("Commands", "Done"),
        Command.SENT: translate("Commands", "What was sent"),
        Command.SOURCES: translate("Commands", "Sources"),
        Command.SETTINGS: translate("Commands", "Settings"),
        Command.FOLD: translate("Commands", "Fold the side bar"),
        Command.NEXT: translate("Commands", "Next mention"),
        Command.PREVIOUS: translate("Commands", "Previous mention"),
        Command.READ: translate("Commands", "Read the mention"),
        Command.LIST: translate("Commands", "Back to the list"),
        Command.WHY: translate("Commands", "Why: all reasons"),
        Command.NEGATIVE: translate("Commands", "It is negative"),
        Command.NEUTRAL: translate("Commands", "It is neutral"),
        Command.POSITIVE: translate("Commands", "It is positive"),
        Command.NOT_US: translate("Commands", "It is not about us"),
        Command.DONE: translate("Commands", "Done, without an answer"),
        Command.SNOOZE: translate("Commands", "Show it again later"),
        Command.REPLY: translate("Commands", "Reply"),
        Command.COPY_OPEN: translate("Commands", "Send the reply, or copy it and open the page"),
        Command.OPEN: translate("Commands", "Open in the browser"),
        Command.UNDO: translate("Commands", "Take the last step back"),
        Command.KEYS: translate("Commands", "All keys"),
        Command.MENU: translate("Commands", "Open the menu"),
    }[command]


def section_words(section: Section) -> str:
    translate = QCoreApplication.translate
    return {
        Section.FILE: translate("Commands", "File"),
        Section.VIEW: translate("Commands", "View"),
        Section.MENTION: translate("Commands", "Mention"),
        Section.HELP: translate("Commands", "Help"),
    }[section]


def key_words(shortcut: Shortcut) -> str:
    """The first key as the system writes it; "Enter" for READ, which the list itself answers."""
    if shortcut.command is Command.READ:
        return QKeySequence("Return").toString(QKeySequence.SequenceFormat.NativeText)
    if not shortcut.keys:
        return ""
    native = QKeySequence(shortcut.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace(", ", " ")


def make_actions(window: QWidget) -> dict[Command, QAction]:
    """One action a command, with its words and keys, active in the whole `window`."""
    actions = {}
    for shortcut in SHORTCUTS:
        action = QAction(command_words(shortcut.command), window)
        action.setShortcuts([QKeySequence(keys) for keys in shortcut.keys])
        window.addAction(action)
        actions[shortcut.command] = action
    return actions
