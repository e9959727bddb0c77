"""Moments in words, as one says them: "2 min ago", "in 13 min", "yesterday 18:02". Pure but for the locale.

Moments are aware datetimes in any zone; the words are in the person's own zone and language.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTime

translate = QCoreApplication.translate
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def ago(at: datetime, now: datetime) -> str:
    """How long ago, for a place with room for two or three words."""
    seconds = (now - at).total_seconds()
    if seconds < MINUTE:
        return translate("When", "just now")
    if seconds < HOUR:
        return translate("When", "%n min ago", None, int(seconds // MINUTE))
    if _days_between(at, now) == 0:
        return translate("When", "%n h ago", None, int(seconds // HOUR))
    if _days_between(at, now) == 1:
        return translate("When", "yesterday {time}").format(time=clock(at))
    if seconds < 7 * DAY:
        return translate("When", "%n day(s) ago", None, _days_between(at, now))
    return day(at)


def since(at: datetime, now: datetime) -> str:
    """The moment something began, to stand after "since": "14:02", "yesterday 18:02", "Thursday"."""
    days = _days_between(at, now)
    if days <= 0:
        return clock(at)
    if days == 1:
        return translate("When", "yesterday {time}").format(time=clock(at))
    if days < 7:
        return QLocale().dayName(at.astimezone().isoweekday())
    return day(at)


def until(at: datetime, now: datetime) -> str:
    """How long still, for something that is planned."""
    seconds = (at - now).total_seconds()
    if seconds <= 0:
        return translate("When", "now")
    if seconds < MINUTE:
        return translate("When", "in a moment")
    if seconds < HOUR:
        return translate("When", "in %n min", None, round(seconds / MINUTE))
    if seconds < DAY:
        return translate("When", "in %n h", None, round(seconds / HOUR))
    return exact(at)


def clock(at: datetime) -> str:
    """The time of day, as the locale writes it."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def day(at: datetime) -> str:
    """The date, short."""
    local = at.astimezone()
    return QLocale().toString(_qt(local).date(), QLocale.FormatType.ShortFormat)


def exact(at: datetime) -> str:
    """Date and time, short."""
    return QLocale().toString(_qt(at.astimezone()), QLocale.FormatType.ShortFormat)


def _qt(local: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(local.timestamp()))


def _days_between(earlier: datetime, later: datetime) -> int:
    return (later.astimezone().date() - earlier.astimezone().date()).days
