"""The words and colours for how a source is doing. Needs Qt's translators; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.model.brand import Brand
from monitor.model.source import ImportReport, SourceState, SourceStatus, Turn
from ui.when import ago, since, until

translate = QCoreApplication.translate

COLORS = {
    SourceState.NEW: "neutral",
    SourceState.LISTENING: "positive",
    SourceState.WAITING: "warning",
    SourceState.NEEDS_YOU: "negative",
    SourceState.PAUSED: "neutral",
    SourceState.GONE: "negative",
}
"""Palette tokens; the word and the mark's shape say the same without colour."""


WELL = (SourceState.LISTENING, SourceState.NEW)
"""Those that listen. One that failed and tries again does not."""


def state_word(state: SourceState) -> str:
    return {
        SourceState.NEW: translate("Sources", "Not checked yet"),
        SourceState.LISTENING: translate("Sources", "Listening"),
        SourceState.WAITING: translate("Sources", "Tries again"),
        SourceState.NEEDS_YOU: translate("Sources", "Needs you"),
        SourceState.PAUSED: translate("Sources", "Paused"),
        SourceState.GONE: translate("Sources", "Gone for good"),
    }[state]


def short_address(address: str) -> str:
    """The address as one reads it: without scheme, login, "www.", closing slash and percent signs."""
    try:
        parts = urlsplit(address)
    except ValueError:  # what a person typed need not be an address
        return address
    if not parts.netloc:
        return address
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    written = f"{host}{parts.path.rstrip('/')}{query}"
    read = unquote(written)
    return read if read.isprintable() else written


def last_success_word(status: SourceStatus, now: datetime) -> str:
    if status.last_success is None:
        return translate("Sources", "never")
    return ago(status.last_success, now)


def next_check_word(status: SourceStatus, now: datetime) -> str:
    if status.turn is not None:
        return until(status.turn.at, now)
    if status.state is SourceState.PAUSED:
        return translate("Sources", "when resumed")
    if status.state is SourceState.NEEDS_YOU:
        return translate("Sources", "waits for you")
    if status.state is SourceState.GONE:
        return translate("Sources", "never")
    if status.next_due is None:
        return translate("Sources", "soon")
    return until(status.next_due, now)


def turn_word(turn: Turn, now: datetime) -> str:
    """Why a source that is due is not asked yet."""
    words = translate(
        "Sources",
        "It waits for its turn at {host}, which allows one request every %n second(s): {moment}.",
        None,
        round(turn.spacing),
    )
    return words.format(host=turn.host, moment=until(turn.at, now))


def per_day(status: SourceStatus) -> float:
    """New posts a day over the days we know of."""
    return sum(status.per_day) / len(status.per_day) if status.per_day else 0.0


def per_day_word(status: SourceStatus) -> str:
    return QLocale().toString(per_day(status), "f", 1)


def not_seen_word(status: SourceStatus, now: datetime) -> str:
    """What may have passed unseen."""
    if status.gap_since is not None:
        return translate("Sources", "since {moment}").format(moment=since(status.gap_since, now))
    if status.skipped:
        return translate("Sources", "%n unreadable item(s)", None, status.skipped)
    return translate("Sources", "none")


