"""The words of the interface for what the engine calls by short names: tones, intents, ages.

Needs Qt's translators; no widgets.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from monitor.model.mention import Correction, Mention, TriageState, View
from monitor.model.verdict import Intent, Tone, Urgency


def tone_word(tone: Tone) -> str:
    return {
        Tone.NEGATIVE: QCoreApplication.translate("Words", "Negative"),
        Tone.NEUTRAL: QCoreApplication.translate("Words", "Neutral"),
        Tone.POSITIVE: QCoreApplication.translate("Words", "Positive"),
        Tone.UNKNOWN: QCoreApplication.translate("Words", "Tone not known"),
    }[tone]


def intent_word(intent: Intent) -> str:
    """The intent in a word; empty for OTHER, which would tell nothing."""
    return {
        Intent.COMPLAINT: QCoreApplication.translate("Words", "Complaint"),
        Intent.QUESTION: QCoreApplication.translate("Words", "Question"),
        Intent.REQUEST: QCoreApplication.translate("Words", "Request"),
        Intent.PRAISE: QCoreApplication.translate("Words", "Praise"),
        Intent.SUGGESTION: QCoreApplication.translate("Words", "Suggestion"),
        Intent.PURCHASE: QCoreApplication.translate("Words", "Wants to buy"),
        Intent.NEWS: QCoreApplication.translate("Words", "News"),
        Intent.SPAM: QCoreApplication.translate("Words", "Spam"),
        Intent.OTHER: "",
    }[intent]


def view_word(view: View) -> str:
    return {
        View.TO_ANSWER: QCoreApplication.translate("Words", "To answer"),
        View.ALL: QCoreApplication.translate("Words", "All mentions"),
        View.WAITING: QCoreApplication.translate("Words", "Waiting"),
        View.ALERTS: QCoreApplication.translate("Words", "Alerts"),
        View.DRAFTS: QCoreApplication.translate("Words", "Drafts"),
        View.DONE: QCoreApplication.translate("Words", "Done"),
    }[view]


def state_word(state: TriageState) -> str:
    """Empty for OPEN and for WAITING, whose time is shown instead."""
    if state is TriageState.ANSWERED:
        return QCoreApplication.translate("State", "Answered")
    if state is TriageState.DONE:
        return QCoreApplication.translate("State", "Done")
    return ""


def correction_word(correction: Correction) -> str:
    if correction is Correction.NOT_US:
        return QCoreApplication.translate("Words", "Not about us")
    return tone_word(Tone(correction.value))


def language_word(code: str) -> str:
    """A language in the reader's words for French and English, else in its own; "" for none."""
    if not code:
        return ""
    if code == "fr":
        return QCoreApplication.translate("Words", "French")
    if code == "en":
        return QCoreApplication.translate("Words", "English")
    language = QLocale.codeToLanguage(code)
    if language == QLocale.Language.AnyLanguage:
        return code
    return QLocale(language).nativeLanguageName() or code


def age(at: datetime, now: datetime) -> str:
    """How long ago, as short as it stays clear: "2 h", "yesterday", "4 May"."""
    passed = now - at
    if passed < timedelta(minutes=1):
        return QCoreApplication.translate("Words", "now")
    if passed < timedelta(hours=1):
        return QCoreApplication.translate("Words", "{n} min").format(
            n=str(passed // timedelta(minutes=1))
        )
    if passed < timedelta(hours=22):
        return QCoreApplication.translate("Words", "{n} h").format(
            n=str(passed // timedelta(hours=1))
        )
    day = local(at).date()
    today = local(now).date()
    if day.daysTo(today) == 1:
        return QCoreApplication.translate("Words", "yesterday")
    return short_day(day, today)


def moment(at: datetime, now: datetime) -> str:
    """A time to come: "today 14:00", "tomorrow 9:00", "4 May 9:00"."""
    there = local(at)
    clock = QLocale().toString(there.time(), QLocale.FormatType.ShortFormat)
    days = local(now).date().daysTo(there.date())
    if days == 0:
        return QCoreApplication.translate("Words", "today {time}").format(time=clock)
    if days == 1:
        return QCoreApplication.translate("Words", "tomorrow {time}").format(time=clock)
    if 1 < days < 7:
        return f"{QLocale().toString(there.date(), 'dddd')} {clock}"
    return f"{short_day(there.date(), local(now).date())} {clock}"


def short_day(day: QDate, today: QDate) -> str:
    """ "4 May", with the year when it is not this one."""
    form = "d MMM" if day.year() == today.year() else "d MMM yyyy"
    return QLocale().toString(day, form)


def full_moment(at: datetime) -> str:
    """Day and time in full, for tool tips."""
    return QLocale().toString(local(at), QLocale.FormatType.LongFormat)


def local(at: datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000))


def number(value: int) -> str:
    """With the locale's separators: "1,284", "1 284"."""
    return QLocale().toString(value)


def percent(share: float) -> str:
    return QCoreApplication.translate("Words", "{n}%").format(n=round(share * 100))


def outlets_word(count: int) -> str:
    """How many places carry the same text."""
    return QCoreApplication.translate("Words", "%n outlet(s)", None, count)


def author_name(mention: Mention) -> str:
    """The author, else the place: someone must have said it."""
    author = mention.post.author
    return author.name or author.handle or mention.source_name


def withdrawn_word() -> str:
    """In the place of the text of a mention that is gone."""
    return QCoreApplication.translate("Words", "Deleted by its author or the network")


def spoken_mention(mention: Mention) -> str:
    """One row of the list for a screen reader."""
    judged = [
        tone_word(mention.tone),
        intent_word(mention.verdict.intent),
        QCoreApplication.translate("Words", "Urgent")
        if mention.verdict.urgency is Urgency.URGENT
        else "",
    ]
    parts = [
        author_name(mention),
        mention.source_name,
        *([] if mention.withdrawn else judged),
        "" if mention.seen else QCoreApplication.translate("Words", "not read yet"),
        withdrawn_word() if mention.withdrawn else mention.post.full_text[:300],
    ]
    return ", ".join(part for part in parts if part)
