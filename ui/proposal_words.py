"""The words for what a brand could listen to and leave out. Needs Qt's translators; no widgets."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.model.post import Post
from monitor.model.proposal import Exclusion, Leaves, Proposal, Sampled
from ui.when import ago
from ui.words import language_word, number

translate = QCoreApplication.translate
EXCERPT = 200


def languages() -> tuple[str, ...]:
    """ISO 639-1: the interface's own, then English."""
    return tuple(dict.fromkeys((QLocale().name()[:2].lower(), "en")))


def country() -> str:
    """ISO 3166-1 of the system, "" where it says none."""
    _, _, code = QLocale.system().name().partition("_")
    return code if len(code) == 2 else ""


def edition(proposal: Proposal) -> str:
    """ "French (Belgium)", a server, a tag; "" where the network is one whole."""
    parts = [proposal.detail] if proposal.detail else []
    if proposal.language:
        language, place = language_word(proposal.language), country_word(proposal.country)
        parts.append(f"{language} ({place})" if place else language)
    return ", ".join(parts)


def country_word(code: str) -> str:
    """The country in the language of the interface; those no edition is made for by their code."""
    return {
        "AT": translate("Countries", "Austria"),
        "AU": translate("Countries", "Australia"),
        "BE": translate("Countries", "Belgium"),
        "BR": translate("Countries", "Brazil"),
        "CA": translate("Countries", "Canada"),
        "CH": translate("Countries", "Switzerland"),
        "DE": translate("Countries", "Germany"),
        "ES": translate("Countries", "Spain"),
        "FR": translate("Countries", "France"),
        "GB": translate("Countries", "United Kingdom"),
        "IE": translate("Countries", "Ireland"),
        "IN": translate("Countries", "India"),
        "IT": translate("Countries", "Italy"),
        "MX": translate("Countries", "Mexico"),
        "NZ": translate("Countries", "New Zealand"),
        "PT": translate("Countries", "Portugal"),
        "US": translate("Countries", "United States"),
        "ZA": translate("Countries", "South Africa"),
    }.get(code, code)


def found(sampled: Sampled) -> str:
    """How much a source would bring, in few words."""
    naming, week = len(sampled.naming), sampled.week
    if sampled.problem is not None:
        return translate("Proposals", "no answer")
    if not sampled.asked:
        return translate("Proposals", "not asked")
    if not naming:
        return translate("Proposals", "nothing yet")
    if sampled.noisy:
        among = translate("Proposals", "{found} of {shown} are about it")
        return among.format(found=number(naming), shown=number(len(sampled.posts)))
    if not week:
        return translate("Proposals", "%n older", None, naming)
    if sampled.more:
        return translate("Proposals", "at least %n in the last 7 days", None, week)
    return translate("Proposals", "%n in the last 7 days", None, week)


def sample_line(post: Post, now: datetime) -> str:
    """What somebody wrote, who, and when."""
    parts = [translate("Proposals", "“{words}”").format(words=post.excerpt(EXCERPT))]
    if who := post.author.name or post.author.handle:
        parts.append(who)
    if post.published is not None:
        parts.append(ago(post.published, now))
    return " · ".join(parts)


def exclusion_word(exclusion: Exclusion) -> str:
    """What would be left out: "juice" near the name, an author, a site, a language."""
    value = exclusion.value
    if exclusion.leaves is Leaves.LANGUAGE:
        return translate("Proposals", "In {language}").format(language=language_word(value))
    if exclusion.leaves is Leaves.SITE:
        return translate("Proposals", "On {site}").format(site=value)
    if exclusion.leaves is Leaves.AUTHOR:
        return translate("Proposals", "By {author}").format(author=value)
    return translate("Proposals", "With “{word}”").format(word=value)
