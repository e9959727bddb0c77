"""Trustpilot: reviews of the person's own business, by the notices it writes to their mailbox.

Its interface belongs to a paid plan (businessunitprofile, api.trustpilot.com), and reading its pages
by a program is forbidden by its terms. The wording of notices was never documented; English and
French are understood as they are known. Links lose what counts clicks. Limits: the mailbox's.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from monitor.infra.imap import ImapClient
from monitor.model.post import Author
from monitor.sources.base import Capability, SourceInfo
from monitor.sources.mail_kind import MAIL_FIELDS, MailKind, Notices, Understood
from monitor.sources.mail_letter import Letter
from monitor.sources.notice_words import is_within, words_of_the_person
from monitor.text import text

_DOMAINS = ("trustpilot.com", "trustpilotmail.com")

_NUMBERS = {
    **{word: at for at, word in enumerate("one two three four five".split(), 1)},
    **{word: at for at, word in enumerate("une deux trois quatre cinq".split(), 1)},
}
_COUNT = r"(?<![\w.,/])(?P<stars>[1-5]|" + "|".join(_NUMBERS) + ")"
_SAID = _COUNT + r"(?:\s*/\s*5|[\s-]*(?:stars?|étoiles?)| (?:out of|sur) (?:5|five|cinq))(?!\w)"
_STARS = re.compile(_SAID, re.IGNORECASE)
_LINE = re.compile(
    r"(?:(?:rating|rated|note|évaluation|trustpilot)\s*:?\s*)?"
    + _SAID
    + r"(?: (?:review|stars?|étoiles?))?(?:\s*[:–-]\s*\w+)?",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"^(★{1,5})(☆{0,4})$")
_WHO = (
    re.compile(
        r"^(?P<who>.{2,80}?) (?:has |just )*(?:left|wrote|posted|gave|reviewed)\b", re.IGNORECASE
    ),
    re.compile(
        r"^(?P<who>.{2,80}?) (?:vous )?a (?:laissé|écrit|publié|posté|donné|noté|évalué)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:review|avis)\b.{0,40}? (?:from|by|de) (?P<who>[^:!?]{2,80})$", re.IGNORECASE),
)
_LABEL = re.compile(
    r"^(?:reviewer|reviewed by|review by|author|auteur|avis de)\s*:?\s(?P<who>[^:!?]{2,80})$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:you|your|vous|votre|someone|customer|client|trustpilot|review|avis|stars?|étoiles?)\b",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:(?:reply to|respond to|view|see|read|report|share|répondre à|voir|lire|signaler|partager)"
    r"(?: (?:the|this|full|cet|le))*(?: |’|')(?:l(?:’|'))?(?:reviews?|avis)(?: (?:on|sur) trustpilot)?|"
    r"reply|répondre|trustpilot|[★☆ ]+|"
    r"(?:order|reference|commande|référence)(?: (?:id|number|no|numéro|n°))?\s*:\s*#?[\w-]*\d[\w-]*)\s*:?",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"/reviews/([0-9a-f]{24})(?![0-9a-f])")
_BUSINESS = re.compile(r"^/review/([\w.-]{3,200})/?$")
_PUBLIC = re.compile(r"(?:www|[a-z]{2}|[a-z]{2}-[a-z]{2})\.trustpilot\.com")

_INFO = SourceInfo(
    kind="trustpilot-mail",
    label=text("Trustpilot: notices by e-mail"),
    fields=MAIL_FIELDS,
    capabilities=frozenset({Capability.FEED}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Reviews Trustpilot writes no e-mail about, the rest of a text its notice cuts, later edits, "
        "deletions and answers. Trustpilot may change its notices: what is no longer understood is "
        "shown with its subject and text, without stars, author and link."
    ),
    network="mail",
    hosts=("trustpilot.com", "business.trustpilot.com", "businessapp.b2b.trustpilot.com"),
    own_place=True,
)


def understood(letter: Letter) -> Understood:
    """Pure and total."""
    lines = [line.strip() for line in letter.text.split("\n")]
    rating, who = _rating(letter, lines), _who(letter, lines)
    url, thread = _review_of(letter)
    if rating is None and not thread:
        return Understood()

    def furniture(line: str) -> bool:
        around = (_BUTTON.fullmatch(line), _LINE.fullmatch(line), _LABEL.match(line))
        return any(around) or (who != "" and who in (line, _says_who(line)))

    return Understood(
        text=words_of_the_person(letter, _DOMAINS, furniture),
        author=Author(name=who),
        url=url,
        thread_id=thread,
        rating=rating,
    )


def _rating(letter: Letter, lines: list[str]) -> int | None:
    """The subject's stars, else the first line or picture that is nothing but stars: people write of
    stars too."""
    if found := _STARS.search(letter.subject):
        return _number(found["stars"])
    for line in (*lines, *letter.pictures):
        drawn = _DRAWN.match(line.replace(" ", ""))
        if drawn and (drawn[2] or len(drawn[1]) == 5):
            return len(drawn[1])
        if found := _LINE.fullmatch(line):
            return _number(found["stars"])
    return None


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


def _who(letter: Letter, lines: list[str]) -> str:
    if found := _says_who(letter.subject):
        return found
    labels = (label["who"].strip() for line in lines if (label := _LABEL.match(line)))
    return next(labels, "")


def _says_who(line: str) -> str:
    for form in _WHO:
        found = form.search(line)
        if found and not _NOBODY.search(found["who"]):
            return found["who"].strip()
    return ""


def _review_of(letter: Letter) -> tuple[str, str]:
    """Address and number of the review; the page of the business where no link names a review."""
    business = ""
    for link in letter.links:
        if not is_within(link.url, _DOMAINS[:1]):
            continue
        parts = urlsplit(link.url)
        host = parts.hostname or ""
        site = f"https://{host if _PUBLIC.fullmatch(host) else 'www.trustpilot.com'}"
        if review := _REVIEW.search(unquote(f"{parts.path}#{parts.fragment}")):
            return f"{site}/reviews/{review[1]}", review[1]
        page = _BUSINESS.match(parts.path)
        if page and not business:
            business = f"{site}/review/{page[1]}"
    return business, ""


KIND = MailKind(
    _INFO,
    Notices(
        "Trustpilot", "trustpilot", _DOMAINS, "https://businessapp.b2b.trustpilot.com/", understood
    ),
    ImapClient(),
)
