"""What to look at before a reply is published. Pure but for its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.words import language_word

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_CARD_OR_ACCOUNT = re.compile(r"\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|0)(?:[ .()-]*\d){8,11}(?!\w)")
_BLANK = re.compile(r"\{[^{}\n]{1,40}\}|\[[^\[\]\n]{1,40}\]|_{3,}")


@dataclass(frozen=True, slots=True)
class Check:
    """`fine` is shown as a tick, otherwise as something to look at; it never forbids anything."""

    words: str
    fine: bool


def checks(reply: str, language: str, mention_language: str) -> list[Check]:
    """For a reply in `language` to a mention in `mention_language` (ISO 639-1, "" unknown)."""
    return [_language(language, mention_language), _personal(reply), *_blanks(reply)]


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
    blanks = list(dict.fromkeys(_BLANK.findall(reply)))
    if not blanks:
        return []
    words = QCoreApplication.translate("Checks", "still to fill: {blanks}")
    return [Check(words.format(blanks=", ".join(blanks[:3])), fine=False)]
