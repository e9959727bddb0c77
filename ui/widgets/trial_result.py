"""What a test of a source brought: the latest post, how many there are, what will not be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from monitor.model.post import Post
from monitor.model.source_form import Trial
from monitor.text import Text
from ui.theme import set_role
from ui.when import ago
from ui.words import number

LONGEST = 220
"""Code points shown of the latest post."""


class TrialResult(QWidget):
    """Hidden until `show_trial`. `words` is all of it, for a screen reader."""

    def __init__(self, say: Callable[[Text], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._latest = _label("plain")
        self._byline = _label("muted")
        self._counts = _label("strong")
        self._missing = _label("warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in self._parts:
            column.addWidget(label)
        self.hide()

    @property
    def words(self) -> str:
        return " ".join(label.text() for label in self._parts if label.text())

    def show_trial(self, trial: Trial, unseen: Text | None) -> None:
        """`unseen` stands elsewhere already and is not said twice."""
        self._counts.setText(self._counted(trial))
        newest = trial.newest
        self._latest.setText(
            self.tr("Latest: “{words}”").format(words=newest.excerpt(LONGEST)) if newest else ""
        )
        self._byline.setText(_signed(newest) if newest else "")
        rest = [self._say(sentence) for sentence in trial.missing if sentence != unseen]
        self._missing.setText(" ".join(rest))
        for label in self._parts:
            label.setVisible(bool(label.text()))
        self.setAccessibleName(self.words)
        self.show()

    @property
    def _parts(self) -> tuple[QLabel, ...]:
        return self._counts, self._latest, self._byline, self._missing

    def _counted(self, trial: Trial) -> str:
        if not trial.posts:
            return ""
        posts = self.tr("%n post(s) now", None, trial.posts)
        if not trial.naming:
            return self.tr("{posts}, none about your brands yet").format(posts=posts)
        naming = self.tr("%n about your brands", None, trial.naming)
        return f"{posts}, {naming}"


def _signed(post: Post) -> str:
    """Who wrote it and when, with the stars where the network has them."""
    author = post.author.name or post.author.handle
    stars = f"{number(post.rating)} ★" if post.rating else ""
    when = ago(post.published, datetime.now(UTC)) if post.published is not None else ""
    return " · ".join(part for part in (author, stars, when) if part)


def _label(role: str) -> QLabel:
    """For a stranger's words."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    set_role(label, role)
    return label