def interval_word(minutes: int) -> str:
    if minutes % (24 * 60) == 0:
        return translate("Sources", "every %n day(s)", None, minutes // (24 * 60))
    if minutes % 60 == 0:
        return translate("Sources", "every %n hour(s)", None, minutes // 60)
    return translate("Sources", "every %n minute(s)", None, minutes)


def spoken_source(status: SourceStatus, name: str, now: datetime) -> str:
    """One row of the table for a screen reader."""
    waits = () if status.turn is None else (turn_word(status.turn, now),)
    return ", ".join(
        (
            name,
            state_word(status.state),
            *waits,
            translate("Sources", "last success {moment}").format(
                moment=last_success_word(status, now)
            ),
            translate("Sources", "next check {moment}").format(moment=next_check_word(status, now)),
            translate("Sources", "{count} items a day").format(count=per_day_word(status)),
            translate("Sources", "not seen: {what}").format(what=not_seen_word(status, now)),
        )
    )


def headline(statuses: Sequence[SourceStatus], brands: Sequence[Brand], now: datetime) -> str:
    """ "41 listening for 2 brands. 1 needs you. Nothing was missed." Where none listens: why."""
    if not statuses:
        return ""
    if deaf := trouble(statuses, now):
        return deaf
    said = [_listening(sum(status.state in WELL for status in statuses), brands)]
    failing = [status for status in statuses if status.state is SourceState.WAITING]
    needing = sum(status.state is SourceState.NEEDS_YOU for status in statuses)
    gone = sum(status.state is SourceState.GONE for status in statuses)
    gaps = sum(status.gap_since is not None for status in statuses)
    if failing:
        words = translate("Sources", "%n cannot be read at the moment.", None, len(failing))
        said.append(f"{words} {_next_try(failing, now)}".strip())
    if needing:
        said.append(translate("Sources", "%n need(s) you.", None, needing))
    if gone:
        said.append(translate("Sources", "%n is/are gone for good.", None, gone))
    if gaps:
        said.append(translate("Sources", "%n may have missed posts.", None, gaps))
    elif failing or needing or gone:
        said.append(translate("Sources", "Nothing else was missed."))
    else:
        said.append(translate("Sources", "Nothing was missed."))
    return " ".join(said)


def trouble(statuses: Sequence[SourceStatus], now: datetime) -> str:
    """Why nothing can arrive at the moment; "" as long as one source listens, or all are paused."""
    awake = [status for status in statuses if status.state is not SourceState.PAUSED]
    if not awake or any(status.state in WELL for status in awake):
        return ""
    count = len(awake)
    if offline(statuses):
        words = translate(
            "Sources",
            "You seem to be offline: none of the %n source(s) could be reached.",
            None,
            count,
        )
    elif count == 1:
        words = translate("Sources", "The source cannot be read at the moment.")
    else:
        words = translate(
            "Sources", "None of the %n source(s) can be read at the moment.", None, count
        )
    said = [words]
    if all(status.last_success is None for status in awake):
        said.append(translate("Sources", "Nothing could be read yet."))
    needing = sum(status.state is SourceState.NEEDS_YOU for status in awake)
    if needing:
        said.append(translate("Sources", "%n need(s) you.", None, needing))
    failing = [status for status in awake if status.state is SourceState.WAITING]
    return " ".join(filter(None, (*said, _next_try(failing, now))))


def offline(statuses: Sequence[SourceStatus]) -> bool:
    """Whether none got any answer: of several sources not one. One alone may have moved away."""
    awake = [status for status in statuses if status.state is not SourceState.PAUSED]
    silent = [one for one in awake if one.state is SourceState.WAITING and one.unreached]
    return len(awake) > 1 and len(silent) == len(awake)


def _next_try(failing: Sequence[SourceStatus], now: datetime) -> str:
    due = [status.next_due for status in failing if status.next_due is not None]
    if not due:
        return ""
    return translate("Sources", "Next try: {moment}.").format(moment=until(min(due), now))


def _listening(count: int, brands: Sequence[Brand]) -> str:
    listening = translate("Sources", "%n source(s) listening", None, count)
    rivals = sum(brand.rival for brand in brands)
    own = len(brands) - rivals
    if not own:
        return f"{listening}."
    for_own = translate("Sources", "%n brand(s)", None, own)
    if not rivals:
        words = translate("Sources", "{listening} for {brands}.")
        return words.format(listening=listening, brands=for_own)
    for_rivals = translate("Sources", "%n rival(s)", None, rivals)
    words = translate("Sources", "{listening} for {brands} and {rivals}.")
    return words.format(listening=listening, brands=for_own, rivals=for_rivals)


def imported(report: ImportReport) -> str:
    """What an import did, one sentence for each thing that happened."""
    words = [translate("Sources", "%n source(s) added.", None, report.added)]
    if report.known:
        words.append(translate("Sources", "%n known already.", None, report.known))
    if report.unusable:
        count = len(report.unusable)
        unusable = translate("Sources", "%n line(s) could not be used: {lines}", None, count)
        words.append(unusable.format(lines=", ".join(report.unusable[:3])))
    return " ".join(words)
