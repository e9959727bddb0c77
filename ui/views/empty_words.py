"""What each empty list says and offers. Words only."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from monitor.model.mention import View


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """`step` is "clear", "all", "sources" or ""; `label` is what its button says."""

    title: str
    words: str
    step: str = ""
    label: str = ""


def empty_words(view: View, filtered: bool) -> EmptyWords:
    """For the list of `view`; `filtered` when a search or a quick filter is on."""
    tr = QCoreApplication.translate
    if filtered:
        return EmptyWords(
            tr("Empty", "Nothing matches."),
            tr("Empty", "No mention here passes the search and the filters."),
            "clear",
            tr("Empty", "Clear the filters"),
        )
    if view is View.TO_ANSWER:
        return EmptyWords(
            tr("Empty", "Nothing to answer."),
            tr(
                "Empty", "Complaints, questions and requests that name you come here by themselves."
            ),
            "all",
            tr("Empty", "See all mentions"),
        )
    if view is View.WAITING:
        return EmptyWords(
            tr("Empty", "Nothing is waiting."),
            tr("Empty", "Press S on a mention and it comes back when you say."),
        )
    if view is View.ALERTS:
        return EmptyWords(
            tr("Empty", "No alerts."),
            tr("Empty", "A new negative mention raises one, here and on your desktop."),
        )
    if view is View.DRAFTS:
        return EmptyWords(
            tr("Empty", "No drafts."),
            tr("Empty", "Press R on a mention and write; every word is kept as you type."),
        )
    if view is View.DONE:
        return EmptyWords(
            tr("Empty", "Nothing done yet."),
            tr("Empty", "Mentions you answered or filed with E are kept here."),
        )
    return EmptyWords(
        tr("Empty", "No mention yet."),
        tr("Empty", "What your sources bring about your brands appears here."),
        "sources",
        tr("Empty", "See the sources"),
    )
