"""Settings: every choice is applied and kept at once; there is no OK button."""

from __future__ import annotations

import dataclasses
import platform

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

import monitor
from monitor.errors import VigieError
from ui.bridge import Bridge
from ui.preferences import Preferences
from ui.source_words import interval_word
from ui.theme import Theme, set_role
from ui.views.accounts import AccountList
from ui.views.brand_list import BrandList
from ui.views.sent_list import SentList
from ui.widgets.notice_bar import Kind, NoticeBar

WIDTH = 800
LABELS = 150
UNDO_SECONDS = (10, 15, 20, 30)
INTERVALS = (5, 10, 15, 30, 60, 180, 360, 720, 1440)


class SettingsView(QWidget):
    """Choices go to `preferences`; `test_asked` is the button of the notifications, `listen_asked` as
    AccountList's."""

    test_asked = Signal()
    listen_asked = Signal(str, str)

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._preferences = preferences
        self.notice = NoticeBar(theme)
        self.brands = BrandList(bridge, theme)
        self.accounts = AccountList(bridge, theme)
        self._make_choices()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.language)

    def _make_choices(self) -> None:
        chosen = self._preferences.settings
        self.language = _choice(
            self.tr("Language"),
            [(self.tr("As the system"), ""), ("English", "en"), ("Français", "fr")],
            chosen.language,
        )
        self.scheme = _choice(
            self.tr("Appearance"),
            [
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
            ],
            chosen.theme,
        )
        minutes = sorted({*INTERVALS, chosen.check_minutes})
        self.interval = _choice(
            self.tr("Check the sources"),
            [(interval_word(choice), choice) for choice in minutes],
            chosen.check_minutes,
        )
        self.notify = QCheckBox(self.tr("Tell me on the desktop when a negative mention arrives"))
        self.notify.setChecked(chosen.notifications)
        self.test = QPushButton(self.tr("Send a test notification"))
        self.sender_name = QLineEdit(chosen.sender_name)
        self.sender_name.setMaxLength(100)
        self.sender_name.setAccessibleName(self.tr("Your name"))
        self.sender_name.setPlaceholderText(self.tr("as it stands under a reply"))
        self.signature = QPlainTextEdit(chosen.signature)
        self.signature.setAccessibleName(self.tr("Signature"))
        self.signature.setTabChangesFocus(True)
        self.signature.setFixedHeight(4 * self.fontMetrics().height())
        seconds = sorted({*UNDO_SECONDS, chosen.undo_seconds})
        self.undo = _choice(
            self.tr("Time to take it back"),
            [(self._seconds(choice), choice) for choice in seconds],
            chosen.undo_seconds,
        )
        self.undo.setToolTip(
            self.tr("How long a reply waits after the click on Send, before it is published")
        )
        self.sent = QPushButton(self.tr("What was sent…"))
        self.folder = QPushButton(self.tr("Open the folder"))

    def _connect(self) -> None:
        self.language.activated.connect(self._keep)
        self.scheme.activated.connect(self._keep)
        self.interval.activated.connect(self._keep)
        self.undo.activated.connect(self._keep)
        self.notify.toggled.connect(self._keep)
        self.sender_name.editingFinished.connect(self._keep)
        self.signature.textChanged.connect(self._keep)
        self.test.clicked.connect(self.test_asked)
        self.accounts.listen_asked.connect(self.listen_asked)
        self.folder.clicked.connect(self._open_folder)
        self.sent.clicked.connect(self._show_sent)
        self._preferences.failed.connect(self._tell)

    def _keep(self) -> None:
        self._preferences.save(
            dataclasses.replace(
                self._preferences.settings,
                language=self.language.currentData(),
                theme=self.scheme.currentData(),
                check_minutes=self.interval.currentData(),
                undo_seconds=self.undo.currentData(),
                notifications=self.notify.isChecked(),
                sender_name=self.sender_name.text().strip(),
                signature=self.signature.toPlainText().strip(),
            )
        )

    def _seconds(self, count: int) -> str:
        return QCoreApplication.translate("SettingsView", "%n second(s)", None, count)

    def _tell(self, error: VigieError) -> None:
        say = self._bridge.say
        self.notice.tell(f"{say(error.title)} {say(error.message)} {say(error.hint)}", Kind.ERROR)

    def _show_sent(self) -> None:
        shown = SentList(self._bridge, self)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.open()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._preferences.path.parent)))

    # -- looks -----------------------------------------------------------------------------
    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setMaximumWidth(WIDTH)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(28, 20, 28, 28)
        column.setSpacing(12)
        title = QLabel(self.tr("Settings"))
        set_role(title, "title")
        column.addWidget(title)
        column.addWidget(self.notice)
        column.addSpacing(4)
        column.addWidget(_heading(self.tr("Brands")))
        column.addWidget(self.brands)
        column.addSpacing(8)
        column.addWidget(_rule())
        column.addWidget(_heading(self.tr("Accounts")))
        column.addWidget(self.accounts)
        for heading, rows in self._sections():
            column.addSpacing(8)
            column.addWidget(_rule())
            column.addWidget(_heading(heading))
            column.addLayout(_grid(rows))
        column.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sheet, 1)
        row.addStretch(0)
        row.setAlignment(sheet, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _sections(self) -> list[tuple[str, list[tuple[str, QWidget]]]]:
        folder = QLabel(str(self._preferences.path.parent), wordWrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place = QLabel(
            self.tr(
                "Everything stays on this computer. A copy of this folder is a complete backup, but for "
                "the passwords: they stay in this computer’s keyring."
            ),
            wordWrap=True,
        )
        set_role(place, "muted")
        about = QLabel(
            self.tr("Vigie {version}, free software (MIT). Python {python}, Qt {qt}.").format(
                version=monitor.__version__, python=platform.python_version(), qt=qVersion()
            ),
            wordWrap=True,
        )
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return [
            (
                self.tr("Window"),
                [
                    (self.tr("Language"), _left(self.language)),
                    (self.tr("Appearance"), _left(self.scheme)),
                ],
            ),
            (self.tr("Listening"), [(self.tr("Check the sources"), _left(self.interval))]),
            (self.tr("Notifications"), [("", self.notify), ("", _left(self.test))]),
            (
                self.tr("Replies"),
                [
                    (self.tr("Your name"), self.sender_name),
                    (self.tr("Signature"), self.signature),
                    (self.tr("Time to take it back"), _left(self.undo)),
                    ("", _left(self.sent)),
                ],
            ),
            (
                self.tr("Your data"),
                [(self.tr("Folder"), folder), ("", place), ("", _left(self.folder))],
            ),
            (self.tr("About"), [("", about)]),
        ]


def _choice(name: str, options: list[tuple[str, object]], chosen: object) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for label, value in options:
        box.addItem(label, value)
    box.setCurrentIndex(next(i for i, (_, value) in enumerate(options) if value == chosen))
    box.setMinimumWidth(200)
    return box


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    set_role(label, "strong")
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    return rule


def _left(widget: QWidget) -> QWidget:
    """The widget at its own width, at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder


def _grid(rows: list[tuple[str, QWidget]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, LABELS)
    grid.setColumnStretch(1, 1)
    for place, (words, widget) in enumerate(rows):
        label = QLabel(words)
        set_role(label, "muted")
        label.setMinimumHeight(2 * label.fontMetrics().height() - 2)  # as high as a field
        grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, place, 1)
    return grid
