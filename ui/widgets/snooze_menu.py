"""When a mention comes back: in 3 hours, tomorrow, on Monday, or at a chosen time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QDateTime, QLocale, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QMenu, QPushButton, QWidget, QWidgetAction

MORNING = time(9)
MONDAY = 0


class SnoozeMenu(QMenu):
    """`chosen` carries an aware datetime. The entries answer to the digits they begin with."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Snooze until"))
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        now = datetime.now().astimezone()
        nine = QLocale().toString(QTime(MORNING.hour, 0), QLocale.FormatType.ShortFormat)
        choices = (
            (self.tr("&1  In 3 hours"), now + timedelta(hours=3)),
            (self.tr("&2  Tomorrow, {time}").format(time=nine), next_morning(now)),
            (self.tr("&3  Monday, {time}").format(time=nine), next_monday(now)),
        )
        for words, at in choices:
            self.addAction(words).triggered.connect(lambda _, when=at: self.chosen.emit(when))
        self.addSeparator()
        self._add_field(now)

    def _add_field(self, now: datetime) -> None:
        row = QWidget()
        field = QDateTimeEdit(
            QDateTime.fromSecsSinceEpoch(int((now + timedelta(hours=1)).timestamp()))
        )
        field.setMinimumDateTime(QDateTime.currentDateTime())
        field.setDisplayFormat(QLocale().dateTimeFormat(QLocale.FormatType.ShortFormat))
        field.setAccessibleName(self.tr("Come back at"))
        button = QPushButton(self.tr("Choose"))
        button.clicked.connect(lambda: self._choose(field))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(field, 1)
        layout.addWidget(button)
        action = QWidgetAction(self)
        action.setDefaultWidget(row)
        self.addAction(action)

    def _choose(self, field: QDateTimeEdit) -> None:
        seconds = field.dateTime().toSecsSinceEpoch()
        self.close()
        self.chosen.emit(datetime.fromtimestamp(seconds).astimezone())


def next_morning(now: datetime) -> datetime:
    """Tomorrow at nine, in the zone of `now`. Pure."""
    return datetime.combine(now.date() + timedelta(days=1), MORNING).astimezone()


def next_monday(now: datetime) -> datetime:
    """The coming Monday at nine; a week from now on a Monday. Pure."""
    days = (MONDAY - now.weekday() - 1) % 7 + 1
    return datetime.combine(now.date() + timedelta(days=days), MORNING).astimezone()
