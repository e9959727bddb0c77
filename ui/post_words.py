"""The words for what a network tells of a post beside its text: stars, counts, that it is gone.

Needs Qt's translators; no widgets.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from monitor.model.mention import Mention, OwnAnswer
from monitor.model.post import Post
from ui.links import host_of
from ui.when import ago
from ui.words import number, withdrawn_word

translate = QCoreApplication.translate
MOST_STARS = 5


def stars(rating: int) -> str:
    """ "★★☆☆☆"; for eyes only, `spoken_stars` says it."""
    given = min(max(rating, 0), MOST_STARS)
    return "★" * given + "☆" * (MOST_STARS - given)


def spoken_stars(rating: int) -> str:
    return translate("Post", "%n of 5 stars", None, rating)


def counts_line(post: Post) -> str:
    """ "3 replies · 12 likes · 1 share"; what nobody did is left out."""
    said = (
        _counted(translate("Post", "%n reply(ies)", None, post.replies or 0), post.replies),
        _counted(translate("Post", "%n like(s)", None, post.likes or 0), post.likes),
        _counted(translate("Post", "%n share(s)", None, post.shares or 0), post.shares),
    )
    return " · ".join(part for part in said if part)


def withdrawn_sentence() -> str:
    return translate(
        "Post", "Deleted by its author or the network; what it said is no longer kept."
    )


def answered_sentence(answer: OwnAnswer, now: datetime) -> str:
    """That the person answered from elsewhere: as whom, where and when."""
    author, place = answer.author, host_of(answer.url)
    who = f"@{author.handle}" if author.handle else author.name
    if place:
        words = translate("Post", "Answered {when} from {who} on {place}, not through Vigie.")
    else:
        words = translate("Post", "Answered {when} from {who}, not through Vigie.")
    return words.format(who=who, place=place, when=ago(answer.at, now))


def excerpt(mention: Mention, longest: int) -> str:
    """What it says on one line, at most `longest` code points; or that it is gone."""
    return withdrawn_word() if mention.withdrawn else mention.post.excerpt(longest)


def _counted(words: str, count: int | None) -> str:
    """With the locale's separators: "1,284 likes"."""
    return words.replace(str(count), number(count), 1) if count else ""
