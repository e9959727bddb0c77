"""The list of what was sent: when, from which account, to whom, by whose click; each leads to its page. Changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from monitor.errors import VigieError
from monitor.model.outgoing import AuditEntry, SendingState
from ui.bridge import Bridge
from ui.links import host_of, open_in_browser
from ui.theme import set_role
from ui.views.empty_state import EmptyState
from ui.when import exact

MOST = 1000
SIZE = QSize(960, 520)
MARGIN = 40
"""Logical pixels that stay free around the list on a small screen."""
NAMES, NAME_WIDTH, WORDS_COLUMN = (1, 2), 140, 3


class SentList(QDialog):
    """Newest first, at most MOST. The chosen one is shown in full below, with the network's reason."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was sent"))
        room = self.screen().availableSize() - QSize(MARGIN, MARGIN)
        self.resize(SIZE.boundedTo(room))
        self._bridge = bridge
        self._entries: tuple[AuditEntry, ...] = ()
        self.table = self._make_table()
        self.table.currentCellChanged.connect(lambda row, *_: self._show(row))
        self.full = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.full.hide()
        self.empty = EmptyState()
        self.empty.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops put one there that is not of our look
        buttons.rejected.connect(self.reject)
        self.page = buttons.addButton(
            self.tr("Open in the browser"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.page.setEnabled(False)
        self.page.clicked.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.full)
        column.addWidget(self.empty, 1)
        column.addWidget(buttons)
        self.page.setDefault(True)  # Enter in the list presses it
        bridge.ask(bridge.audit(MOST), self._take, self._fail)

    def _make_table(self) -> QTableWidget:
        heads = [
            self.tr("When"),
            self.tr("From"),
            self.tr("To"),
            self.tr("Reply"),
            self.tr("State"),
            self.tr("By"),
        ]
        table = QTableWidget(0, len(heads))
        set_role(table, "list")
        table.setHorizontalHeaderLabels(heads)
        table.setAccessibleName(self.windowTitle())
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        sizes = table.horizontalHeader()
        sizes.setHighlightSections(False)
        sizes.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sizes.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        sizes.setSectionResizeMode(WORDS_COLUMN, QHeaderView.ResizeMode.Stretch)
        for column in NAMES:  # as long as they like: the reply must keep room
            sizes.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            sizes.resizeSection(column, NAME_WIDTH)
        return table

    def _take(self, entries: tuple[AuditEntry, ...]) -> None:
        self._entries = entries
        if not entries:
            self._tell(
                self.tr("Nothing was sent yet"),
                self.tr(
                    "Replies sent from Vigie are listed here, with the account and who clicked."
                ),
            )
            return
        self.table.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            for column, words in enumerate(self._words(entry)):
                cell = QTableWidgetItem(words)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, cell)
        self.table.setCurrentCell(0, 0)

    def _fail(self, error: VigieError) -> None:
        say = self._bridge.say
        self._tell(say(error.title), f"{say(error.message)} {say(error.hint)}")

    def _tell(self, title: str, words: str) -> None:
        self.empty.say(title, words)
        self.empty.show()
        self.table.hide()

    def _show(self, row: int) -> None:
        """All that the row has no room for."""
        entry = self._entries[row]
        sending = entry.sending
        who = " → ".join(filter(None, (f"@{entry.handle}", entry.to)))
        told = [self._bridge.say(one) for one in (sending.error, sending.hint) if one is not None]
        self.page.setEnabled(bool(host_of(sending.url)))
        self.full.setText("\n".join(filter(None, (who, sending.text, " ".join(told)))))
        self.full.show()

    def _open(self) -> None:
        """The published reply where it stands."""
        row = self.table.currentRow()
        if 0 <= row < len(self._entries):
            open_in_browser(self._entries[row].sending.url)

    def _words(self, entry: AuditEntry) -> list[str]:
        sending = entry.sending
        at = sending.sent_at or sending.attempted_at or sending.due_at
        state = {
            SendingState.WAITING: self.tr("waits"),
            SendingState.SENDING: self.tr("being sent"),
            SendingState.SENT: self.tr("sent"),
            SendingState.FAILED: self.tr("not sent"),
            SendingState.UNKNOWN: self.tr("nobody knows"),
            SendingState.CANCELLED: self.tr("taken back"),
        }[sending.state]
        return [
            exact(at),
            f"@{entry.handle}",
            entry.to,
            " ".join(sending.text.split()),
            state,
            sending.clicked_by,
        ]
