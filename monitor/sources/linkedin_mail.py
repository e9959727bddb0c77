"""LinkedIn: mentions and comments, by the notices it writes to the person's mailbox.

Its interface is open to approved companies only (learn.microsoft.com, Community Management API), and
reading its pages by a program is forbidden by its terms: what it sends the person itself stays. The
wording was never documented; English and French are understood as they are known. Links in notices
count clicks and log in (otpToken): only the post's own address is kept. Limits: the mailbox's.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from monitor.infra.imap import ImapClient
from monitor.model.post import Author
from monitor.sources.base import Capability, SourceInfo
from monitor.sources.mail_kind import MAIL_FIELDS, MailKind, Notices, Understood
from monitor.sources.mail_letter import Letter
from monitor.sources.notice_words import is_within, words_of_the_person
from monitor.text import text

_DOMAINS = ("linkedin.com",)
_SITE = "https://www.linkedin.com"

_OTHERS = r"(?:,? (?:and|et) \d+ (?:others?|autres?)(?: \w+)?)?"
_WHO = (
    re.compile(
        rf"^(?P<who>.{{2,80}}?){_OTHERS} (?:has |have |just )*"
        r"(?:mentioned|commented|replied|reposted|reshared|shared|tagged|posted)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<who>.{{2,80}}?){_OTHERS} (?:vous |y |en )?(?:a|ont) "
        r"(?:mentionn|comment|répond|republi|partag|identifi|cit|publi)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:new|nouveau|nouvelle) (?:comment|reply|mention|post|commentaire|réponse|publication) "
        r"(?:from|by|de) (?P<who>.{2,80})$",
        re.IGNORECASE,
    ),
)
# Said to the person alone, about numbers, or a click without words.
_NO_POST = re.compile(
    r"\b(?:liked|reacted to|celebrated|(?:a|ont) (?:aimé|réagi)|"
    r"sent you|messaged you|new messages?|unread messages?|messages? non lus?|nouveaux? messages?|"
    r"envoyé (?:un|des|\d+) (?:nouveaux? )?messages?|"
    r"viewed your|your profile|votre profil|appeared in|"
    r"(?:wants?|would like|'d like) to connect|invitation|rejoindre votre réseau|"
    r"(?:pin|code) (?:is|est)|your .{0,20}(?:pin|code)|code de (?:vérification|sécurité)|"
    r"reset your|password|mot de passe|birthday|anniversaire|"
    r"jobs? (?:for you|alert)|new jobs?|offres? d(?:’|')emploi)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:liked|reacted|aimé|réagi|you|your|vous|votre|vos|someone|quelqu)\b|[:?!]", re.IGNORECASE
)
_VIA = re.compile(r"^(?P<who>.{2,80}?)[ (]+(?:via|sur|on|de) LinkedIn\)?$", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:(?:view|see|read|open|go to|voir|lire|afficher|ouvrir|consulter)"
    r"(?: (?:the|this|full|entire|all|le|la|les|ce|cette|tout))*(?: |’|')(?:l(?:’|'))?"
    r"(?:comments?|posts?|repl(?:y|ies)|mentions?|discussion|conversation|notifications?|commentaires?|"
    r"réponses?|publications?|fil)(?: (?:on|in|sur|dans) \w+)?|"
    r"like|reply|comment|share|j(?:'|’)aime|répondre|commenter|partager|linkedin)\s*:?",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"^/feed/update/(urn:li:[A-Za-z]+:\d+)/?$")
_POST = re.compile(r"^/(posts|pulse)/([\w%.~-]{1,300})/?$")
_ACTIVITY = re.compile(r"-(activity|share|ugcPost)-(\d{10,25})(?:-|$)")
_PERSON = re.compile(r"^/in/([\w%.~-]{1,200})/?$")
_COMMENT_KEYS = ("commentUrn", "replyUrn", "dashCommentUrn", "dashReplyUrn")
_COMMENT = re.compile(r"urn:li:(?:fsd_)?comment:\([\w:,()-]{1,200}\)")

_INFO = SourceInfo(
    kind="linkedin-mail",
    label=text("LinkedIn: notices by e-mail"),
    fields=MAIL_FIELDS,
    capabilities=frozenset({Capability.FEED}),
    needs_account=True,
    min_interval=5 * 60,
    default_interval=15 * 60,
    unseen=text(
        "Everything LinkedIn writes no e-mail about, the rest of a text its notice cuts, later edits and "
        "deletions, likes, private messages. LinkedIn may change its notices: what is no longer "
        "understood is shown with its subject and text, without author and link."
    ),
    network="mail",
    hosts=("linkedin.com",),
    own_place=True,
)


def understood(letter: Letter) -> Understood | None:
    """Pure and total. None for what is no post."""
    if not _says_who(letter.subject) and _NO_POST.search(letter.subject):
        return None
    who = _who(letter)

    def furniture(line: str) -> bool:
        return _BUTTON.fullmatch(line) is not None or _is(who, line)

    url, thread = _post_of(letter)
    if not who and not url:
        return Understood()
    return Understood(
        text=words_of_the_person(letter, _DOMAINS, furniture),
        author=Author(name=who, url=_page_of(letter, who)),
        url=url,
        thread_id=thread,
    )


def _is(who: str, line: str) -> bool:
    """The author's name, or a sentence that says what they did."""
    return who != "" and who in (line, _says_who(line))


def _who(letter: Letter) -> str:
    if found := _says_who(letter.subject):
        return found
    via = _VIA.match(letter.sender_name)
    return via["who"].strip(' "') if via else ""


def _says_who(line: str) -> str:
    for form in _WHO:
        found = form.match(line)
        if found and not _NOBODY.search(found["who"]):
            return found["who"].strip()
    return ""


def _post_of(letter: Letter) -> tuple[str, str]:
    """Address and thread of the post the notice is about; of its comment where a link names one."""
    found = [one for link in letter.links if (one := _clean(link.url))[0]]
    return next((one for one in found if "Urn=" in one[0]), found[0] if found else ("", ""))


def _clean(url: str) -> tuple[str, str]:
    """The post's own address, without what counts and logs in; "" for what leads to no post."""
    if not is_within(url, _DOMAINS):
        return "", ""
    parts = urlsplit(url)
    path = unquote(parts.path).removeprefix("/comm")
    if update := _UPDATE.match(path):
        asked = parse_qs(parts.query)
        said = {key: asked[key][0] for key in _COMMENT_KEYS if key in asked}
        kept = {key: urn for key, urn in said.items() if _COMMENT.fullmatch(urn)}
        query = f"?{urlencode(kept)}" if kept else ""
        return f"{_SITE}/feed/update/{update[1]}/{query}", update[1]
    if post := _POST.match(parts.path.removeprefix("/comm")):
        activity = _ACTIVITY.search(post[2])
        thread = f"urn:li:{activity[1]}:{activity[2]}" if activity else post[2]
        return f"{_SITE}/{post[1]}/{post[2]}", thread
    return "", ""


def _page_of(letter: Letter, who: str) -> str:
    """The author's page, where a link that reads as their name leads to one."""
    for link in letter.links:
        if who and link.words == who and is_within(link.url, _DOMAINS):
            page = _PERSON.match(urlsplit(link.url).path.removeprefix("/comm"))
            if page:
                return f"{_SITE}/in/{page[1]}"
    return ""


KIND = MailKind(
    _INFO,
    Notices("LinkedIn", "linkedin", _DOMAINS, f"{_SITE}/notifications/", understood),
    ImapClient(),
)
