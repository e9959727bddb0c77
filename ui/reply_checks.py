"""What to look at before a reply is published. Pure but for its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from monitor.model.outgoing import ReplyLimits
from monitor.text import Text
from ui.words import language_word, number

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_CARD_OR_ACCOUNT = re.compile(r"\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|0)(?:[ .()-]*\d){8,11}(?!\w)")
_BLANK = re.compile(r"\{[^{}\n]{1,40}\}|\[[^\[\]\n]{1,40}\](?!\()|_{3,}")
NAMED = 3
"""So many blanks are named, lest the line grow too long."""


@dataclass(frozen=True, slots=True)
class Check:
    """`fine` is shown as a tick, otherwise as something to look at; it never forbids anything."""

    words: str
    fine: bool


def checks(reply: str, language: str, mention_language: str) -> list[Check]:
    """For a reply in `language` to a mention in `mention_language` (ISO 639-1, "" unknown)."""
    return [_language(language, mention_language), _personal(reply), *_blanks(reply)]


def length_checks(limits: ReplyLimits | None, say: Callable[[Text], str]) -> list[Check]:
    """What the network says about the length; nothing where it is not sent from here."""
    if limits is None:
        return []
    # They stand between dots: a full stop of their own would be one sign too many.
    notes = [Check(say(note).removesuffix("."), fine=True) for note in limits.notes]
    if limits.used < limits.least:
        words = QCoreApplication.translate("Checks", "too short for the network")
        return [Check(words, fine=False), *notes]
    if not limits.fits:
        words = QCoreApplication.translate("Checks", "too long for the network")
        return [Check(words, fine=False), *notes]
    return notes


def length_words(length: int, limits: ReplyLimits | None) -> str:
    """How long the reply is: of how much, where a network counts."""
    if limits is not None:
        used = limits.used if length else 0  # the @name that is added is no reply yet
        return f"{number(used)} / {number(limits.most)}"
    if not length:
        return ""
    words = QCoreApplication.translate("ReplyPanel", "%n character(s)", None, length)
    return words.replace(str(length), number(length), 1)


def why_not_sent(length: int, limits: ReplyLimits | None) -> str:
    """Why these many characters cannot be sent; "" when they can."""
    translate = QCoreApplication.translate
    if not length:
        return translate(
            "ReplyPanel", "Nothing is written yet: write a reply, or use the proposed draft"
        )
    if limits is not None and limits.used < limits.least:
        return translate("ReplyPanel", "The reply is too short for the network")
    if limits is not None and not limits.fits:
        return translate("ReplyPanel", "The reply is too long for the network")
    return ""


def blanks(reply: str) -> list[str]:
    """What a template left to fill in, each once."""
    return list(dict.fromkeys(_BLANK.findall(reply)))


def first_blank(reply: str) -> tuple[int, int]:
    """Where the first one stands, in code points; (0, 0) without one."""
    found = _BLANK.search(reply)
    return found.span() if found is not None else (0, 0)


def not_copied(*, empty: bool) -> str:
    """There was nothing to copy: what stands there now, and what to do with it."""
    translate = QCoreApplication.translate
    if empty:
        return translate(
            "ReplyPanel",
            "Nothing was copied: the reply is empty. Write it, then press “Copy and open” again.",
        )
    return translate(
        "ReplyPanel",
        "Nothing was copied: the reply was empty. A template was put in; make it yours, "
        "then press “Copy and open” again.",
    )


def _language(language: str, mention_language: str) -> Check:
    translate = QCoreApplication.translate
    if not mention_language or language == mention_language:
        return Check(language_word(language), fine=True)
    words = translate("Checks", "they wrote in {language}")
    return Check(words.format(language=language_word(mention_language)), fine=False)


def _personal(reply: str) -> Check:
    translate = QCoreApplication.translate
    if _CARD_OR_ACCOUNT.search(reply):
        return Check(translate("Checks", "a card or account number is in it"), fine=False)
    if _MAIL.search(reply):
        return Check(translate("Checks", "a mail address is in it"), fine=False)
    if _PHONE.search(reply):
        return Check(translate("Checks", "a phone number is in it"), fine=False)
    return Check(translate("Checks", "no personal data"), fine=True)


def _blanks(reply: str) -> list[Check]:
    left = blanks(reply)
    if not left:
        return []
    words = QCoreApplication.translate("Checks", "still to fill: {blanks}")
    return [Check(words.format(blanks=", ".join(left[:NAMED])), fine=False)]
