"""The list of what was sent: when, from which account, to whom, by whose click. Changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from monitor.model.outgoing import AuditEntry, SendingState
from ui.bridge import Bridge
from ui.when import clock, day

MOST = 1000
WORDS_COLUMN = 3


class SentList(QDialog):
    """Newest first, at most MOST."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was sent"))
        self.resize(860, 480)
        heads = [
            self.tr("When"),
            self.tr("From"),
            self.tr("To"),
            self.tr("Reply"),
            self.tr("State"),
            self.tr("By"),
        ]
        self._bridge = bridge
        self.table = QTableWidget(0, len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setAccessibleName(self.windowTitle())
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        sizes = self.table.horizontalHeader()
        sizes.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        sizes.setSectionResizeMode(WORDS_COLUMN, QHeaderView.ResizeMode.Stretch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table)
        column.addWidget(buttons)
        bridge.ask(bridge.audit(MOST), self._take)

    def _take(self, entries: tuple[AuditEntry, ...]) -> None:
        self.table.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            for column, words in enumerate(self._words(entry)):
                cell = QTableWidgetItem(words)
                cell.setToolTip(words)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, cell)

    def _words(self, entry: AuditEntry) -> list[str]:
        sending = entry.sending
        at = sending.sent_at or sending.attempted_at or sending.created_at
        state = {
            SendingState.WAITING: self.tr("waits"),
            SendingState.SENDING: self.tr("being sent"),
            SendingState.SENT: self.tr("sent"),
            SendingState.FAILED: self.tr("not sent"),
            SendingState.UNKNOWN: self.tr("nobody knows"),
            SendingState.CANCELLED: self.tr("taken back"),
        }[sending.state]
        return [
            f"{day(at)} {clock(at)}",
            f"@{entry.handle}",
            entry.to,
            " ".join(sending.text.split()),
            state,
            sending.clicked_by,
        ]
