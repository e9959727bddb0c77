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


def empty_words(view: View, filtered: bool, trouble: str = "") -> EmptyWords:
    """For the list of `view`; `filtered` when a search or a quick filter is on. `trouble` says why nothing
    can arrive at the moment, "" while sources listen."""
    translate = QCoreApplication.translate
    if filtered:
        return EmptyWords(
            translate("Empty", "Nothing matches."),
            translate("Empty", "No mention here passes the search and the filters."),
            "clear",
            translate("Empty", "Clear the filters"),
        )
    if trouble and view in (View.TO_ANSWER, View.ALL):
        return EmptyWords(
            translate("Empty", "Nothing can arrive at the moment."),
            trouble,
            "sources",
            translate("Empty", "See the sources"),
        )
    if view is View.TO_ANSWER:
        return EmptyWords(
            translate("Empty", "Nothing to answer."),
            translate(
                "Empty", "Complaints, questions and requests that name you come here by themselves."
            ),
            "all",
            translate("Empty", "See all mentions"),
        )
    if view is View.WAITING:
        return EmptyWords(
            translate("Empty", "Nothing is waiting."),
            translate("Empty", "Press S on a mention and it comes back when you say."),
        )
    if view is View.ALERTS:
        return EmptyWords(
            translate("Empty", "No alerts."),
            translate("Empty", "A new negative mention raises one, here and on your desktop."),
        )
    if view is View.DRAFTS:
        return EmptyWords(
            translate("Empty", "No drafts."),
            translate("Empty", "Press R on a mention and write; every word is kept as you type."),
        )
    if view is View.DONE:
        return EmptyWords(
            translate("Empty", "Nothing done yet."),
            translate("Empty", "Mentions you answered or filed with E are kept here."),
        )
    return EmptyWords(
        translate("Empty", "No mention yet."),
        translate("Empty", "What your sources bring about your brands appears here."),
        "sources",
        translate("Empty", "See the sources"),
    )
